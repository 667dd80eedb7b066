"""Labels for the states, lights, steps and moves of the clock, and the other choices a clerk has."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.engines.clock import states as clock


class State(TextChoices):
    """The state of an assignment (状态)."""

    ASSIGNED = clock.State.ASSIGNED.value, _("待签收")
    OBJECTED = clock.State.OBJECTED.value, _("异议待裁定")
    IN_PROGRESS = clock.State.IN_PROGRESS.value, _("办理中")
    ON_HOLD = clock.State.ON_HOLD.value, _("挂账")
    RESOLVED = clock.State.RESOLVED.value, _("已办结待核查")
    CHECKED = clock.State.CHECKED.value, _("已核查待销号")
    CLOSED = clock.State.CLOSED.value, _("已销号")
    WITHDRAWN = clock.State.WITHDRAWN.value, _("已撤回")


OPEN = tuple(State(state) for state in clock.OPEN)
RUNNING = tuple(State(state) for state in clock.RUNNING)
WAITING = tuple(State(state) for state in clock.WAITING)
ENDED = tuple(State(state) for state in clock.ENDED)
CLIMBING = tuple(State(state) for state in clock.CLIMBING)


class Light(TextChoices):
    """What a reader sees first (灯). Computed on read, never stored; never by colour alone."""

    GREEN = clock.Light.GREEN.value, _("绿灯")
    YELLOW = clock.Light.YELLOW.value, _("黄灯")
    RED = clock.Light.RED.value, _("红灯")
    DARK_RED = clock.Light.DARK_RED.value, _("深红灯")
    GREY = clock.Light.GREY.value, _("灰灯")
    DONE = clock.Light.DONE.value, _("已了结")


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

    SOLVED = clock.Outcome.SOLVED.value, _("已解决")
    EXPLAINED = clock.Outcome.EXPLAINED.value, _("解释说明")
    DEFERRED = clock.Outcome.DEFERRED.value, _("暂缓解决")


class Step(TextChoices):
    """Steps of the ladder (升级环节), in order."""

    REMINDER = clock.Step.REMINDER.value, _("催办")
    SUPERVISION = clock.Step.SUPERVISION.value, _("督办")
    INTERVIEW = clock.Step.INTERVIEW.value, _("约谈")


class Party(TextChoices):
    """Who may make a move (操作方)."""

    OFFICE = clock.Party.OFFICE.value, _("攻坚办")
    LEADER = clock.Party.LEADER.value, _("领导")
    HANDLER = clock.Party.HANDLER.value, _("承办单位")
    SUPPORTER = clock.Party.SUPPORTER.value, _("协办单位")
    SYSTEM = clock.Party.SYSTEM.value, _("系统")


@dataclass(frozen=True)
class Move:
    """One row of the table of moves with its label: from which states, to which state, by whom. `to` None keeps the state."""

    verb: str
    label: "str | Promise"
    sources: tuple[State, ...]
    to: State | None
    parties: tuple[Party, ...]


MOVE_LABELS = {
    "accept": _("签收"),
    "object_to": _("异议退回"),
    "overrule": _("异议不成立"),
    "reassign": _("改派"),
    "take_over": _("承接"),
    "change_person": _("更换责任人"),
    "report": _("反馈进展"),
    "ask_extension": _("申请延期"),
    "grant_extension": _("批准延期"),
    "refuse_extension": _("不予延期"),
    "hold": _("挂账"),
    "resume": _("恢复办理"),
    "resolve": _("办结"),
    "pass_check": _("核查通过"),
    "return_": _("核查退回"),
    "close": _("销号"),
    "reopen": _("重新交办"),
    "withdraw": _("撤回交办"),
    "remind": _("催办"),
    "escalate": _("升级"),
    "recompute_due": _("重算时限"),
}


PROXY_LABELS = {  # the same moves, made by the office for a unit
    "accept": _("代签收"),
    "object_to": _("代提异议"),
    "report": _("代反馈"),
    "ask_extension": _("代申请延期"),
    "resolve": _("代办结"),
    "accept_support": _("代协办签收"),
    "reply_support": _("代答复"),
    "return_support": _("代退回协办意见"),
}


def _move(move: clock.Move) -> Move:
    sources, to = tuple(State(state) for state in move.sources), State(move.to) if move.to else None
    return Move(move.verb, MOVE_LABELS[move.verb], sources, to, tuple(Party(party) for party in move.parties))


MOVES = tuple(_move(move) for move in clock.MOVES)
MOVE = {move.verb: move for move in MOVES}


class SupportState(TextChoices):
    """The state of a supporting unit's part (协办状态)."""

    ASSIGNED = clock.SupportState.ASSIGNED.value, _("待签收")
    IN_PROGRESS = clock.SupportState.IN_PROGRESS.value, _("协办中")
    REPLIED = clock.SupportState.REPLIED.value, _("已答复")


@dataclass(frozen=True)
class SupportMove:
    """One row of the table of supporting units with its label."""

    verb: str
    label: "str | Promise"
    sources: tuple[SupportState, ...]
    parties: tuple[Party, ...]


SUPPORT_MOVE_LABELS = {
    "accept_support": _("协办签收"),
    "reply_support": _("答复牵头单位"),
    "return_support": _("退回协办意见"),
    "release_support": _("解除协办"),
}


def _support_move(move: clock.SupportMove) -> SupportMove:
    sources = tuple(SupportState(state) for state in move.sources)
    parties = tuple(Party(party) for party in move.parties)
    return SupportMove(move.verb, SUPPORT_MOVE_LABELS[move.verb], sources, parties)


SUPPORT_MOVES = tuple(_support_move(move) for move in clock.SUPPORT_MOVES)
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

    SAME_DAY = clock.Span.SAME_DAY.value, _("当日")
    HOURS = clock.Span.HOURS.value, _("工作小时")
    CLOCK_HOURS = clock.Span.CLOCK_HOURS.value, _("自然小时")
    WORKING_DAYS = clock.Span.WORKING_DAYS.value, _("工作日")
    CALENDAR_DAYS = clock.Span.CALENDAR_DAYS.value, _("自然日")
    MONTHS = clock.Span.MONTHS.value, _("月")
    MONTH_DAY = clock.Span.MONTH_DAY.value, _("每月某日")
    YEAR_DAY = clock.Span.YEAR_DAY.value, _("每年某日")
    DATE = clock.Span.DATE.value, _("指定日期")
