"""What projects invested month by month, each series by itself, and how it was restated."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db.models import Sum

from gongjian.engines.forecast.months import MONTHS
from gongjian.projects.models import Investment, Project
from gongjian.projects.states import Series

Figures = Mapping[tuple[Series, int], Decimal]  # of one project in one year, by month

SERIES = {series.value: series for series in Series}


@dataclass(frozen=True)
class MonthLine:
    """One month of the table: each series with its sum since January, None where a month of it is not known."""

    month: date
    amounts: Mapping[Series, Decimal | None]
    sums: Mapping[Series, Decimal | None]


def figures_of(projects: Iterable[int], year: int) -> dict[int, dict[tuple[Series, int], Decimal]]:
    """The figures in force of one year, by project; one query."""
    rows = Investment.objects.filter(
        project__in=list(projects), month__year=year, superseded_at=None
    ).values_list("project_id", "series", "month", "amount")
    found: dict[int, dict[tuple[Series, int], Decimal]] = defaultdict(dict)
    for project, series, month, amount in rows:
        found[project][SERIES[series], month.month] = amount
    return found


def first_owed(project: Project, year: int) -> int:
    """The first month of a year that amounts are owed for: that of the start, if it is of this year."""
    started = project.broke_ground_on
    return started.month if started and started.year == year else 1


def months_of(figures: Figures, year: int, *, first: int = 1) -> list[MonthLine]:
    """The twelve months of a year; a sum goes on as long as every month that is owed, from `first` on, is known."""
    sums: dict[Series, Decimal | None] = dict.fromkeys(Series, Decimal(0))
    lines = []
    for number in range(1, MONTHS + 1):
        amounts = {series: figures.get((series, number)) for series in Series}
        for series, amount in amounts.items():
            before, here = sums[series], Decimal(0) if number < first and amount is None else amount
            sums[series] = None if before is None or here is None else before + here
        lines.append(MonthLine(date(year, number, 1), amounts, dict(sums)))
    return lines


def sum_of(figures: Figures, series: Series) -> Decimal | None:
    """What is known of a series in the year; None where nothing is."""
    known = [amount for (of, _month), amount in figures.items() if of == series]
    return sum(known, Decimal(0)) if known else None


def sums_before(projects: Iterable[int], year: int) -> dict[int, Decimal]:
    """What was reported before a year, by project; one query."""
    rows = Investment.objects.filter(
        project__in=list(projects), month__year__lt=year, superseded_at=None, series=Series.REPORTED
    )
    return dict(rows.order_by().values_list("project_id").annotate(total=Sum("amount")))


def restatements(project: Project, year: int) -> list[tuple[Investment, Investment]]:
    """Figures of the year that were restated, newest first: the old row and the one that took its place."""
    rows = Investment.objects.filter(project=project, month__year=year).select_related("recorded_by")
    by_place: dict[tuple[date, str], list[Investment]] = defaultdict(list)
    for row in rows.order_by("pk"):
        by_place[row.month, row.series].append(row)
    pairs = [(old, new) for found in by_place.values() for old, new in pairwise(found)]
    return sorted(pairs, key=lambda pair: -pair[1].pk)
