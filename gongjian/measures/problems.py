"""Measures that count problems (问题): as they stand on a day, and what happened to them in a period."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop

from gongjian.assignments.states import OPEN, WAITING, Light, Outcome, State
from gongjian.measures.lights import PROBLEM, Condition, asking_extension, in_state, past_due, showing
from gongjian.measures.measure import Measure, Scope
from gongjian.measures.states import Counts, Days
from gongjian.problems.closing_quality.queries import GOOD
from gongjian.problems.models import FirmWord
from gongjian.problems.states import Category, Satisfaction


def _now(key: str, label: str, definition: str, condition: Condition) -> Measure:
    return Measure(key, label, definition, Counts.PROBLEMS, Days.NOW, condition)


def _period(key: str, label: str, definition: str, condition: Condition) -> Measure:
    return Measure(key, label, definition, Counts.PROBLEMS, Days.PERIOD, condition)


def _handed_over(scope: Scope) -> Q:
    in_period = scope.moments("assignment__handed_over_at")
    return Q(assignment__isnull=False) & ~Q(assignment__state=State.WITHDRAWN) & in_period


def _resolved(scope: Scope) -> Q:
    return in_state((*WAITING, State.CLOSED), PROBLEM) & scope.days("assignment__resolved_on")


def _resolved_as(outcome: Outcome) -> Condition:
    return lambda scope: _resolved(scope) & Q(assignment__outcome=outcome)


def _said(satisfaction: Satisfaction) -> Condition:
    """Problems of which the firm said so in the period: each once, however often it said it."""

    def condition(scope: Scope) -> Q:
        words = FirmWord.objects.filter(scope.moments("at"), satisfaction=satisfaction)
        return Q(pk__in=words.values("problem"))

    return condition


def _spoken(scope: Scope) -> Q:
    """Problems of which the firm said anything in the period."""
    return Q(pk__in=FirmWord.objects.filter(scope.moments("at")).values("problem"))


def _last_said_good(scope: Scope) -> Q:
    """Problems whose last word in the period is a good one."""
    words = FirmWord.objects.filter(scope.moments("at"))
    later = words.filter(problem=OuterRef("problem"), pk__gt=OuterRef("pk"))
    return Q(pk__in=words.filter(~Exists(later), satisfaction__in=GOOD).values("problem"))


NOW = (
    _now(
        "new",
        gettext_noop("待交办"),
        gettext_noop("记录在案、还没有交办也没有答复的问题。"),
        lambda _scope: Q(assignment__isnull=True, answered_on__isnull=True),
    ),
    _now(
        "open",
        gettext_noop("未销号问题"),
        gettext_noop("已交办、还没有销号也没有撤回的问题；挂账的也在内。"),
        lambda _scope: in_state(OPEN, PROBLEM),
    ),
    _now(
        "unfiled",
        gettext_noop("待归类问题"),
        gettext_noop("还没有归入问题类别的问题，不论办到哪一步；不算在“其他”里。"),
        lambda _scope: Q(category=Category.UNFILED),
    ),
    _now(
        "unsettled",
        gettext_noop("未了结问题"),
        gettext_noop("待交办的，加上未销号的问题。"),
        lambda _scope: in_state(OPEN, PROBLEM) | Q(assignment__isnull=True, answered_on__isnull=True),
    ),
    _now(
        "overdue",
        gettext_noop("超期未办"),
        gettext_noop("当前节点的时限已过、承办单位还没有办结的问题；挂账的不算。"),
        past_due(PROBLEM),
    ),
    _now(
        "green",
        gettext_noop("绿灯问题"),
        gettext_noop("未销号的问题中灯为绿的：离当前节点的时限还远。"),
        showing(Light.GREEN, PROBLEM),
    ),
    _now(
        "yellow",
        gettext_noop("黄灯问题"),
        gettext_noop("未销号的问题中灯为黄的：临近当前节点的时限。"),
        showing(Light.YELLOW, PROBLEM),
    ),
    _now(
        "red",
        gettext_noop("红灯问题"),
        gettext_noop("未销号的问题中灯为红的：已过当前节点的时限；等核查、等销号的，按办结那天定灯。"),
        showing(Light.RED, PROBLEM),
    ),
    _now(
        "dark_red",
        gettext_noop("深红灯问题"),
        gettext_noop(
            "未销号的问题中灯为深红的：超期已到时限制度规定的严重程度；等核查、等销号的，按办结那天定灯。"
        ),
        showing(Light.DARK_RED, PROBLEM),
    ),
    _now(
        "on_hold",
        gettext_noop("挂账问题"),
        gettext_noop("暂停计时的问题，灯为灰。"),
        showing(Light.GREY, PROBLEM),
    ),
    _now(
        "objected",
        gettext_noop("异议待裁定"),
        gettext_noop("承办单位提出异议、等攻坚办裁定的问题。"),
        lambda _scope: in_state((State.OBJECTED,), PROBLEM),
    ),
    _now(
        "extension",
        gettext_noop("延期待批"),
        gettext_noop("承办单位申请延期、等批准的问题。"),
        lambda _scope: asking_extension(PROBLEM),
    ),
    _now(
        "to_check",
        gettext_noop("待核查"),
        gettext_noop("承办单位已办结、等攻坚办核查的问题。"),
        lambda _scope: in_state((State.RESOLVED,), PROBLEM),
    ),
    _now(
        "to_close",
        gettext_noop("待销号"),
        gettext_noop("核查已通过、等企业评价齐了销号的问题。"),
        lambda _scope: in_state((State.CHECKED,), PROBLEM),
    ),
    _now(
        "for_office",
        gettext_noop("等攻坚办办理的问题"),
        gettext_noop("待交办、异议待裁定、延期待批、待核查和待销号的问题：下一步由攻坚办来做。"),
        lambda _scope: (
            Q(assignment__isnull=True, answered_on__isnull=True)
            | in_state((State.OBJECTED, State.RESOLVED, State.CHECKED), PROBLEM)
            | asking_extension(PROBLEM)
        ),
    ),
)

PERIOD = (
    _period(
        "recorded",
        gettext_noop("收集问题"),
        gettext_noop("期间记录的问题，不论后来怎样。"),
        lambda scope: scope.moments("recorded_at"),
    ),
    _period(
        "handed_over",
        gettext_noop("交办问题"),
        gettext_noop("期间交办的问题，撤回的不算；重新交办、改派不另算。"),
        _handed_over,
    ),
    _period(
        "on_the_spot",
        gettext_noop("现场交办问题"),
        gettext_noop("期间交办的问题中，在走访现场当场交办的。"),
        lambda scope: _handed_over(scope) & Q(assignment__on_the_spot=True),
    ),
    _period(
        "resolved",
        gettext_noop("办结问题"),
        gettext_noop("期间由承办单位办结、现在等核查、等销号或已销号的问题，不论何时交办。"),
        _resolved,
    ),
    _period(
        "solved",
        gettext_noop("办结中已解决"),
        gettext_noop("期间办结的问题中，办理结果为“已解决”的。"),
        _resolved_as(Outcome.SOLVED),
    ),
    _period(
        "explained",
        gettext_noop("办结中解释说明"),
        gettext_noop("期间办结的问题中，办理结果为“解释说明”的。"),
        _resolved_as(Outcome.EXPLAINED),
    ),
    _period(
        "deferred",
        gettext_noop("办结中暂缓解决"),
        gettext_noop("期间办结的问题中，办理结果为“暂缓解决”的。"),
        _resolved_as(Outcome.DEFERRED),
    ),
    _period(
        "closed",
        gettext_noop("销号问题"),
        gettext_noop("期间销号、没有再重新交办的问题，不论何时交办。"),
        lambda scope: in_state((State.CLOSED,), PROBLEM) & scope.days("assignment__closed_on"),
    ),
    _period(
        "satisfied",
        gettext_noop("期间评价满意"),
        gettext_noop("企业在期间评价过“满意”的问题。"),
        _said(Satisfaction.SATISFIED),
    ),
    _period(
        "basically",
        gettext_noop("期间评价基本满意"),
        gettext_noop("企业在期间评价过“基本满意”的问题。"),
        _said(Satisfaction.BASICALLY),
    ),
    _period(
        "dissatisfied",
        gettext_noop("期间评价不满意"),
        gettext_noop("企业在期间评价过“不满意”的问题；同一问题先不满意后满意的，两处都算。"),
        _said(Satisfaction.DISSATISFIED),
    ),
    _period(
        "spoken",
        gettext_noop("期间企业评价"),
        gettext_noop("企业在期间评价过的问题，不论满意与否；同一问题评价几次都是一个。"),
        _spoken,
    ),
    _period(
        "content",
        gettext_noop("期间满意或基本满意"),
        gettext_noop("期间企业评价过的问题中，期间最后一次评价满意或基本满意的。"),
        _last_said_good,
    ),
)
