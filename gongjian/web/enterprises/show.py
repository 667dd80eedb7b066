"""A firm's facts as a table of months and a line chart."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongjian.enterprises.catalogue import catalogue
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.enterprises.states import PeriodKind

MONTHS = 13


@dataclass(frozen=True)
class Cell:
    """One month of one key: values of all sources, latest recorded first; none means unknown."""

    facts: list[Fact]

    @property
    def differs(self) -> bool:
        """Two sources, two values."""
        return len({fact.value for fact in self.facts}) > 1


@dataclass(frozen=True)
class FactTable:
    """Months across, keys down; and the same as a chart."""

    months: list[date]
    rows: list[tuple[str, str, list[Cell]]]
    chart: dict[str, Any]


def _months(today: date) -> list[date]:
    last = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]


def fact_table(firm: Enterprise, *, today: date) -> FactTable:
    """The last thirteen months of every monthly key the firm has."""
    months = _months(today)
    by_place: dict[tuple[str, date], list[Fact]] = {}
    for fact in firm.facts.filter(period_kind=PeriodKind.MONTH, period__gte=months[0]).order_by(
        "-recorded_at"
    ):
        by_place.setdefault((fact.key, fact.period), []).append(fact)
    keys = [key for key in catalogue() if any(place[0] == key for place in by_place)]
    rows = [
        (key, catalogue()[key].unit, [Cell(by_place.get((key, month), [])) for month in months])
        for key in keys
    ]
    return FactTable(months, rows, _chart(months, rows))


def _chart(months: list[date], rows: list[tuple[str, str, list[Cell]]]) -> dict[str, Any]:
    series = [
        {
            "name": f"{_(key)}",
            "type": "line",
            "connectNulls": False,
            "yAxisIndex": n,
            "data": [float(cell.facts[0].value) if cell.facts else None for cell in cells],
        }
        for n, (key, _unit, cells) in enumerate(rows[:2])
    ]
    axes = [{"type": "value", "name": f"{_(key)}({_(unit)})"} for key, unit, _cells in rows[:2]] or [
        {"type": "value"}
    ]
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0},
        "grid": {"left": 56, "right": 56, "bottom": 28, "top": 48},
        "xAxis": {"type": "category", "data": [f"{m:%Y-%m}" for m in months]},
        "yAxis": axes,
        "series": series,
    }
