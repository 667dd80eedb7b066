"""Where a year will end: the figure, its 80 per cent interval, the chance of a target, the back-test, and the method by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, isfinite

from gongjian.engines.forecast.calendar_effects import working_days
from gongjian.engines.forecast.combination import Combination
from gongjian.engines.forecast.families import SHARE_YEARS, Families
from gongjian.engines.forecast.months import MONTHS, Month
from gongjian.engines.forecast.series import Kind, Series, prepared
from gongjian.engines.workdays.calendar import Calendar

INSIDE = 0.8  # of the interval
CHECKED = 15  # origins of the back-test, the newest


class Horizon(StrEnum):
    """Up to where the year is forecast."""

    Q1 = "q1"
    HALF = "half"
    THREE_QUARTERS = "three_quarters"
    YEAR = "year"

    @property
    def months(self) -> int:
        """The months from January that it spans."""
        return {Horizon.Q1: 3, Horizon.HALF: 6, Horizon.THREE_QUARTERS: 9, Horizon.YEAR: MONTHS}[self]


class Method(StrEnum):
    """How the figure was made; the simpler ones where the history is short or the span is over."""

    COMBINED = "combined"
    THREE_YEAR_SHARE = "three_year_share"
    SHORT_SHARE = "short_share"
    KNOWN = "known"


class Unforeseeable(ValueError):
    """A forecast that cannot be made: the `code` of its reason."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Check:
    """One year of the back-test: what was said at the same month then, and what it came to."""

    year: int
    forecast: float
    low: float
    high: float
    three_year_share: float
    actual: float


@dataclass(frozen=True)
class Forecast:
    """A forecast (预测) in the unit of the series: a sum of a flow, a mean of an index, the last month of a stock.

    `low` and `high` hold the actual figure in eight cases of ten. `usual_share` is the part that is usually done by then (None where
    that says nothing). `spread` and `freedom` are those of the interval, in sizes of `scale`, or in logarithms without one.
    """

    forecast: float
    low: float
    high: float
    method: Method
    done: float
    usual_share: float | None
    filled: tuple[Month, ...]
    weights: tuple[float, ...]
    backtest: tuple[Check, ...]
    spread: float
    freedom: float
    scale: float | None

    def chance_of(self, target: float) -> float:
        """The probability that the target is reached, between 0 and 1, by the same distribution as the interval."""
        from scipy.stats import t

        if not self.spread:
            return float(self.forecast >= target)
        if self.scale is not None:
            return float(t.sf((target - self.forecast) / (self.scale * self.spread), self.freedom))
        if target <= 0:
            return 1.0
        from math import log

        return float(t.sf(log(target / self.forecast) / self.spread, self.freedom))


def forecast(
    values: Mapping[Month, float],
    *,
    as_of: Month,
    horizon: Horizon,
    kind: Kind = Kind.FLOW,
    joined: bool = False,
) -> Forecast:
    """Forecast from what was known at the end of the month `as_of`; later months are not looked at.

    `values` are months of one unit; `joined` says that a February without a January is the sum of both. Raises Unforeseeable where
    the month lies outside the series, or no earlier year is complete.
    """
    if not values or not min(values) <= as_of <= max(values):
        raise Unforeseeable(
            "outside", as_of=as_of, first=min(values, default=""), last=max(values, default="")
        )
    try:
        series = prepared(values, as_of=as_of, kind=kind, joined=joined)
    except ValueError as error:
        raise Unforeseeable("outside", as_of=as_of, first=min(values), last=max(values)) from error
    known = min(as_of.month, horizon.months)
    if not series.complete(as_of.year, known):
        raise Unforeseeable("gap", as_of=as_of)
    combination = Combination(Families(series), known, horizon.months)
    if known == horizon.months:
        return _known(combination, series, horizon)
    if not combination.families.earlier(combination.origin(as_of.year)):
        raise Unforeseeable("short", as_of=as_of)
    return _ahead(combination, series, horizon)


def _known(combination: Combination, series: Series, horizon: Horizon) -> Forecast:
    size = horizon.months if series.kind is Kind.INDEX else 1
    figure = combination.families.actual(combination.origin(series.as_of.year)) / size
    return Forecast(figure, figure, figure, Method.KNOWN, figure, 1.0, series.filled, (), (), 0.0, 1.0, None)


def _ahead(combination: Combination, series: Series, horizon: Horizon) -> Forecast:
    year = series.as_of.year
    estimate, plain = combination.estimate(year), combination.plain(year)
    if not isfinite(estimate.figure) or not (series.log_free or estimate.figure > 0):
        raise Unforeseeable("nothing", as_of=series.as_of)
    size = horizon.months if series.kind is Kind.INDEX else 1
    low, high = _interval(combination, year, estimate.figure)
    spread = combination.spread(year)
    checks = [_check(combination, each, size) for each in combination.past(year)[-CHECKED:]]
    years = len(combination.families.earlier(combination.origin(year)))
    method = Method.COMBINED if estimate.weights else Method.THREE_YEAR_SHARE
    done = combination.families.done(combination.origin(year))
    return Forecast(
        forecast=estimate.figure / size,
        low=low / size,
        high=high / size,
        method=method if years >= SHARE_YEARS else Method.SHORT_SHARE,
        done=done / (combination.known if series.kind is Kind.INDEX else 1),
        usual_share=done / plain if isfinite(plain) and plain else None,
        filled=series.filled,
        weights=estimate.weights,
        backtest=tuple(each for each in checks if isfinite(each.forecast)),
        spread=spread.size,
        freedom=spread.freedom,
        scale=combination.scale / size if series.log_free else None,
    )


def _check(combination: Combination, year: int, size: int) -> Check:
    figure, plain = combination.estimate(year).figure, combination.plain(year)
    low, high = _interval(combination, year, figure)
    actual = combination.families.actual(combination.origin(year))
    return Check(year, figure / size, low / size, high / size, plain / size, actual / size)


def _interval(combination: Combination, year: int, figure: float) -> tuple[float, float]:
    from scipy.stats import t

    spread = combination.spread(year)
    reach = float(t.ppf((1 + INSIDE) / 2, spread.freedom)) * spread.size
    if combination.families.series.log_free:
        return figure - reach * combination.scale, figure + reach * combination.scale
    return figure * exp(-reach), figure * exp(reach)


def needed_per_working_day(
    target: float, done: float, *, as_of: Month, horizon: Horizon, calendar: Calendar | None = None
) -> tuple[float, int]:
    """What a flow still needs each working day from the month after `as_of` on, and how many such days there are.

    The working days hold make-up days where the year is announced. (0, days) once the target is reached.
    """
    days = sum(
        working_days(Month(as_of.year, month), calendar)
        for month in range(as_of.month + 1, horizon.months + 1)
    )
    return (max(target - done, 0.0) / days if days else 0.0), days
