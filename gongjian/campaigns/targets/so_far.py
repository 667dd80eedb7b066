"""What an area has done of an indicator from January to a month, and which part of a span is usually done by then."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gongjian.engines.forecast import families as engine_families
from gongjian.engines.forecast import series as engine_series
from gongjian.engines.forecast.months import Month
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
    """The part of a span (January to `until`) that is usually done by this month, as earlier years went; None without such a year.

    Moved by where Spring Festival lies this year, by the share family of the engine; a plain mean where figures are not all above zero.
    """
    if one.nature != Nature.FLOW or month.month >= until:
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


def _with_festival(
    table: FigureTable, one: Indicator, area: int, *, month: date, until: int
) -> Decimal | None:
    """The usual part moved by Spring Festival; None where the engine needs more than there is."""
    values = {}
    for back in range(month.month - 1 + USUAL_YEARS * 12 + 1):
        day = add_months(month, -back)
        value = table.value(one, area, day, "")
        if value is not None:
            values[Month(day.year, day.month)] = float(value)
    as_of = Month(month.year, month.month)
    if as_of not in values or min(values.values()) <= 0:
        return None
    series = engine_series.prepared(values, as_of=as_of, joined=one.joined)
    origin = engine_families.Origin(month.year, month.month, until)
    families = engine_families.Families(series)
    if not series.complete(month.year, month.month) or not families.earlier(origin):
        return None
    share = families.done(origin) / families.share(origin)
    return Decimal(str(min(share, 1.0))).quantize(DIGITS)


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
