"""A monthly series made ready: gaps filled from the past alone, January and February joined, year-to-date figures taken apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import isfinite, nan

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.forecast.calendar_effects import february, festival_load
from gongjian.engines.forecast.months import MONTHS, Month

Numbers = NDArray[np.float64]
RECENT = 6  # months by which the growth is judged that carries a gap
ALL_JOINED = (
    0.8  # share of years without a January from which a series is known to give January and February as one
)


class Kind(StrEnum):
    """Whether months can be summed (a flow), averaged (an index), or neither, the last one standing (a stock)."""

    FLOW = "flow"
    INDEX = "index"
    STOCK = "stock"


@dataclass(frozen=True)
class Series:
    """Months in order from a January on, up to the December of the year that is forecast; NaN from the origin on.

    `values` has the unit of the file. `log_free` series have a zero or a negative value and are computed without logarithms.
    `festival` and `length` say what the calendar does to each month (calendar_effects.py).
    """

    first_year: int
    as_of: Month
    kind: Kind
    values: Numbers
    festival: Numbers
    length: Numbers
    filled: tuple[Month, ...]
    joined: bool

    @property
    def log_free(self) -> bool:
        """Whether it has values of which there is no logarithm."""
        known = self.values[np.isfinite(self.values)]
        return bool((known <= 0).any())

    def year(self, year: int) -> Numbers:
        """The twelve months of a year."""
        start = (year - self.first_year) * MONTHS
        return self.values[start : start + MONTHS]

    def complete(self, year: int, months: int = MONTHS) -> bool:
        """Whether the first months of the year are all known."""
        return year >= self.first_year and bool(np.isfinite(self.year(year)[:months]).all())

    def observed(self, year: int, months: int) -> bool:
        """Whether they are all known from the file, none of them filled."""
        return self.complete(year, months) and not any(
            each.year == year and each.month <= months for each in self.filled
        )


def apart(year_to_date: Mapping[Month, float]) -> dict[Month, float]:
    """Months from figures that add up through the year; the first one of a year stands as it is.

    After a gap the difference is shared evenly among the months it covers. A lone February is that of January and February;
    what came before the first figure of a year is unknown when that is a later one.
    """
    months: dict[Month, float] = {}
    for month, value in sorted(year_to_date.items()):
        earlier = [known for known in year_to_date if known.year == month.year and known < month]
        before = max(earlier, default=None)
        span = month.month - (before.month if before else 0)
        if before is None and span > 2:  # noqa: PLR2004  what three months and more share is not their season
            continue
        part = (value - (year_to_date[before] if before else 0.0)) / span
        months |= {Month(month.year, month.month - n): part for n in range(span)}
    return months


def gives_january_and_february_as_one(values: Mapping[Month, float]) -> bool:
    """Whether nearly every year has a February and no January, as statistics do that publish the two as one."""
    years = {month.year for month in values if month.month == 2}  # noqa: PLR2004  February
    lone = [year for year in years if Month(year, 1) not in values]
    return len(years) > 1 and len(lone) >= ALL_JOINED * len(years)


def prepared(
    values: Mapping[Month, float], *, as_of: Month, kind: Kind = Kind.FLOW, joined: bool = False
) -> Series:
    """The series as known at the end of the month `as_of`; nothing later is looked at.

    `joined` says that a February without a January is the sum of both (a flow). Raises ValueError where nothing is known
    by then.
    """
    known = {m: v for m, v in values.items() if m <= as_of and isfinite(v)}
    if not known:
        raise ValueError(f"nothing is known by {as_of}")
    if joined:
        known = _halved(known)
    first_year = min(known).year
    months = _months(first_year, as_of.year)
    numbers = np.array([known.get(month, nan) for month in months])
    filled = _fill(numbers, as_of.since(months[0]))
    festival, length = _calendar(first_year, as_of.year, kind=kind, joined=joined)
    return Series(
        first_year, as_of, kind, numbers, festival, length, tuple(months[n] for n in filled), joined
    )


def blank(first_year: int, as_of: Month, *, joined: bool) -> Series:
    """A flow of which nothing is known: what the calendar does to its months."""
    festival, length = _calendar(first_year, as_of.year, kind=Kind.FLOW, joined=joined)
    return Series(first_year, as_of, Kind.FLOW, np.full(len(festival), nan), festival, length, (), joined)


def _halved(known: Mapping[Month, float]) -> dict[Month, float]:
    """January and February each with half of what they have together, known once February is."""
    apart_now = {month: value for month, value in known.items() if month.month > 2}  # noqa: PLR2004
    for year in {month.year for month in known}:
        january, february_ = Month(year, 1), Month(year, 2)
        if february_ in known:
            half = (known[february_] + known.get(january, 0.0)) / 2
            apart_now |= {january: half, february_: half}
    return apart_now


def _fill(numbers: Numbers, last: int) -> list[int]:
    """Fill gaps up to the origin: the same month a year before, moved by the growth of the months before it."""
    filled = []
    known = np.flatnonzero(np.isfinite(numbers))
    for n in range(max(MONTHS, int(known[0])), last + 1):
        if not np.isfinite(numbers[n]) and np.isfinite(numbers[n - MONTHS]):
            numbers[n] = _carried(numbers, n)
            filled.append(n)
    return filled


def _carried(numbers: Numbers, n: int) -> float:
    recent = range(max(MONTHS, n - RECENT), n)
    pairs = [(numbers[i], numbers[i - MONTHS]) for i in recent]
    pairs = [pair for pair in pairs if np.isfinite(pair).all()]
    now, before = (float(sum(side)) for side in zip(*pairs, strict=True)) if pairs else (0.0, 0.0)
    value = float(numbers[n - MONTHS])
    if min(value, now, before) > 0:
        return value * now / before
    return value + (now - before) / max(len(pairs), 1)


@lru_cache
def _months(first: int, last: int) -> tuple[Month, ...]:
    return tuple(Month(year, month) for year in range(first, last + 1) for month in range(1, MONTHS + 1))


@lru_cache
def _calendar(first: int, last: int, *, kind: Kind, joined: bool) -> tuple[Numbers, Numbers]:
    """What the calendar does to the months of these years: the same for every series, so nobody writes into it."""
    months = _months(first, last)
    festival = np.array([festival_load(month) for month in months])
    length = np.array([february(month) if kind is Kind.FLOW else 1.0 for month in months])
    if joined:
        for start in range(0, len(months), MONTHS):
            festival[start : start + 2] = festival[start : start + 2].mean()
            length[start : start + 2] = length[start : start + 2].mean()
    festival.flags.writeable = length.flags.writeable = False
    return festival, length
