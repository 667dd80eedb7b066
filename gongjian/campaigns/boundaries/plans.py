"""What a change of boundaries will do, before it is done: targets before and after, figures restated. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjian.campaigns.models import Target
from gongjian.engines.cascade import tree as engine
from gongjian.engines.cascade.boundaries import (
    Change,
    Divided,
    Merged,
    divide_area,
    make_comparable,
    merge_areas,
)
from gongjian.indicators.models import Figure
from gongjian.indicators.states import Nature
from gongjian.people.models import Area
from gongjian.people.queries import children

NEW = "new"  # the area that a division makes, which has no key before
WHOLE = "whole"
HUNDRED = Decimal(100)
FiguresKey = tuple[int, str, date, str]  # indicator, key of the area, month, column


@dataclass(frozen=True)
class Line:
    """One target of the areas concerned: those that stand, and what follows them by the key of its area."""

    before: tuple[Target, ...]
    after: Mapping[str, Decimal]

    @property
    def is_rate(self) -> bool:
        """Whether it is a rate, which is never added or shared."""
        return bool(self.before[0].indicator.nature == Nature.RATE)


@dataclass(frozen=True)
class Plan:
    """What changes: targets, restated figures, and how many figures cannot be joined because one of the areas lacks them."""

    lines: tuple[Line, ...]
    figures: Mapping[FiguresKey, Decimal]
    lacking: int
    moved: Mapping[Area, int]  # areas that come to lie in another, each with the one it lies in now


def plan_merger(kept: Area, others: Sequence[Area], *, on: date) -> Plan:
    """What a merger does: each amount is the sum, a rate stays that of the area that is kept."""
    groups: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    order = {area.pk: number for number, area in enumerate([kept, *others])}
    for row in sorted(_targets([kept, *others], on), key=lambda row: order[row.area_id]):
        groups[row.battle_id, row.indicator_id, row.year, row.horizon].append(row)
    key = str(kept.pk)
    lines = [
        Line(tuple(rows), {key: _merged(rows, key, on)})
        for rows in groups.values()
        if {row.area_id for row in rows} != {kept.pk}
    ]
    change = Merged(on, tuple(str(area.pk) for area in (kept, *others)), key)
    figures, lacking = comparable([kept, *others], change, on=on)
    below: dict[Area, int] = {area: int(other.pk) for other in others for area in children(other)}
    return Plan(tuple(lines), figures, lacking, below)


def _merged(rows: Sequence[Target], key: str, on: date) -> Decimal:
    """The amount of the merged area: the engine's sum of those that hold one."""
    if len(rows) == 1 or rows[0].indicator.nature == Nature.RATE:
        return rows[0].value
    names = [str(row.area_id) for row in rows]
    parts = [engine.Target(str(row.area_id), WHOLE, row.holder, row.value) for row in rows]
    whole = engine.Tree((engine.Target(WHOLE, None, WHOLE), *parts))
    found, _ = merge_areas(whole, names, into=key, owner=rows[0].holder, day=on)
    return found[key].amount or Decimal(0)


def plan_division(area: Area, moved: Sequence[Area], *, share: Decimal, on: date) -> Plan:
    """What a division does: the areas below go where they are said to, with what they hold; the rest is shared by `share` per cent."""
    weights = {str(area.pk): HUNDRED - share, NEW: share}
    gone = {one.pk for one in moved}
    lines = [Line((row,), _divided(row, weights, gone, on)) for row in _targets([area], on)]
    figures, lacking = comparable([area], Divided(on, str(area.pk), weights), on=on)
    return Plan(tuple(lines), figures, lacking, dict.fromkeys(moved, int(area.pk)))


def _divided(row: Target, weights: Mapping[str, Decimal], gone: set[int], on: date) -> dict[str, Decimal]:
    """The amounts of both areas, together the old one to the last digit; of a rate the same for both."""
    if row.indicator.nature == Nature.RATE:
        return dict.fromkeys(weights, row.value)
    name, parts = str(row.area_id), list(row.children.filter(withdrawn_at=None))
    below = [engine.Target(f"part{part.pk}", name, part.holder, part.value) for part in parts]
    whole = engine.Tree(
        (engine.Target(WHOLE, None, WHOLE), engine.Target(name, WHOLE, row.holder, row.value), *below)
    )
    found, _ = divide_area(
        whole,
        name,
        weights,
        owners=dict.fromkeys(weights, row.holder),
        belongs={f"part{part.pk}": NEW if part.area_id in gone else name for part in parts},
        unit=_unit([row.value]),
        day=on,
    )
    return {key: found[key].amount or Decimal(0) for key in weights}


def comparable(areas: Sequence[Area], change: Change, *, on: date) -> tuple[dict[FiguresKey, Decimal], int]:
    """Earlier figures for the areas after a change, by the engine; and how many one of the areas lacks. Rates are left as they are."""
    rows = Figure.objects.filter(
        area__in=areas, month__lte=on, superseded_at=None, indicator__formula=""
    ).exclude(indicator__nature=Nature.RATE)
    series: dict[tuple[int, str], dict[str, dict[str, Decimal | None]]] = defaultdict(
        lambda: {str(area.pk): {} for area in areas}
    )
    for row in rows.order_by("month"):
        series[row.indicator_id, row.column][str(row.area_id)][row.month.isoformat()] = row.value
    found: dict[FiguresKey, Decimal] = {}
    lacking = 0
    for (indicator, column), each in series.items():
        unit = _unit(value for months in each.values() for value in months.values() if value is not None)
        for key, months in make_comparable(each, [change], unit=unit).items():
            lacking += sum(value is None for value in months.values())
            found |= {
                (indicator, key, date.fromisoformat(month), column): value
                for month, value in months.items()
                if value is not None
            }
    return found, lacking


def _unit(values: Iterable[Decimal]) -> Decimal:
    """The last digit that any of the amounts shows: whole numbers stay whole."""
    places = [-int(value.normalize().as_tuple().exponent) for value in values]
    return Decimal(1).scaleb(-max([0, *places]))


def _targets(areas: Sequence[Area], on: date) -> list[Target]:
    """The targets that areas hold from the year of the change on."""
    rows = Target.objects.filter(area__in=areas, unit=None, withdrawn_at=None, year__gte=on.year)
    rows = rows.select_related("battle", "indicator", "area", "unit", "parent", "gap_unit")
    return list(rows.order_by("battle__order", "battle", "indicator__order", "indicator", "year", "pk"))
