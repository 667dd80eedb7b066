"""A firm's facts as a table of months, a line chart, and what is known of longer periods."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.audit.wording import words
from gongjian.enterprises.facts.catalogue import all_facts, catalogue
from gongjian.enterprises.facts.wording import period_in_words
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import FactValues, facts_side_by_side
from gongjian.enterprises.states import PeriodKind

MONTHS = 13
YEARS = 3  # how far back quarters, years and days are shown
LINES = 2  # keys in the chart: one axis on each side


@dataclass(frozen=True)
class FactLine:
    """One fact's values month by month; None where the value is not known."""

    key: str
    unit: str
    sources: list[str]
    cells: list[FactValues | None]


@dataclass(frozen=True)
class OtherFact:
    """One value for a quarter, a year or a day, with its period in words."""

    key: str
    unit: str
    when: str
    values: FactValues


@dataclass(frozen=True)
class FactTable:
    """The monthly table, its chart, facts for longer periods, and where two sources differ."""

    months: list[date]
    lines: list[FactLine]
    chart: dict[str, Any]
    differing: list[FactValues]
    others: list[OtherFact]


def fact_table(firm: Enterprise, *, today: date) -> FactTable:
    """Thirteen months of every monthly fact the firm has, up to the one after the last known, and its other facts of three years."""
    known = facts_side_by_side(firm, since=date(today.year - YEARS, 1, 1))
    held = [values.period for values in known if values.period_kind == PeriodKind.MONTH]
    months = _months(max(held, default=today), today=today)
    monthly = {
        (values.key, values.period): values
        for values in known
        if values.period_kind == PeriodKind.MONTH and values.period >= months[0]
    }
    lines = [_line(key, months, monthly) for key in catalogue() if any(place[0] == key for place in monthly)]
    others = [_other(values) for values in known if values.period_kind != PeriodKind.MONTH]
    differing = [values for values in monthly.values() if values.differs]
    return FactTable(months, lines, _chart(months, lines), differing, others)


def _months(known: date, *, today: date) -> list[date]:
    """The months shown: the month after the last known is missing, the empty ones after it would say no more."""
    last = min(known.year * 12 + known.month, today.year * 12 + today.month - 1)
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]


def _line(key: str, months: list[date], monthly: dict[tuple[str, date], FactValues]) -> FactLine:
    cells = [monthly.get((key, month)) for month in months]
    sources = dict.fromkeys(fact.source for cell in cells if cell for fact in cell.facts)
    return FactLine(key, catalogue()[key].unit, list(sources), cells)


def _other(values: FactValues) -> OtherFact:
    unit = all_facts()[values.key].unit if values.key in all_facts() else ""
    return OtherFact(values.key, unit, period_in_words(values.period, values.period_kind), values)


def _chart(months: list[date], lines: list[FactLine]) -> dict[str, Any]:
    drawn = lines[:LINES]
    units = list(dict.fromkeys(line.unit for line in drawn))  # what is counted alike is drawn on one scale
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0},
        "grid": {"left": 64, "right": 64, "bottom": 28, "top": 56},
        "xAxis": {"type": "category", "data": [f"{month:%Y-%m}" for month in months]},
        "yAxis": [{"type": "value", "name": words(unit), "scale": True} for unit in units],
        "series": [
            {
                "name": words(line.key),
                "type": "line",
                "connectNulls": False,
                "yAxisIndex": units.index(line.unit),
                "data": [str(cell.facts[0].value) if cell else None for cell in line.cells],
            }
            for line in drawn
        ],
    }
