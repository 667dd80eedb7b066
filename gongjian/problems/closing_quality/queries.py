"""How well problems end (销号质量): numbers by outcome, rates with definitions and intervals, by area.

A cohort is the problems handed over between two days, as they stand now. Every number is a condition on its rows, so the
same condition counts them and lists them.
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

ALONE = "_alone"  # a number without what was done by proxy
FINISHED = (State.RESOLVED, State.CHECKED, State.CLOSED)
GOOD = (Satisfaction.SATISFIED, Satisfaction.BASICALLY)


def _finished() -> Q:
    return Q(assignment__state__in=FINISHED)


def _ended(outcome: Outcome) -> Q:
    return _finished() & Q(assignment__outcome=outcome)


def conditions(today: date) -> dict[str, Q]:
    """Every number by its name, as a condition on rows of `cohort`."""
    on_time = _finished() & Q(assignment__resolved_on__lte=F("assignment__due_on"))
    late = Q(assignment__due_on__lt=today) & ~Q(
        assignment__state__in=[*FINISHED, State.WITHDRAWN, State.ON_HOLD]
    )
    signed = Q(assignment__signed_on__isnull=False, assignment__sign_due_on__isnull=False)
    unsigned = Q(assignment__sign_due_on__lt=today, assignment__state__in=(State.ASSIGNED, State.OBJECTED))
    numbers = {
        "handed": Q(assignment__isnull=False),
        "finished": _finished(),
        "on_time": on_time,
        "owed": _finished() | late,
        "late": (_finished() & ~Q(assignment__resolved_on__lte=F("assignment__due_on"))) | late,
        "solved": _ended(Outcome.SOLVED),
        "explained": _ended(Outcome.EXPLAINED),
        "deferred": _ended(Outcome.DEFERRED),
        "confirmed": _ended(Outcome.SOLVED) & Q(last_satisfaction__in=GOOD),
        "closed": Q(assignment__state=State.CLOSED),
        "spoken": Q(last_satisfaction__in=Satisfaction.values),
        "content": Q(last_satisfaction__in=GOOD),
        "unhappy": Q(last_satisfaction=Satisfaction.DISSATISFIED),
        "reopened": Q(assignment__round__gt=1),
        "passed_on": Q(assignment__dispatches__gt=1),
        "signed_in_time": signed & Q(assignment__signed_on__lte=F("assignment__sign_due_on")),
        "sign_owed": signed | unsigned,
        "proxied": Q(assignment__proxies__gt=""),
        **{f"by_{method.value.lower()}": Q(last_method=method) for method in WordMethod},
    }
    whole = Q(assignment__isnull=True) | Q(
        assignment__lacks=""
    )  # an imported matter may lack what rates need
    numbers = {name: condition & whole for name, condition in numbers.items()}
    return numbers | _of_units_alone(numbers)


def _of_units_alone(numbers: Mapping[str, Q]) -> dict[str, Q]:
    """The numbers of each rate once more, without the problems in which the office made the deciding move for the unit."""
    return {
        f"{number}{ALONE}": numbers[number] & ~Q(assignment__proxies__contains=rate.verb)
        for rate in RATES
        for number in (rate.numerator, rate.denominator)
    }


@dataclass(frozen=True)
class RateDefinition:
    """A published rate: its name, the numbers that are its numerator and denominator, and an explanation.

    It is shown twice: of all, and without those in which the office made the move `verb` for the unit (不含代办).
    """

    key: str
    name: Any
    numerator: str
    denominator: str
    explanation: Any
    verb: str = "resolve"

    @property
    def alone(self) -> tuple[str, str]:
        """The names of numerator and denominator without what was done by proxy."""
        return f"{self.numerator}{ALONE}", f"{self.denominator}{ALONE}"


RATES = (
    RateDefinition(
        "signed_in_time",
        _("按期签收率"),
        "signed_in_time",
        "sign_owed",
        _(
            "在签收时限内签收的 ÷ 应签收的（有签收时限并已签收的，加上时限已过还没有签收的）；改派后按现承办单位算"
        ),
        verb="accept",
    ),
    RateDefinition(
        "on_time",
        _("按期办结率"),
        "on_time",
        "owed",
        _("在办理时限内办结的 ÷ 应办结的（已办结的，加上时限已过还没有办结的；挂账和撤回的不计）"),
    ),
    RateDefinition(
        "confirmed",
        _("解决率"),
        "confirmed",
        "finished",
        _(
            "办理结果为“已解决”并且企业评价满意或基本满意的 ÷ 已办结的；解释说明、暂缓解决、企业没有说话的都不算解决"
        ),
    ),
    RateDefinition(
        "content",
        _("满意率"),
        "content",
        "spoken",
        _("最近一次企业评价为满意或基本满意的 ÷ 有企业评价的；没有评价的不算满意"),
    ),
)
OUTCOMES = ("solved", "explained", "deferred")
OTHER_NUMBERS = ("closed", "reopened", "passed_on", "proxied", "late", "unhappy")
METHODS = tuple(f"by_{method.value.lower()}" for method in WordMethod)


def with_last_word(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Rows with the firm's last word: `last_satisfaction` and `last_method`, None where it has given none."""
    words = FirmWord.objects.filter(problem=OuterRef("pk")).order_by("-pk")
    with_word: QuerySet[Problem] = rows.annotate(
        last_satisfaction=Subquery(words.values("satisfaction")[:1]),
        last_method=Subquery(words.values("method")[:1]),
    )
    return with_word


def cohort(rows: QuerySet[Problem], *, first: date, last: date) -> QuerySet[Problem]:
    """Problems handed over between two days, both included, except those withdrawn.

    With the firm's last word.
    """
    period = since(first, "assignment__handed_over_at") & until(last, "assignment__handed_over_at")
    return with_last_word(rows.filter(period).exclude(assignment__state=State.WITHDRAWN))


def keys_counted(rows: QuerySet[Problem], numbers: Sequence[str], *, today: date) -> dict[str, list[int]]:
    """The keys of the rows that each of these numbers counts, in one query."""
    wanted = {name: conditions(today)[name] for name in numbers}
    flags = {f"is_{name}": ExpressionWrapper(q, output_field=BooleanField()) for name, q in wanted.items()}
    counted = with_last_word(rows.exclude(assignment__state=State.WITHDRAWN)).filter(
        reduce(or_, wanted.values())
    )
    flagged = list(counted.order_by().annotate(**flags).values_list("pk", *flags))
    return {name: [pk for pk, *is_counted in flagged if is_counted[n]] for n, name in enumerate(wanted)}


@dataclass(frozen=True)
class ClosingFigures:
    """The numbers of one area, or of all areas (`area` is None)."""

    area: Area | None
    numbers: Mapping[str, int]

    def rate(self, definition: RateDefinition) -> Rate:
        """One published rate of these numbers."""
        return Rate(self.numbers[definition.numerator], self.numbers[definition.denominator])

    def rate_alone(self, definition: RateDefinition) -> Rate:
        """The same rate without what was done by proxy."""
        numerator, denominator = definition.alone
        return Rate(self.numbers[numerator], self.numbers[denominator])

    @property
    def rates(self) -> list[tuple[RateDefinition, Rate]]:
        """All published rates with their definitions, in order."""
        return [(definition, self.rate(definition)) for definition in RATES]

    @property
    def both_rates(self) -> list[tuple[RateDefinition, Rate, Rate]]:
        """Each rate twice: of all, and without what was done by proxy."""
        return [(each, self.rate(each), self.rate_alone(each)) for each in RATES]


def _counts(today: date) -> dict[str, Count]:
    return {key: Count("pk", filter=condition) for key, condition in conditions(today).items()}


def total_figures(rows: QuerySet[Problem], *, today: date) -> ClosingFigures:
    """All numbers of a cohort. One query."""
    return ClosingFigures(None, rows.order_by().aggregate(**_counts(today)))


def figures_by_area(rows: QuerySet[Problem], area: Area | None, *, today: date) -> list[ClosingFigures]:
    """The numbers of each area below, or of the area itself when there are none; deeper areas count upward.

    Empty for None.
    """
    if area is None:
        return []
    areas = [child for child in children(area) if child.level != AreaLevel.TOWNSHIP] or [area]
    counts = _counts(today)
    by_path = rows.order_by().filter(within(area)).values("area__path").annotate(**counts)
    sums = {shown.pk: dict.fromkeys(counts, 0) for shown in areas}
    path_rows: list[dict[str, Any]] = [dict(row) for row in by_path]
    for row in path_rows:
        owner = next((shown for shown in areas if row["area__path"].startswith(shown.path)), None)
        if owner is not None:
            for key in counts:
                sums[owner.pk][key] += row[key]
    return [ClosingFigures(shown, sums[shown.pk]) for shown in areas]
