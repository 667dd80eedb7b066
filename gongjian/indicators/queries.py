"""Reads of figures: values with the derived ones computed, the matrix, what is missing or late, the history of a value."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max, Q, QuerySet

from gongjian.engines.tables.folding import bare, folded
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Figure, FigureBatch, FigureQuestion, Indicator
from gongjian.indicators.reading.cells import Known
from gongjian.indicators.rules import (
    FEBRUARY,
    BadFormula,
    compute,
    due_on,
    growth,
    is_expected,
    light_of,
    read_formula,
    year_before,
)
from gongjian.indicators.states import Answer, Column, Direction, Nature
from gongjian.people.models import Account, Area
from gongjian.people.queries import sight, within
from gongjian.people.states import AreaLevel

OFFICIAL, REPORTED = Column.OFFICIAL.value, Column.REPORTED.value
TREND = 13  # months of a small line
DEEPEST = 8  # formulas of formulas that are followed
DEEPEST_AREA = 2  # a zone inside a county is told with its county
SHOWN = (AreaLevel.CITY, AreaLevel.COUNTY, AreaLevel.ZONE)


def in_force(month: date) -> QuerySet[Indicator]:
    """The indicators of the catalogue that were measured in a month."""
    return Indicator.objects.filter(Q(disabled_on__isnull=True) | Q(disabled_on__gt=month))


def areas_shown(account: Account) -> list[Area]:
    """The areas whose figures an account reads, in official order: the city, its counties and zones, or its own area."""
    own = account.reads_area_id
    rows = Area.objects.filter(within(account.reads_area, ""), ended_on=None).filter(
        Q(level__in=SHOWN, depth__lte=DEEPEST_AREA) | Q(pk=own)
    )
    return sorted(rows, key=lambda area: (area.depth, area.order, area.path))


def figures_visible_to(account: Account) -> QuerySet[Figure]:
    """The figures an account may read, those that were superseded as well."""
    return Figure.objects.filter(sight(account))


def as_of_moment(moment: datetime | None) -> Q:
    """Condition: the figure stood at a moment; now where none is given."""
    if moment is None:
        return Q(superseded_at__isnull=True)
    return Q(recorded_at__lte=moment) & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment))


def latest_month(account: Account) -> date | None:
    """The latest month of which the account reads a figure."""
    rows = figures_visible_to(account).filter(superseded_at__isnull=True)
    month: date | None = rows.aggregate(month=Max("month"))["month"]
    return month


@dataclass
class FigureTable:
    """Figures of some areas and months in memory, derived ones computed from them when asked."""

    indicators: dict[str, Indicator]
    values: dict[tuple[int, int, date, str], Decimal] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        indicators: Iterable[Indicator],
        areas: Sequence[Area],
        *,
        first: date,
        last: date,
        as_of: datetime | None = None,
        keys: Iterable[str] = (),
    ) -> "FigureTable":
        """The figures of these areas between two months, in one query; with `keys` those of these indicators alone."""
        table = cls({one.key: one for one in indicators})
        rows = Figure.objects.filter(as_of_moment(as_of), month__gte=first, month__lte=last)
        if areas:
            rows = rows.filter(area__in=areas)
        if wanted := list(keys):
            rows = rows.filter(indicator__in=[table.indicators[key] for key in wanted])
        for indicator, area, month, column, value in rows.order_by().values_list(
            "indicator", "area", "month", "column", "value"
        ):
            table.values[(indicator, area, month, column)] = value
        return table

    def value(self, indicator: Indicator, area: int, month: date, column: str) -> Decimal | None:
        """A value in a column; `column` empty: the official one, and where there is none the reported one."""
        if indicator.formula:
            return self._value(indicator, (area, column), month, depth=0)
        return self._stated(indicator.pk, area, month, column)

    def _stated(self, indicator: int, area: int, month: date, column: str) -> Decimal | None:
        """A figure as somebody stated it; the same rule of columns."""
        if column:
            return self.values.get((indicator, area, month, column))
        official = self.values.get((indicator, area, month, OFFICIAL))
        return self.values.get((indicator, area, month, REPORTED)) if official is None else official

    def column_of(self, indicator: Indicator, area: int, month: date) -> str:
        """From which column the value of an empty column comes; empty where there is none or it is derived."""
        for column in (OFFICIAL, REPORTED):
            if (indicator.pk, area, month, column) in self.values:
                return column
        return ""

    def _value(self, indicator: Indicator, of: tuple[int, str], month: date, *, depth: int) -> Decimal | None:
        area, column = of
        if not indicator.derived:
            return self._stated(indicator.pk, area, month, column)
        if depth > DEEPEST or not is_expected(month, joined=indicator.joined):
            return None
        try:
            formula = read_formula(indicator.formula)
        except BadFormula:
            return None

        def look_up(key: str, day: date) -> Decimal | None:
            other = self.indicators.get(key)
            if other is None:
                return None
            found = self._value(other, of, day, depth=depth + 1)
            if not self._joins(indicator, other, day):
                return found
            before = self._value(other, of, add_months(day, -1), depth=depth + 1)
            return None if found is None or before is None else found + before

        return compute(formula, month, look_up)

    @staticmethod
    def _joins(indicator: Indicator, other: Indicator, day: date) -> bool:
        """Whether January belongs to the February of a part that is told by the month."""
        separate = other.nature == Nature.FLOW and not other.joined
        return indicator.joined and separate and day.month == FEBRUARY

    def change(self, indicator: Indicator, area: int, month: date, column: str) -> Decimal | None:
        """Against the same month last year: growth in per cent, of a rate in per cent the difference in points."""
        now = self.value(indicator, area, month, column)
        before = self.value(indicator, area, year_before(month), column)
        if not indicator.in_points:
            return growth(now, before)
        return None if now is None or before is None else now - before

    def so_far(self, indicator: Indicator, area: int, month: date, column: str) -> Decimal | None:
        """A flow from January to the month; None as soon as a month is unknown, and of what does not add up."""
        if indicator.nature != Nature.FLOW:
            return None
        first = FEBRUARY if indicator.joined else 1
        if month.month < first:
            return None
        total = Decimal(0)
        for number in range(month.month, first - 1, -1):
            value = self.value(indicator, area, date(month.year, number, 1), column)
            if value is None:
                return None
            total += value
        return total


def needed_keys(one: Indicator, indicators: Iterable[Indicator]) -> set[str]:
    """The codes of an indicator and of all that its formula is computed from."""
    formulas = {other.key: other.formula for other in indicators}
    found, waiting = set[str](), [one.key]
    while waiting:
        key = waiting.pop()
        if key in found or key not in formulas:
            continue
        found.add(key)
        try:
            waiting += read_formula(formulas[key]).of if formulas[key] else ()
        except BadFormula:
            continue
    return found


def _light(indicator: Indicator, change: Decimal | None) -> str:
    """The light of a change of this indicator."""
    return light_of(
        change,
        more_is_better=indicator.direction == Direction.MORE,
        in_points=indicator.in_points,
    )


@dataclass(frozen=True)
class MatrixCell:
    """One area and indicator in the matrix."""

    indicator: Indicator
    area: Area
    value: Decimal | None
    change: Decimal | None
    light: str
    trend: tuple[Decimal | None, ...]
    column: str
    late: bool


@dataclass(frozen=True)
class Matrix:
    """Areas by indicators in one month."""

    month: date
    indicators: list[Indicator]
    rows: list[tuple[Area, list[MatrixCell]]]

    @property
    def is_empty(self) -> bool:
        """Whether no area has any figure of the month."""
        return all(cell.value is None for _area, cells in self.rows for cell in cells)


def matrix(
    account: Account, *, month: date, column: str, today: date, as_of: datetime | None = None
) -> Matrix:
    """Each area with each indicator: value, change over the year, light, small line of the last months."""
    areas, indicators = areas_shown(account), list(in_force(month))
    months = [add_months(month, n - TREND + 1) for n in range(TREND)]
    table = FigureTable.read(
        Indicator.objects.all(), areas, first=add_months(months[0], -12), last=month, as_of=as_of
    )

    def cell(area: Area, indicator: Indicator) -> MatrixCell:
        value = table.value(indicator, area.pk, month, column)
        change = table.change(indicator, area.pk, month, column)
        return MatrixCell(
            indicator,
            area,
            value,
            change,
            _light(indicator, change),
            tuple(
                table.value(indicator, area.pk, each, column)
                for each in months
                if is_expected(each, joined=indicator.joined)
            ),
            column or table.column_of(indicator, area.pk, month),
            value is None and indicator.is_asked(month) and today > due_on(month, indicator.due_day),
        )

    return Matrix(month, indicators, [(area, [cell(area, one) for one in indicators]) for area in areas])


@dataclass(frozen=True)
class MonthLine:
    """One month of an area on the page of an indicator: both columns side by side."""

    area: Area
    month: date
    reported: Decimal | None
    official: Decimal | None
    so_far: Decimal | None
    change: Decimal | None
    light: str
    restated: bool

    @property
    def gap(self) -> Decimal | None:
        """The reported figure less the official one."""
        if self.reported is None or self.official is None:
            return None
        return self.reported - self.official


def month_lines(
    indicator: Indicator, areas: Sequence[Area], *, year: int, until: date, as_of: datetime | None = None
) -> list[MonthLine]:
    """The months of a year of these areas, newest first in each area."""
    first, last = date(year, 1, 1), min(date(year, 12, 1), until)
    indicators = list(Indicator.objects.all())
    keys = needed_keys(indicator, indicators)
    table = FigureTable.read(
        indicators, areas, first=add_months(first, -12), last=last, as_of=as_of, keys=keys
    )
    again = set(
        Figure.objects.filter(indicator=indicator, month__year=year, superseded_at__isnull=False)
        .order_by()
        .values_list("area", "month")
    )

    def line(area: Area, month: date) -> MonthLine:
        change = table.change(indicator, area.pk, month, "")
        return MonthLine(
            area,
            month,
            table.value(indicator, area.pk, month, Column.REPORTED),
            table.value(indicator, area.pk, month, Column.OFFICIAL),
            table.so_far(indicator, area.pk, month, ""),
            change,
            _light(indicator, change),
            (area.pk, month) in again,
        )

    months = [add_months(last, -n) for n in range(last.month)] if last >= first else []
    wanted = [month for month in months if is_expected(month, joined=indicator.joined)]
    return [line(area, month) for area in areas for month in wanted]


def history(indicator: Indicator, area: Area, month: date) -> QuerySet[Figure]:
    """Every value that ever stood, newest first, both columns, each with who wrote it, when and from where."""
    rows = Figure.objects.filter(indicator=indicator, area=area, month=month)
    return rows.select_related("area", "batch__recorded_by").order_by("column", "-recorded_at", "-pk")


def questions_visible_to(account: Account) -> QuerySet[FigureQuestion]:
    """The questions about odd figures in the areas of an account."""
    rows = FigureQuestion.objects.filter(sight(account))
    return rows.select_related("indicator", "area", "batch__recorded_by", "answered_by")


def batches_visible_to(account: Account) -> QuerySet[FigureBatch]:
    """The batches that came in for the areas of an account."""
    return FigureBatch.objects.filter(sight(account)).select_related("area", "recorded_by")


def known_names(*, year: int) -> Known:
    """What headings and labels may name: indicators by name, English name and code, areas by both names."""
    indicators: dict[str, int] = {}
    units: dict[int, str] = {}
    for one in Indicator.objects.all():
        units[one.pk] = one.unit
        for name in (one.name, one.english, one.key):
            indicators |= {folded(name): one.pk, bare(name): one.pk} if name else {}
    seen: dict[str, set[int]] = defaultdict(set)
    for pk, name, short in Area.objects.values_list("pk", "name", "short_name"):
        for each in {name, short}:
            seen[folded(each)].add(pk)
    areas = {name: next(iter(keys)) for name, keys in seen.items() if len(keys) == 1}
    return Known(indicators, areas, units, year)


def open_questions(account: Account) -> int:
    """How many odd figures wait for an answer."""
    return FigureQuestion.objects.filter(sight(account), answer=Answer.OPEN).count()
