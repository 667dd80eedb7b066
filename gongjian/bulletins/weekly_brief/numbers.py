"""What a bulletin can count: each measure has a label and a query, so that every number has its records."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from gongjian.assignments.lights.queries import light_filter
from gongjian.assignments.states import OPEN, WAITING, Light, Outcome, State
from gongjian.people.models import Area
from gongjian.people.queries import children, within
from gongjian.people.states import AreaLevel
from gongjian.problems.models import Problem
from gongjian.problems.states import Satisfaction
from gongjian.visits.models import Stop, Visit
from gongjian.visits.states import StopResult, VisitKind, VisitState


@dataclass(frozen=True)
class BriefScope:
    """The area and the first and last day that are counted, and the day on which lights are judged."""

    area: Area
    first: date
    last: date
    today: date


Rows = QuerySet[Any]


@dataclass(frozen=True)
class Measure:
    """Something a bulletin counts; `rows(scope)` gives the records."""

    key: str
    label: str
    rows: Callable[[BriefScope], Rows]


def _period(field: str, scope: BriefScope) -> Q:
    return Q(**{f"{field}__gte": scope.first, f"{field}__lte": scope.last})


def _problems(scope: BriefScope) -> QuerySet[Problem]:
    return Problem.objects.filter(within(scope.area))


def _visits(scope: BriefScope) -> QuerySet[Visit]:
    return Visit.objects.filter(within(scope.area), _period("starts_on", scope), state=VisitState.DONE)


def _stops(scope: BriefScope) -> QuerySet[Stop]:
    return Stop.objects.filter(
        within(scope.area, "visit__area"),
        _period("visit__starts_on", scope),
        visit__state=VisitState.DONE,
        visit__kind=VisitKind.VISIT,
    )


def _ended(scope: BriefScope, field: str, *states: State) -> QuerySet[Problem]:
    return _problems(scope).filter(_period(f"assignment__{field}", scope), assignment__state__in=states)


def _with_light(*lights: Light) -> Callable[[BriefScope], Rows]:
    def rows(scope: BriefScope) -> Rows:
        return _problems(scope).filter(
            light_filter(list(lights), scope.today, prefix="assignment__"), assignment__state__in=OPEN
        )

    return rows


def _with_outcome(outcome: Outcome) -> Callable[[BriefScope], Rows]:
    return lambda scope: _ended(scope, "resolved_on", *WAITING, State.CLOSED).filter(
        assignment__outcome=outcome
    )


def _with_satisfaction(satisfaction: Satisfaction) -> Callable[[BriefScope], Rows]:
    return lambda scope: (
        _problems(scope)
        .filter(
            words__at__date__gte=scope.first,
            words__at__date__lte=scope.last,
            words__satisfaction=satisfaction,
        )
        .distinct()
    )


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure("firms_visited", gettext_noop("走访企业（家次）"), _stops),
        Measure("visits", gettext_noop("走访"), lambda s: _visits(s).filter(kind=VisitKind.VISIT)),
        Measure("meetings", gettext_noop("会议"), lambda s: _visits(s).exclude(kind=VisitKind.VISIT)),
        Measure("nothing", gettext_noop("走访无问题"), lambda s: _stops(s).filter(result=StopResult.NOTHING)),
        Measure(
            "not_found", gettext_noop("未找到企业"), lambda s: _stops(s).filter(result=StopResult.NOT_FOUND)
        ),
        Measure(
            "recorded",
            gettext_noop("收集问题"),
            lambda s: _problems(s).filter(recorded_at__date__gte=s.first, recorded_at__date__lte=s.last),
        ),
        Measure(
            "handed_over",
            gettext_noop("交办"),
            lambda s: _problems(s).filter(
                assignment__handed_over_at__date__gte=s.first, assignment__handed_over_at__date__lte=s.last
            ),
        ),
        Measure(
            "on_the_spot",
            gettext_noop("现场交办"),
            lambda s: MEASURES["handed_over"].rows(s).filter(assignment__on_the_spot=True),
        ),
        Measure("resolved", gettext_noop("办结"), lambda s: _ended(s, "resolved_on", *WAITING, State.CLOSED)),
        Measure("closed", gettext_noop("销号"), lambda s: _ended(s, "closed_on", State.CLOSED)),
        Measure("solved", gettext_noop("已解决"), _with_outcome(Outcome.SOLVED)),
        Measure("explained", gettext_noop("解释说明"), _with_outcome(Outcome.EXPLAINED)),
        Measure("deferred", gettext_noop("暂缓解决"), _with_outcome(Outcome.DEFERRED)),
        Measure("open", gettext_noop("未销号"), lambda s: _problems(s).filter(assignment__state__in=OPEN)),
        Measure("green", gettext_noop("绿灯"), _with_light(Light.GREEN)),
        Measure("yellow", gettext_noop("黄灯"), _with_light(Light.YELLOW)),
        Measure("red", gettext_noop("红灯"), _with_light(Light.RED)),
        Measure("dark_red", gettext_noop("深红灯"), _with_light(Light.DARK_RED)),
        Measure("overdue", gettext_noop("超期"), _with_light(Light.RED, Light.DARK_RED)),
        Measure("on_hold", gettext_noop("挂账"), _with_light(Light.GREY)),
        Measure("satisfied", gettext_noop("满意"), _with_satisfaction(Satisfaction.SATISFIED)),
        Measure("basically", gettext_noop("基本满意"), _with_satisfaction(Satisfaction.BASICALLY)),
        Measure("dissatisfied", gettext_noop("不满意"), _with_satisfaction(Satisfaction.DISSATISFIED)),
    )
}


def counties(area: Area) -> list[Area]:
    """The county-level areas below an area, in official order."""
    return [below for below in children(area) if below.level == AreaLevel.COUNTY]


def rows_counted(key: str, scope: BriefScope, *, unit: int | None = None, own: bool) -> list[int]:
    """The keys of the records a number counts; `own` leaves out those of the counties below, so that columns add up."""
    rows = MEASURES[key].rows(scope)
    if unit is not None:
        rows = rows.filter(assignment__lead_unit=unit)
    keys = set(rows.values_list("pk", flat=True))
    for area in counties(scope.area) if own else ():
        keys -= set(MEASURES[key].rows(replace(scope, area=area)).values_list("pk", flat=True))
    return sorted(keys)
