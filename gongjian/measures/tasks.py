"""Measures that count tasks (任务), and the parts that supporting units owe in them."""

from django.db.models import Q
from django.utils.translation import gettext_noop

from gongjian.assignments.states import OPEN, RUNNING, Light, State
from gongjian.measures.lights import Condition, asking_extension, asking_nothing, in_state, past_due, showing
from gongjian.measures.measure import Measure
from gongjian.measures.states import Counts, Days
from gongjian.problems.open_matters.queries import unheld


def _now(key: str, label: str, definition: str, condition: Condition) -> Measure:
    return Measure(key, label, definition, Counts.TASKS, Days.NOW, condition)


TASKS = (
    _now(
        "open_tasks",
        gettext_noop("在办任务"),
        gettext_noop("已交办、还没有销号也没有撤回的任务；挂账的也在内。"),
        lambda _scope: in_state(OPEN),
    ),
    _now(
        "overdue_tasks",
        gettext_noop("超期任务"),
        gettext_noop("当前节点的时限已过、承办单位还没有办结的任务；挂账的不算。"),
        past_due(),
    ),
    Measure(
        "newly_overdue_tasks",
        gettext_noop("期间新超期任务"),
        gettext_noop("现在超期的任务中，当前节点的时限在期间内的；已经办结的不在内。"),
        Counts.TASKS,
        Days.PERIOD,
        lambda scope: past_due()(scope) & scope.days("next_due_on"),
    ),
    _now(
        "tasks_due_today",
        gettext_noop("今日到期任务"),
        gettext_noop("当前节点的时限就是今天、承办单位还没有办结的任务。"),
        lambda scope: in_state(RUNNING) & Q(next_due_on=scope.today),
    ),
    _now(
        "green_tasks",
        gettext_noop("绿灯任务"),
        gettext_noop("在办任务中灯为绿的：离当前节点的时限还远。"),
        showing(Light.GREEN),
    ),
    _now(
        "yellow_tasks",
        gettext_noop("黄灯任务"),
        gettext_noop("在办任务中灯为黄的：临近当前节点的时限。"),
        showing(Light.YELLOW),
    ),
    _now(
        "red_tasks",
        gettext_noop("红灯任务"),
        gettext_noop("在办任务中灯为红的：已过当前节点的时限；等核查、等销号的，按办结那天定灯。"),
        showing(Light.RED),
    ),
    _now(
        "dark_red_tasks",
        gettext_noop("深红灯任务"),
        gettext_noop(
            "在办任务中灯为深红的：超期已到时限制度规定的严重程度；等核查、等销号的，按办结那天定灯。"
        ),
        showing(Light.DARK_RED),
    ),
    _now(
        "tasks_on_hold",
        gettext_noop("挂账任务"),
        gettext_noop("暂停计时的任务，灯为灰。"),
        showing(Light.GREY),
    ),
    _now(
        "tasks_to_accept",
        gettext_noop("待签收任务"),
        gettext_noop("已交办、承办单位还没有签收的任务；提出异议的归入“等攻坚办处理”。"),
        lambda _scope: in_state((State.ASSIGNED,)),
    ),
    _now(
        "tasks_in_progress",
        gettext_noop("办理中任务"),
        gettext_noop("已签收、正在办理的任务；延期待批的归入“等攻坚办处理”。"),
        lambda _scope: asking_nothing(),
    ),
    _now(
        "tasks_for_office",
        gettext_noop("等攻坚办处理"),
        gettext_noop("异议待裁定、延期待批、待核查、待销号的任务：下一步由攻坚办来做。"),
        lambda _scope: in_state((State.OBJECTED, State.RESOLVED, State.CHECKED)) | asking_extension(),
    ),
    _now(
        "unheld_tasks",
        gettext_noop("未移交任务"),
        gettext_noop("在办任务中，承办单位已停用，或责任人已不在承办单位任职、还没有移交的。"),
        lambda scope: unheld(scope.today),
    ),
    _now(
        "tasks_for_office_alone",
        gettext_noop("等攻坚办处理的其他任务"),
        gettext_noop("“等攻坚办处理”的任务中，不为某个问题而设的：批示、攻坚战等任务。"),
        lambda _scope: (
            (in_state((State.OBJECTED, State.RESOLVED, State.CHECKED)) | asking_extension()) & Q(served=0)
        ),
    ),
    _now(
        "tasks_due_later",
        gettext_noop("以后到期任务"),
        gettext_noop("当前节点的时限在今天以后、承办单位还没有办结的任务；挂账的不算。"),
        lambda scope: in_state(RUNNING) & Q(next_due_on__gt=scope.today),
    ),
    Measure(
        "supports_owed",
        gettext_noop("待答复的协办"),
        gettext_noop("牵头单位还在办理、本单位还没有答复的协办。"),
        Counts.SUPPORTS,
        Days.NOW,
        lambda _scope: Q(assignment__state__in=RUNNING, replied_on__isnull=True),
    ),
    Measure(
        "copied_tasks",
        gettext_noop("抄送的在办任务"),
        gettext_noop("抄送本单位、别的单位在办的任务。"),
        Counts.COPIES,
        Days.NOW,
        lambda _scope: in_state(OPEN),
    ),
)
