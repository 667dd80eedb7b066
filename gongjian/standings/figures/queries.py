"""Readings of areas for the items of a scheme, from the figures of some years as they stood at a moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from statistics import median

from django.utils import timezone

from gongjian.engines.standings.readings import Entrant, Reading
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Figure, Indicator
from gongjian.indicators.queries import FigureTable, needed_keys
from gongjian.indicators.rules import YEAR, is_expected, read_formula, year_before
from gongjian.indicators.states import Column, Nature
from gongjian.people.models import Area
from gongjian.standings.figures.targets import Due, targets_due
from gongjian.standings.models import SchemeItem, SchemeVersion
from gongjian.standings.states import Lens

PEOPLE = "population"  # the key of the indicator that counts people, for PER_HEAD
TREND = 12  # months from which a usual step of a rate is read
SETTLED_MONTH = 2  # a year's figures count as first stated once the January after it is over
Key = tuple[int, int, date, str]  # indicator, area, month, column


@dataclass
class Known:
    """Figures of some areas from one month to another, as they stood at a moment, and what stood before."""

    table: FigureTable
    areas: Sequence[Area]
    earlier: dict[Key, list[tuple[datetime, datetime, Decimal]]]  # superseded: from, until, value
    errors: dict[int, Decimal] = field(default_factory=dict)
    due: Mapping[tuple[int, int, date], Due] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        areas: Sequence[Area],
        items: Iterable[SchemeItem],
        *,
        first: date,
        last: date,
        as_of: datetime | None = None,
    ) -> "Known":
        """What is known for the months `first` to `last`, with the two years before that growth and usual steps need."""
        start = date(first.year - 2, 1, 1)
        items, indicators = list(items), list(Indicator.objects.all())
        keys = _keys_read(items, indicators)
        table = FigureTable.read(indicators, areas, first=start, last=last, as_of=as_of, keys=keys)
        rows = Figure.objects.filter(
            superseded_at__isnull=False, area__in=areas, month__gte=start, month__lte=last
        )
        if as_of is not None:
            rows = rows.filter(superseded_at__lte=as_of)
        earlier: dict[Key, list[tuple[datetime, datetime, Decimal]]] = {}
        found = rows.order_by("recorded_at", "pk").values_list(
            "indicator", "area", "month", "column", "recorded_at", "superseded_at", "value"
        )
        for indicator, area, month, column, since, until, value in found:
            if until is not None:
                earlier.setdefault((indicator, area, month, column), []).append((since, until, value))
        known = cls(table, areas, earlier)
        wanted = {item.indicator_id for item in items if item.lens == Lens.COMPLETION}
        if wanted:
            known.due = targets_due(table, areas, wanted, first=first, last=last, as_of=as_of)
        return known

    def readings(self, version: SchemeVersion, month: date) -> dict[Entrant, dict[str, Reading]]:
        """What the engine reads of each area in a month; an item of which nothing is known is left out."""
        found: dict[Entrant, dict[str, Reading]] = {}
        for area in self.areas:
            found[area.pk] = {}
            for item in version.items.all():
                reading = self._reading(item, area.pk, month)
                if reading is not None:
                    before = found[area.pk].get(item.indicator.key)
                    found[area.pk][item.indicator.key] = merged(before, reading)
        return found

    def _reading(self, item: SchemeItem, area: int, month: date) -> Reading | None:
        one = item.indicator
        if one.nature == Nature.FLOW:
            return self._of_flow(item, one, area, month)
        value = self.table.value(one, area, month, "")
        if value is None:
            return None
        before = self.table.value(one, area, year_before(month), "")
        return Reading(
            now=(value,),
            before=() if before is None else (before,),
            before_first=self._first((before,), one, area, [year_before(month)]),
            error=abs(value) * self._error(one),
            step=self._usual_step(one, area, month),
            corrected=self._corrected(one, area, [month]),
            **self._beside(item, area, month),
        )

    def _of_flow(self, item: SchemeItem, one: Indicator, area: int, month: date) -> Reading | None:
        months = [
            day
            for n in range(month.month)
            if is_expected(day := date(month.year, n + 1, 1), joined=one.joined)
        ]
        now = [self.table.value(one, area, day, "") for day in months]
        if not months or any(value is None for value in now):
            return None
        values = tuple(value for value in now if value is not None)
        earlier = [year_before(day) for day in months]
        before = [self.table.value(one, area, day, "") for day in earlier]
        known = tuple(value for value in before if value is not None)
        squares = sum(value * value for value in values)
        return Reading(
            now=values,
            before=known if len(known) == len(values) else (),
            before_first=self._first(before, one, area, earlier),
            error=squares.sqrt() * self._error(one) if squares else Decimal(0),
            step=abs(sum(values, Decimal(0))) / month.month,
            corrected=self._corrected(one, area, months),
            **self._beside(item, area, month),
        )

    def _beside(self, item: SchemeItem, area: int, month: date) -> dict[str, Decimal | None]:
        """The people and the target, where the item asks for them."""
        if item.lens == Lens.PER_HEAD:
            people = self.table.indicators.get(PEOPLE)
            return {"people": self._latest(people, area, month) if people else None}
        if item.lens == Lens.COMPLETION:
            due = self.due.get((item.indicator_id, area, month))
            return {"target": due.amount if due else None, "target_first": due.first if due else None}
        return {}

    def _latest(self, one: Indicator, area: int, month: date) -> Decimal | None:
        """The latest value of a year, for what is counted once a year."""
        values = (self.table.value(one, area, add_months(month, -back), "") for back in range(YEAR + 1))
        return next((value for value in values if value is not None), None)

    def _first(
        self, values: Sequence[Decimal | None], one: Indicator, area: int, months: Sequence[date]
    ) -> tuple[Decimal, ...]:
        """The base as it stood once its year was settled; the same as now where it was not corrected since."""
        firsts = [
            self._stood(one, area, day, value)
            for day, value in zip(months, values, strict=True)
            if value is not None
        ]
        return tuple(firsts) if len(firsts) == len(months) else ()

    def _stood(self, one: Indicator, area: int, month: date, value: Decimal) -> Decimal:
        earlier = self.earlier.get((one.pk, area, month, self.table.column_of(one, area, month)))
        if not earlier:
            return value
        settled = timezone.make_aware(datetime.combine(date(month.year + 1, SETTLED_MONTH, 1), time.min))
        for since, until, old in earlier:
            if until > settled and (since <= settled or old > value):
                return old
        return value

    def _corrected(self, one: Indicator, area: int, months: Sequence[date]) -> bool:
        """Whether a figure behind a value was corrected: of a derived one any of its parts."""
        keys = [one.pk]
        if one.derived:
            parts = read_formula(one.formula).of
            keys = [self.table.indicators[key].pk for key in parts if key in self.table.indicators]
        return any((key, area, day) in self.corrections for key in keys for day in months)

    @cached_property
    def corrections(self) -> frozenset[tuple[int, int, date]]:
        """Indicator, area and month of the figures that were corrected."""
        return frozenset((indicator, area, month) for indicator, area, month, _column in self.earlier)

    def _error(self, one: Indicator) -> Decimal:
        """By which part of itself a figure is usually off: how far the official figures were from the reported ones."""
        if one.pk not in self.errors:
            self.errors[one.pk] = self._measured_error(one)
        return self.errors[one.pk]

    def _measured_error(self, one: Indicator) -> Decimal:
        off = list[Decimal]()
        months = sorted({key[2] for key in self.table.values})
        for area in self.areas:
            for month in months:
                reported = self.table.value(one, area.pk, month, Column.REPORTED)
                official = self.table.value(one, area.pk, month, Column.OFFICIAL)
                if reported and official is not None:
                    off.append((official - reported) / reported)
        return (sum((x * x for x in off), Decimal(0)) / len(off)).sqrt() if off else Decimal(0)

    def _usual_step(self, one: Indicator, area: int, month: date) -> Decimal | None:
        """What a usual month changes, of a stock or a rate."""
        months = [add_months(month, -back) for back in range(TREND, -1, -1)]
        values = [v for day in months if (v := self.table.value(one, area, day, "")) is not None]
        steps = [abs(b - a) for a, b in pairwise(values) if a != b]
        return median(steps) if steps else None


def _keys_read(items: Sequence[SchemeItem], indicators: Sequence[Indicator]) -> set[str]:
    """The codes of all that the items are computed from, of PER_HEAD the people too."""
    wanted = [item.indicator for item in items]
    if any(item.lens == Lens.PER_HEAD for item in items):
        wanted += [one for one in indicators if one.key == PEOPLE]
    return set().union(*(needed_keys(one, indicators) for one in wanted))


def merged(before: Reading | None, after: Reading) -> Reading:
    """One reading of an indicator that stands in several lenses: people and target come from whichever asked for them."""
    if before is None:
        return after
    facts = vars(after) | {
        name: value
        for name in ("people", "target", "target_first")
        if (value := getattr(after, name)) is None and (value := getattr(before, name)) is not None
    }
    return Reading(**facts)
