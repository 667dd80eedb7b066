"""The grid of entry: one indicator by area, or one area by indicator, with what stands there now."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjian.indicators.models import Figure, Indicator
from gongjian.indicators.queries import areas_shown, in_force
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes


@dataclass(frozen=True)
class GridLine:
    """One row of the grid: which figure, and its value now."""

    indicator: Indicator
    area: Area
    month: date
    column: str
    value: Decimal | None
    by_area: bool

    @property
    def name(self) -> str:
        """The name of its box."""
        return f"value_{self.area.pk if self.by_area else self.indicator.pk}"

    @property
    def label(self) -> str:
        """What the row is called."""
        return str(self.area) if self.by_area else self.indicator.with_unit


def grid_lines(
    account: Account, *, indicator: Indicator | None, area: Area | None, month: date, column: str
) -> list[GridLine]:
    """The rows of the grid; both chosen is one row, none chosen is no row. Derived figures are never asked for."""
    if indicator is None and area is None:
        return []
    areas = [area] if area else [one for one in areas_shown(account) if writes(account, one)]
    rows = [indicator] if indicator else list(in_force(month))
    asked = [one for one in rows if one.is_asked(month)]
    stands = Figure.objects.filter(month=month, column=column, superseded_at=None, area__in=areas)
    values = {(row.indicator_id, row.area_id): row.value for row in stands}
    return [
        GridLine(one, place, month, column, values.get((one.pk, place.pk)), indicator is not None)
        for place in areas
        for one in asked
    ]
