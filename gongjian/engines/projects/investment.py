"""The investment curve of a year (投资曲线): the plan by months of the city's own seasons, linear pace beside it, where the year will end."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gongjian.engines.cascade.splitting import by_share
from gongjian.engines.forecast import outlook
from gongjian.engines.forecast.months import MONTHS, Month

YEARS = 3  # earlier years whose season counts
DIGITS = Decimal("0.000001")  # of a month's share; by_share keeps the sum whatever they are


@dataclass(frozen=True)
class Point:
    """The end of a month: what is planned by then by season, and what linear pace wants."""

    month: int
    plan: Decimal
    linear: Decimal


def usual_shares(history: Mapping[Month, Decimal | None], *, year: int) -> dict[int, Decimal] | None:
    """Which share of a year is usually done in each month, from the newest complete years before `year`, each counted alike.

    A year with an unknown month, or whose sum is not above zero, is left out; None where no year is left. A month that was corrected
    below zero on the whole is usually nothing.
    """
    sums = dict.fromkeys(range(1, MONTHS + 1), Fraction(0))
    counted = 0
    for earlier in sorted({month.year for month in history if month.year < year}, reverse=True):
        figures = [history.get(Month(earlier, month)) for month in sums]
        known = [Fraction(figure) for figure in figures if figure is not None]
        if counted < YEARS and len(known) == MONTHS and sum(known) > 0:
            counted += 1
            for month, figure in zip(sums, known, strict=True):
                sums[month] += figure / sum(known)
    if not counted:
        return None
    return {month: _decimal(max(share / counted, Fraction(0))) for month, share in sums.items()}


def _decimal(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(DIGITS)


def plan_by_months(
    year_plan: Decimal, shares: Mapping[int, Decimal] | None, *, unit: Decimal
) -> dict[int, Decimal]:
    """A year plan in months, to the last digit of `unit`; without shares every month alike. Raises BadCascade as `cascade`."""
    bases: dict[str, Decimal | None] = {
        str(month): Decimal(1) if shares is None else shares[month] for month in range(1, MONTHS + 1)
    }
    parts = by_share(year_plan, bases, unit=unit).parts
    return {int(month): part for month, part in parts.items()}


def curve(year_plan: Decimal, shares: Mapping[int, Decimal] | None, *, unit: Decimal) -> tuple[Point, ...]:
    """Both curves at the end of each month; they meet in December."""
    by_month, planned, points = plan_by_months(year_plan, shares, unit=unit), Decimal(0), []
    for month, part in sorted(by_month.items()):
        planned += part
        points.append(Point(month, planned, year_plan * month / MONTHS))
    return tuple(points)


def linear_year(done: Decimal, *, months: int) -> Decimal:
    """What the year comes to if every month brings what the mean of the gone ones did. Raises ValueError for no month."""
    if not 1 <= months <= MONTHS:
        raise ValueError(f"{months} months say nothing of a year")
    return done * MONTHS / months


def seasonal_year(done: Decimal, shares: Mapping[int, Decimal], *, months: int) -> Decimal | None:
    """What the year of one project comes to by the city's season; None while nothing is usually done by then."""
    usual = sum((shares[month] for month in range(1, months + 1)), Decimal(0))
    return done / usual if usual else None


def year_forecast(history: Mapping[Month, Decimal | None], *, as_of: Month) -> outlook.Forecast:
    """The year of a portfolio with its 80 % interval, by the engine `forecast`; what it does not know it fills and tells.

    Raises `outlook.Unforeseeable` where there is no complete year before, as for one project, whose year `seasonal_year` tells.
    """
    values = {month: float(figure) for month, figure in history.items() if figure is not None}
    return outlook.forecast(values, as_of=as_of, horizon=outlook.Horizon.YEAR)
