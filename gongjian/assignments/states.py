"""The whole life of an assignment on one screen: states, moves, lights, outcomes."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where an assignment stands (状态)."""

    ASSIGNED = "ASSIGNED", _("待签收")
    OBJECTED = "OBJECTED", _("异议待裁定")
    IN_PROGRESS = "IN_PROGRESS", _("办理中")
    ON_HOLD = "ON_HOLD", _("挂账")
    RESOLVED = "RESOLVED", _("已办结待核查")
    CHECKED = "CHECKED", _("已核查待销号")
    CLOSED = "CLOSED", _("已销号")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


OPEN = (State.ASSIGNED, State.OBJECTED, State.IN_PROGRESS, State.ON_HOLD, State.RESOLVED, State.CHECKED)
RUNNING = (State.ASSIGNED, State.OBJECTED, State.IN_PROGRESS)  # the clock runs
WAITING = (State.RESOLVED, State.CHECKED)  # the clock stopped on the day of resolving
ENDED = (State.CLOSED, State.WITHDRAWN)


class Light(TextChoices):
    """What a reader sees first (灯). Computed on read, never stored; never by colour alone."""

    GREEN = "GREEN", _("绿灯")
    YELLOW = "YELLOW", _("黄灯")
    RED = "RED", _("红灯")
    DARK_RED = "DARK_RED", _("深红灯")
    GREY = "GREY", _("灰灯")
    DONE = "DONE", _("已了结")


class Source(TextChoices):
    """Why something is owed (来源)."""

    PROBLEM = "PROBLEM", _("企业问题")
    BATTLE = "BATTLE", _("攻坚任务")
    INSTRUCTION = "INSTRUCTION", _("领导批示")
    PROMISE = "PROMISE", _("承诺事项")
    BLOCKER = "BLOCKER", _("项目堵点")
    DATUM = "DATUM", _("补数据")
    INTRODUCTION = "INTRODUCTION", _("市场引荐")


class Outcome(TextChoices):
    """How a matter ended (办理结果): solved, explained and deferred are counted apart."""

    SOLVED = "SOLVED", _("已解决")
    EXPLAINED = "EXPLAINED", _("解释说明")
    DEFERRED = "DEFERRED", _("暂缓解决")


class Step(TextChoices):
    """Steps of the ladder (升级环节), in order."""

    REMINDER = "REMINDER", _("催办")
    SUPERVISION = "SUPERVISION", _("督办")
    INTERVIEW = "INTERVIEW", _("约谈")


class Party(TextChoices):
    """Who may make a move (操作方)."""

    OFFICE = "OFFICE", _("攻坚办")
    LEADER = "LEADER", _("领导")
    HANDLER = "HANDLER", _("承办单位")
    SUPPORTER = "SUPPORTER", _("协办单位")
    SYSTEM = "SYSTEM", _("系统")


@dataclass(frozen=True)
class Move:
    """One line of the table: a verb, from where, to where, by whom. `to` None keeps the state."""

    verb: str
    label: "str | Promise"
    sources: tuple[State, ...]
    to: State | None
    parties: tuple[Party, ...]


_OFFICE = (Party.OFFICE,)
_HANDLER = (
    Party.HANDLER,
    Party.OFFICE,
)  # the office may act for a unit that works on paper; the event says who did

MOVES = (
    Move("accept", _("签收"), (State.ASSIGNED,), State.IN_PROGRESS, _HANDLER),
    Move("object_to", _("异议退回"), (State.ASSIGNED,), State.OBJECTED, _HANDLER),
    Move("overrule", _("异议不成立"), (State.OBJECTED,), State.ASSIGNED, _OFFICE),
    Move("reassign", _("改派"), (State.ASSIGNED, State.OBJECTED, State.IN_PROGRESS), State.ASSIGNED, _OFFICE),
    Move("report", _("反馈进展"), (State.IN_PROGRESS,), None, _HANDLER),
    Move("ask_extension", _("申请延期"), (State.IN_PROGRESS,), None, _HANDLER),
    Move("grant_extension", _("批准延期"), (State.IN_PROGRESS,), None, (Party.OFFICE, Party.LEADER)),
    Move("refuse_extension", _("不予延期"), (State.IN_PROGRESS,), None, (Party.OFFICE, Party.LEADER)),
    Move("hold", _("挂账"), (State.ASSIGNED, State.IN_PROGRESS), State.ON_HOLD, _OFFICE),
    Move("resume", _("恢复办理"), (State.ON_HOLD,), State.IN_PROGRESS, _OFFICE),
    Move("resolve", _("办结"), (State.IN_PROGRESS,), State.RESOLVED, _HANDLER),
    Move("pass_check", _("核查通过"), (State.RESOLVED,), State.CHECKED, _OFFICE),
    Move("return_", _("核查退回"), (State.RESOLVED,), State.IN_PROGRESS, _OFFICE),
    Move("close", _("销号"), (State.CHECKED,), State.CLOSED, _OFFICE),
    Move(
        "reopen",
        _("重新交办"),
        (State.RESOLVED, State.CHECKED, State.CLOSED),
        State.IN_PROGRESS,
        (Party.OFFICE, Party.SYSTEM),
    ),
    Move("withdraw", _("撤回交办"), (State.ASSIGNED,), State.WITHDRAWN, _OFFICE),
    Move("remind", _("催办"), RUNNING, None, (Party.OFFICE, Party.LEADER)),
    Move("escalate", _("升级"), (State.ASSIGNED, State.IN_PROGRESS), None, (Party.SYSTEM,)),
    Move("recompute_due", _("重算时限"), OPEN, None, (Party.OFFICE, Party.SYSTEM)),
)
MOVE = {move.verb: move for move in MOVES}


class SupportState(TextChoices):
    """Where a supporting unit stands (协办状态)."""

    ASSIGNED = "ASSIGNED", _("待签收")
    IN_PROGRESS = "IN_PROGRESS", _("协办中")
    REPLIED = "REPLIED", _("已答复")


@dataclass(frozen=True)
class SupportMove:
    """One line of the table of supporting units."""

    verb: str
    label: "str | Promise"
    sources: tuple[SupportState, ...]
    parties: tuple[Party, ...]


_SUPPORTER = (Party.SUPPORTER, Party.OFFICE)
SUPPORT_MOVES = (
    SupportMove("accept_support", _("协办签收"), (SupportState.ASSIGNED,), _SUPPORTER),
    SupportMove(
        "reply_support", _("答复牵头单位"), (SupportState.ASSIGNED, SupportState.IN_PROGRESS), _SUPPORTER
    ),
    SupportMove("return_support", _("退回协办意见"), (SupportState.REPLIED,), _HANDLER),
    SupportMove("release_support", _("解除协办"), tuple(SupportState), _OFFICE),
)
SUPPORT_MOVE = {move.verb: move for move in SUPPORT_MOVES}


class Answer(TextChoices):
    """Answer to a question of the acceptance test (核查结论)."""

    YES = "YES", _("是")
    NO = "NO", _("否")
    UNKNOWN = "UNKNOWN", _("未核实")


QUESTIONS = {
    "solved": _("问题是否解决"),
    "replied": _("是否答复企业"),
    "contacted": _("单位是否主动联系企业"),
    "satisfied": _("企业负责人是否满意"),
}


class Span(TextChoices):
    """How a checkpoint's time is counted (计时单位)."""

    SAME_DAY = "SAME_DAY", _("当日")
    HOURS = "HOURS", _("工作小时")
    CLOCK_HOURS = "CLOCK_HOURS", _("自然小时")
    WORKING_DAYS = "WORKING_DAYS", _("工作日")
    CALENDAR_DAYS = "CALENDAR_DAYS", _("自然日")
    MONTHS = "MONTHS", _("月")
    MONTH_DAY = "MONTH_DAY", _("每月某日")
    YEAR_DAY = "YEAR_DAY", _("每年某日")
    DATE = "DATE", _("指定日期")
