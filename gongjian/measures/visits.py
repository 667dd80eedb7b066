"""Measures that count visits and meetings (走访和会议), and the firms on them."""

from django.db.models import Q
from django.utils.translation import gettext_noop

from gongjian.measures.measure import Measure, Scope
from gongjian.measures.states import Counts, Days
from gongjian.visits.states import StopResult, VisitKind, VisitState


def _done(scope: Scope) -> Q:
    return Q(state=VisitState.DONE) & scope.days("starts_on")


def _firm_visited(scope: Scope) -> Q:
    return Q(visit__state=VisitState.DONE, visit__kind=VisitKind.VISIT) & scope.days("visit__starts_on")


VISITS = (
    Measure(
        "visits",
        gettext_noop("走访次数"),
        gettext_noop("期间开始、已完成的走访，一次走访不论几家企业都是一次。"),
        Counts.VISITS,
        Days.PERIOD,
        lambda scope: _done(scope) & Q(kind=VisitKind.VISIT),
    ),
    Measure(
        "meetings",
        gettext_noop("会议次数"),
        gettext_noop("期间开始、已完成的会议和活动，走访除外。"),
        Counts.VISITS,
        Days.PERIOD,
        lambda scope: _done(scope) & ~Q(kind=VisitKind.VISIT),
    ),
    Measure(
        "visits_today",
        gettext_noop("今日走访与会议"),
        gettext_noop("今天在日程上的走访和会议，取消的不算。"),
        Counts.VISITS,
        Days.NOW,
        lambda scope: (
            Q(starts_on__lte=scope.today, ends_on__gte=scope.today) & ~Q(state=VisitState.CANCELLED)
        ),
    ),
    Measure(
        "stops",
        gettext_noop("走访与会议家次"),
        gettext_noop("走访或会议上列名的企业，按家次，计划中的也在内。"),
        Counts.STOPS,
        Days.PERIOD,
        lambda scope: scope.days("visit__starts_on"),
    ),
    Measure(
        "firms_visited",
        gettext_noop("走访企业家次"),
        gettext_noop("期间已完成的走访到过的企业，按家次：同一家去两次算两次；会议不算。"),
        Counts.STOPS,
        Days.PERIOD,
        _firm_visited,
    ),
    Measure(
        "nothing",
        gettext_noop("走访无问题"),
        gettext_noop("走访企业中，结果为“已走访，无问题”的，按家次。"),
        Counts.STOPS,
        Days.PERIOD,
        lambda scope: _firm_visited(scope) & Q(result=StopResult.NOTHING),
    ),
    Measure(
        "not_found",
        gettext_noop("未找到企业"),
        gettext_noop("走访企业中，结果为“未找到企业”的，按家次。"),
        Counts.STOPS,
        Days.PERIOD,
        lambda scope: _firm_visited(scope) & Q(result=StopResult.NOT_FOUND),
    ),
)
