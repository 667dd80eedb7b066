"""Which part of a span is usually done by a month: the family of shares for series without gaps, in a handful of multiplications.

What the calendar and the weights of years make of it is the same for every series of the same years, so it is worked out once; what is
left is one logarithm a year. `families.Families.share` says the same of any series, one with gaps too.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import exp, log
from typing import NamedTuple

import numpy as np

from gongjian.engines.forecast.families import MEMORY, SHRINKAGE, Families, Origin
from gongjian.engines.forecast.months import Month
from gongjian.engines.forecast.series import blank


class Weights(NamedTuple):
    """What the logarithm of whole / done of each year counts, and what the calendar adds to their sum."""

    of_years: tuple[float, ...]
    calendar: float


def usual_share(wholes: Sequence[float], dones: Sequence[float], *, origin: Origin, joined: bool) -> float:
    """The part that is usually done at the origin; `wholes` and `dones` are those of the years before it, oldest first, all above zero."""
    weights = _weights(len(wholes), origin, joined=joined)
    ratios = (
        weight * log(whole / done)
        for weight, whole, done in zip(weights.of_years, wholes, dones, strict=True)
    )
    return 1 / exp(sum(ratios) + weights.calendar)


@lru_cache
def _weights(count: int, origin: Origin, *, joined: bool) -> Weights:
    """The ridge regression of `Families.share`, written as a sum over years."""
    years = range(origin.year - count, origin.year)
    calendar = Families(blank(years[0], Month(origin.year, origin.known), joined=joined))
    loads = np.array([calendar.load(origin, year) for year in years])
    weights = MEMORY ** (origin.year - 1 - np.array(years, dtype=float))
    load = np.average(loads, weights=weights)
    spread = weights @ (loads - load) ** 2 + SHRINKAGE
    moved = calendar.load(origin, origin.year) - load
    of_years = weights / weights.sum() + moved * weights * (loads - load) / spread
    februaries = np.array([calendar.february(origin, year) for year in years])
    return Weights(
        tuple(of_years.tolist()), float(of_years @ februaries - calendar.february(origin, origin.year))
    )
