"""What an area has done of an indicator from January to a month, and which part of a span is usually done by then."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from gongjian.engines.forecast import families as engine_families
from gongjian.engines.forecast import series as engine_series
from gongjian.engines.forecast import usual_share as engine_shares
from gongjian.engines.forecast.months import Month
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import FigureTable
from gongjian.indicators.rules import (
    FEBRUARY,
    YEAR,
    BadFormula,
    FormulaKind,
    compute,
    is_expected,
    read_formula,
)
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
    """The part of a span (January to `until`) that is usually done by this month, as earlier years went; None without such a year.

    Moved by where Spring Festival lies this year, by the share family of the engine; a plain mean where figures are not all above zero.
    """
    if one.nature != Nature.FLOW or month.month >= until:
        return None
    if known := _steady_years(table, one, area, month=month):
        return _of_steady_years(known, one, month=month, until=until)
    return long_way(table, one, area, month=month, until=until)


def long_way(table: FigureTable, one: Indicator, area: int, *, month: date, until: int) -> Decimal | None:
    """The usual part of a flow whose earlier years may have gaps; of years without any it says the same, ten times as slowly."""
    if month.month >= until:
        return None
    parts, years = [], range(month.year - USUAL_YEARS, month.year)
    for year in years:
        whole = so_far(table, one, area, date(year, until, 1))
        part = so_far(table, one, area, date(year, month.month, 1))
        if whole is not None and part is not None and whole > 0 and 0 <= part <= whole:
            parts.append(part / whole)
    if not parts:
        return None
    moved = _with_festival(table, one, area, month=month, until=until)
    mean = (sum(parts, Decimal(0)) / len(parts)).quantize(DIGITS)
    return mean if moved is None else moved


def _steady_years(table: FigureTable, one: Indicator, area: int, *, month: date) -> list[list[Decimal]]:
    """The months of the earlier years, oldest first, where none is missing up to this month and all are above zero; else none.

    The year in which the figures begin is left out where it is not whole.
    """
    first, begun, found = FEBRUARY if one.joined else 1, False, list[list[Decimal]]()
    for year in range(month.year - USUAL_YEARS, month.year + 1):
        last = month.month if year == month.year else YEAR
        read = (table.value(one, area, date(year, number, 1), "") for number in range(first, last + 1))
        values = [value for value in read if value is not None]
        whole = len(values) > max(last - first, 0)
        if any(value <= 0 for value in values) or (not whole and (begun or year == month.year)):
            return []
        begun = begun or bool(values)
        if whole:
            found.append(values)
    return found[:-1]


def _of_steady_years(
    years: Sequence[Sequence[Decimal]], one: Indicator, *, month: date, until: int
) -> Decimal:
    """The usual part moved by Spring Festival, by the share family of the engine."""
    before = FEBRUARY - 1 if one.joined else 0
    wholes = [float(sum(values[: until - before])) for values in years]
    dones = [float(sum(values[: month.month - before])) for values in years]
    origin = engine_families.Origin(month.year, month.month, until)
    share = engine_shares.usual_share(wholes, dones, origin=origin, joined=one.joined)
    return Decimal(str(min(share, 1.0))).quantize(DIGITS)


def _with_festival(
    table: FigureTable, one: Indicator, area: int, *, month: date, until: int
) -> Decimal | None:
    """The usual part moved by Spring Festival; None where the engine needs more than there is."""
    as_of = Month(month.year, month.month)
    values = {}
    for year in range(month.year - USUAL_YEARS, month.year + 1):
        for number in range(1, (month.month if year == month.year else YEAR) + 1):
            value = table.value(one, area, date(year, number, 1), "")
            if value is not None:
                values[Month(year, number)] = float(value)
    if as_of not in values or min(values.values()) <= 0:
        return None
    series = engine_series.prepared(values, as_of=as_of, joined=one.joined)
    origin = engine_families.Origin(month.year, month.month, until)
    families = engine_families.Families(series)
    if not series.complete(month.year, month.month) or not families.earlier(origin):
        return None
    share = families.done(origin) / families.share(origin)
    return Decimal(str(min(share, 1.0))).quantize(DIGITS)
