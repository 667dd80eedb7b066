"""What an area has done of an indicator from January to a month, and which part of a span is usually done by then."""

from datetime import date
from decimal import Decimal

from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import FigureTable
from gongjian.indicators.rules import BadFormula, FormulaKind, compute, is_expected, read_formula
from gongjian.indicators.states import Nature

USUAL_YEARS = 3  # earlier years whose mean is usual
DEEPEST = 8  # formulas of formulas that are followed
DIGITS = Decimal("0.000001")


def so_far(
    table: FigureTable, one: Indicator, area: int, month: date, *, column: str = "", depth: int = 0
) -> Decimal | None:
    """Of a flow the sum from January to the month, of a stock the month's figure, of a rate that of its summed parts.

    A growth is that of January to the month over the same months of last year, never a mean of growths. None as soon as a month is
    unknown.
    """
    if not is_expected(month, joined=one.joined):
        return None
    if one.nature == Nature.FLOW:
        return table.so_far(one, area, month, column)
    if not one.derived or depth > DEEPEST:
        return table.value(one, area, month, column)
    try:
        formula = read_formula(one.formula)
    except BadFormula:
        return None
    if formula.kind == FormulaKind.SUM:
        return table.value(one, area, month, column)

    def look_up(key: str, day: date) -> Decimal | None:
        other = table.indicators.get(key)
        return None if other is None else so_far(table, other, area, day, column=column, depth=depth + 1)

    return compute(formula, month, look_up)


def latest(
    table: FigureTable, one: Indicator, area: int, *, last: date, column: str
) -> tuple[date, Decimal] | None:
    """The latest month of the year up to `last` by which something is known, and how much; None where nothing is."""
    for back in range(last.month):
        month = add_months(last, -back)
        value = so_far(table, one, area, month, column=column)
        if value is not None:
            return month, value
    return None


def usual_share(table: FigureTable, one: Indicator, area: int, *, month: date, until: int) -> Decimal | None:
    """The mean part of a span (January to `until`) that was done by this month in earlier years; None without such a year."""
    if one.nature != Nature.FLOW:
        return None
    parts = []
    for back in range(1, USUAL_YEARS + 1):
        year = month.year - back
        whole = so_far(table, one, area, date(year, until, 1))
        part = so_far(table, one, area, date(year, month.month, 1))
        if whole is not None and part is not None and whole > 0 and 0 <= part <= whole:
            parts.append(part / whole)
    return (sum(parts, Decimal(0)) / len(parts)).quantize(DIGITS) if parts else None
