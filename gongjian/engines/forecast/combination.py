"""The families weighed by how well each did so far, held against the three-year share, with the spread of what was missed.

Everything an origin uses lies before it: the weights come from origins of earlier years, each computed the same way.
"""

from dataclasses import dataclass, field

import numpy as np

from gongjian.engines.forecast.families import SHARE_YEARS, Families, Origin
from gongjian.engines.forecast.series import Numbers

# Chosen on the years before 1999 and on simulated series, see docs/algorithms/forecast.md.
YEARS_TO_COMBINE = 5  # complete years before the one forecast, from which the families are weighed
MEMORY = 0.9  # weight of a year's error against that of the year after it
SPREAD_MEMORY = 0.8  # the same for how far forecasts missed: calm and restless times follow each other
AHEAD = 0.9  # the families stand alone while they missed at most so much of what the three-year share missed
CAUTION = 8.0  # how quickly the three-year share takes over beyond that
LARGEST = 1.0  # a single miss counts at most so much (in logarithms, or in sizes of the figure)
LEAST_SPREAD = 0.002


@dataclass(frozen=True)
class Estimate:
    """What an origin says: the figure, the weights of the families in it, and the part of the three-year share."""

    figure: float
    weights: tuple[float, ...]
    plain_part: float


@dataclass(frozen=True)
class Spread:
    """How far forecasts missed: their root mean square, weighted towards the present, and how many that speaks for."""

    size: float
    freedom: float


@dataclass
class Combination:
    """The families of a series for one span of the year (up to `until`, seen after `known` months)."""

    families: Families
    known: int
    until: int
    _estimates: dict[int, Estimate] = field(default_factory=dict)
    _seen: dict[int, Numbers] = field(default_factory=dict)

    def origin(self, year: int) -> Origin:
        """The origin in a year."""
        return Origin(year, self.known, self.until)

    @property
    def scale(self) -> float:
        """The usual size of the figure, in which misses are told where there are no logarithms."""
        series = self.families.series
        past = [abs(self.families.actual(self.origin(year))) for year in self._complete(series.as_of.year)]
        return float(np.mean(past)) or 1.0

    def past(self, year: int) -> list[int]:
        """Earlier years that can be checked: they have a history of their own, and ended with figures of the file."""
        return [
            each
            for each in self._complete(year)
            if len(self.families.earlier(self.origin(each))) >= SHARE_YEARS
            and self.families.series.observed(each, self.until)
        ]

    def _complete(self, year: int) -> list[int]:
        return self.families.earlier(self.origin(year))

    def miss(self, figure: float, year: int) -> float:
        """How far a figure misses what the year came to: log(figure / actual), or in sizes of the figure."""
        actual = self.families.actual(self.origin(year))
        if self.families.series.log_free:
            miss = (figure - actual) / self.scale if np.isfinite(figure) else LARGEST
            return float(np.clip(miss, -LARGEST, LARGEST))
        return float(np.clip(np.log(figure / actual), -LARGEST, LARGEST))

    def combined(self, year: int) -> bool:
        """Whether the families are weighed in that year, or the three-year share stands alone."""
        return len(self._complete(year)) >= YEARS_TO_COMBINE and bool(self.past(year))

    def estimate(self, year: int) -> Estimate:
        """What the origin in this year says."""
        if year not in self._estimates:
            self._estimates[year] = self._estimate(year)
        return self._estimates[year]

    def plain(self, year: int) -> float:
        """What the three-year share says."""
        return self.families.three_year_share(self.origin(year))

    def _estimate(self, year: int) -> Estimate:
        plain = self.plain(year)
        if not self.combined(year):
            return Estimate(plain, (), 1.0)
        weights, mixed = self._mixed(year)
        if not np.isfinite(plain):
            return Estimate(mixed, tuple(float(w) for w in weights), 0.0)
        part = self._plain_part(year)
        return Estimate(self._between(mixed, plain, part), tuple(float(w) for w in weights), part)

    def _mixed(self, year: int) -> tuple[Numbers, float]:
        past = self.past(year)
        fading = MEMORY ** (year - 1 - np.array(past, dtype=float))
        misses = np.array([[self.miss(figure, each) for figure in self._figures(each)] for each in past])
        size = np.sqrt(fading @ misses**2 / fading.sum()) + LEAST_SPREAD
        weights = (1 / size) / (1 / size).sum()
        figures = self._figures(year)
        if self.families.series.log_free:
            usable = np.isfinite(figures)
            return weights, float(weights[usable] @ figures[usable] / weights[usable].sum())
        return weights, float(np.exp(weights @ np.log(figures)))

    def _figures(self, year: int) -> Numbers:
        if year not in self._seen:
            origin, families = self.origin(year), self.families
            first = families.three_year_share if families.series.log_free else families.share
            self._seen[year] = np.array([first(origin), families.growth(origin), families.airlines(origin)])
        return self._seen[year]

    def _plain_part(self, year: int) -> float:
        """The part of the three-year share: nothing while the families did better, all where they did clearly worse."""
        past = [each for each in self.past(year) if self.combined(each)]
        if not past:
            return 0.0
        fading = MEMORY ** (year - 1 - np.array(past, dtype=float))
        ours = float(fading @ np.abs([self.miss(self._mixed(each)[1], each) for each in past]))
        plain = float(fading @ np.abs([self.miss(self.plain(each), each) for each in past]))
        return float(np.clip(CAUTION * (ours / (plain or LEAST_SPREAD) - AHEAD), 0.0, 1.0))

    def _between(self, mixed: float, plain: float, part: float) -> float:
        if not part:
            return mixed
        if self.families.series.log_free:
            return (1 - part) * mixed + part * plain
        return float(np.exp((1 - part) * np.log(mixed) + part * np.log(plain)))

    def spread(self, year: int) -> Spread:
        """How far the forecasts of earlier years missed, as it was known then."""
        past = self.past(year)
        if len(past) < SHARE_YEARS:
            return self._spread_of_shares(year)
        fading = SPREAD_MEMORY ** (year - 1 - np.array(past, dtype=float))
        misses = np.array([self.miss(self.estimate(each).figure, each) for each in past])
        size = np.sqrt(fading @ misses**2 / fading.sum())
        return Spread(max(float(size), LEAST_SPREAD), float(fading.sum() ** 2 / (fading @ fading)))

    def _spread_of_shares(self, year: int) -> Spread:
        """Of a short history: how far each earlier year misses when its own neighbours foretell it."""
        years = self._complete(year)
        misses = []
        for each in years:
            parts = [self.families.part(self.origin(other)) for other in years if other != each]
            others = [1 / part for part in parts if part]
            if others:
                figure = self.families.done(self.origin(each)) * float(np.mean(others))
                misses.append(self.miss(figure, each) if self._usable(figure) else LARGEST)
        if not misses:
            return Spread(LARGEST / 4, 1.0)
        return Spread(
            max(float(np.sqrt(np.mean(np.square(misses)))), 5 * LEAST_SPREAD), len(misses) - 1 or 1.0
        )

    def _usable(self, figure: float) -> bool:
        return bool(np.isfinite(figure)) and (self.families.series.log_free or figure > 0)
