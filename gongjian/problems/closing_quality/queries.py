"""How well matters end (销号质量): outcomes counted apart, rates with definitions and intervals, by area.

A cohort: the problems handed over between two days, as they stand now. Every number is a condition, so that the same
condition lists its rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.states import Outcome, State
from gongjian.people.models import Area
from gongjian.people.queries import children, since, until, within
from gongjian.people.states import AreaLevel
from gongjian.problems.closing_quality.rules import Rate
from gongjian.problems.models import FirmWord, Problem
from gongjian.problems.states import Satisfaction, WordMethod

FINISHED = (State.RESOLVED, State.CHECKED, State.CLOSED)
GOOD = (Satisfaction.SATISFIED, Satisfaction.BASICALLY)


def _finished() -> Q:
    return Q(assignment__state__in=FINISHED)


def _ended(outcome: Outcome) -> Q:
    return _finished() & Q(assignment__outcome=outcome)


def conditions(today: date) -> dict[str, Q]:
    """Every number of the page as a condition on rows of `cohort`."""
    on_time = _finished() & Q(assignment__resolved_on__lte=F("assignment__due_on"))
    late = Q(assignment__due_on__lt=today) & ~Q(
        assignment__state__in=[*FINISHED, State.WITHDRAWN, State.ON_HOLD]
    )
    return {
        "handed": Q(assignment__isnull=False),
        "finished": _finished(),
        "on_time": on_time,
        "owed": _finished() | late,
        "late": (_finished() & ~Q(assignment__resolved_on__lte=F("assignment__due_on"))) | late,
        "solved": _ended(Outcome.SOLVED),
        "explained": _ended(Outcome.EXPLAINED),
        "deferred": _ended(Outcome.DEFERRED),
        "confirmed": _ended(Outcome.SOLVED) & Q(said__in=GOOD),
        "closed": Q(assignment__state=State.CLOSED),
        "spoken": Q(said__in=Satisfaction.values),
        "content": Q(said__in=GOOD),
        "unhappy": Q(said=Satisfaction.DISSATISFIED),
        "reopened": Q(assignment__round__gt=1),
        "passed_on": Q(assignment__dispatches__gt=1),
        **{f"by_{method.value.lower()}": Q(said_by_method=method) for method in WordMethod},
    }


NAMES: dict[str, Any] = {
    "handed": _("已交办"),
    "finished": _("已办结"),
    "on_time": _("按期办结"),
    "owed": _("应办结"),
    "late": _("超期（已办结或未办结）"),
    "solved": _("已解决"),
    "explained": _("解释说明"),
    "deferred": _("暂缓解决"),
    "confirmed": _("已解决且企业认可"),
    "closed": _("已销号"),
    "spoken": _("有企业评价"),
    "content": _("满意或基本满意"),
    "unhappy": _("不满意"),
    "reopened": _("重新交办过"),
    "passed_on": _("改派过"),
    "by_signed_slip": _("签字交办单"),
    "by_code": _("一次性评价码"),
    "by_call_back": _("电话回访"),
    "by_account": _("企业账号"),
}


@dataclass(frozen=True)
class Definition:
    """A published rate: its name, numerator, denominator, and what it says in words."""

    key: str
    name: Any
    hits: str
    of: str
    words: Any


RATES = (
    Definition(
        "on_time",
        _("按期办结率"),
        "on_time",
        "owed",
        _("在办理时限内办结的 ÷ 应办结的（已办结的，加上时限已过还没有办结的；挂账和撤回的不计）"),
    ),
    Definition(
        "confirmed",
        _("解决率"),
        "confirmed",
        "finished",
        _(
            "办理结果为“已解决”并且企业评价满意或基本满意的 ÷ 已办结的；解释说明、暂缓解决、企业没有说话的都不算解决"
        ),
    ),
    Definition(
        "content",
        _("满意率"),
        "content",
        "spoken",
        _("最近一次企业评价为满意或基本满意的 ÷ 有企业评价的；没有评价的不算满意"),
    ),
)
APART = ("solved", "explained", "deferred")
ASIDE = ("closed", "reopened", "passed_on", "late", "unhappy")
METHODS = tuple(f"by_{method.value.lower()}" for method in WordMethod)


def with_word(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Rows with what the firm said last, and how."""
    last = FirmWord.objects.filter(problem=OuterRef("pk")).order_by("-pk")
    said: QuerySet[Problem] = rows.annotate(
        said=Subquery(last.values("satisfaction")[:1]), said_by_method=Subquery(last.values("method")[:1])
    )
    return said


def cohort(rows: QuerySet[Problem], *, first: date, last: date) -> QuerySet[Problem]:
    """Problems handed over between two days, both included."""
    period = since(first, "assignment__handed_over_at") & until(last, "assignment__handed_over_at")
    return with_word(rows.filter(period).exclude(assignment__state=State.WITHDRAWN))


def only(rows: QuerySet[Problem], measure: str, *, today: date) -> QuerySet[Problem]:
    """The rows one number counts; KeyError for a number that is none."""
    return with_word(rows.exclude(assignment__state=State.WITHDRAWN)).filter(conditions(today)[measure])


def keys_of(rows: QuerySet[Problem], measures: Sequence[str], *, today: date) -> dict[str, list[int]]:
    """The rows several numbers count, by their keys, in one query."""
    wanted = {name: conditions(today)[name] for name in measures}
    flags = {f"is_{name}": ExpressionWrapper(q, output_field=BooleanField()) for name, q in wanted.items()}
    found = with_word(rows.exclude(assignment__state=State.WITHDRAWN)).filter(reduce(or_, wanted.values()))
    told = list(found.order_by().annotate(**flags).values_list("pk", *flags))
    return {name: [pk for pk, *yes in told if yes[n]] for n, name in enumerate(wanted)}


@dataclass(frozen=True)
class Line:
    """The numbers of one area, or of all."""

    area: Area | None
    numbers: Mapping[str, int]

    def rate(self, definition: Definition) -> Rate:
        """One published rate."""
        return Rate(self.numbers[definition.hits], self.numbers[definition.of])

    @property
    def rates(self) -> list[tuple[Definition, Rate]]:
        """All published rates, in order."""
        return [(one, self.rate(one)) for one in RATES]


def _counts(today: date) -> dict[str, Count]:
    return {key: Count("pk", filter=condition) for key, condition in conditions(today).items()}


def whole(rows: QuerySet[Problem], *, today: date) -> Line:
    """All numbers of a cohort, in one query."""
    return Line(None, rows.order_by().aggregate(**_counts(today)))


def by_area(rows: QuerySet[Problem], area: Area | None, *, today: date) -> list[Line]:
    """The same for each area below (or the area itself); deeper areas count upward."""
    if area is None:
        return []
    shown = [one for one in children(area) if one.level != AreaLevel.TOWNSHIP] or [area]
    counts = _counts(today)
    found = rows.order_by().filter(within(area)).values("area__path").annotate(**counts)
    sums = {one.pk: dict.fromkeys(counts, 0) for one in shown}
    listed: list[dict[str, Any]] = [dict(row) for row in found]
    for row in listed:
        owner = next((one for one in shown if row["area__path"].startswith(one.path)), None)
        if owner is not None:
            for key in counts:
                sums[owner.pk][key] += row[key]
    return [Line(one, sums[one.pk]) for one in shown]
