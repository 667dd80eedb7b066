"""Three ways to see a year before it is over, each from what was known at its origin.

- share: what is done, divided by the part of a year that is usually done by then, moved by where Spring Festival lies;
- growth: the same months of last year, moved by the growth of late, which fades into that of the last years;
- airline: the airline model (airline.py), three settings of it averaged.

All think in logarithms; a series with zeros or negative values goes without and leaves out what needs them.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from gongjian.engines.forecast.airline import SETTINGS, USUAL, Airline, filtered
from gongjian.engines.forecast.months import MONTHS
from gongjian.engines.forecast.series import Kind, Numbers, Series

# Chosen on the years before 1999 and on simulated series, see docs/algorithms/forecast.md.
MEMORY = 0.8  # weight of a year in the usual share against that of the year after it
SHRINKAGE = 0.005  # holds the effect of the festival on the share near zero while few years speak
RECENT = 4  # months by which the growth of late is judged
FADING = 0.9  # part of the difference to the usual growth that is left after a month
GROWTH_YEARS = 5
SHARE_YEARS = 3  # of the three-year share, the plain method everything is held against


@dataclass(frozen=True)
class Origin:
    """The end of a month of a year, and up to which month of that year is forecast."""

    year: int
    known: int
    until: int


@dataclass(frozen=True)
class Families:
    """The forecasts of each family for any origin of a series."""

    series: Series
    filters: dict[tuple[float, float], Airline] = field(default_factory=dict)

    @cached_property
    def figures(self) -> Numbers:
        """The series without the length of February, as logarithms unless it has none."""
        plain = self.series.values / self.series.length
        return plain if self.series.log_free else np.log(plain)

    def airline(self, setting: tuple[float, float]) -> Airline:
        """The filtered series, once for each setting."""
        if setting not in self.filters:
            self.filters[setting] = filtered(self.figures, self.series.festival, setting)
        return self.filters[setting]

    def totals(self, values: Numbers) -> float:
        """What stands for these months of one year: their sum, or of a stock the last of them."""
        return float(values[-1] if self.series.kind is Kind.STOCK else values.sum())

    def done(self, origin: Origin) -> float:
        """What is done at the origin."""
        return self.totals(self.series.year(origin.year)[: origin.known])

    def actual(self, origin: Origin) -> float:
        """What it came to in the end."""
        return self.totals(self.series.year(origin.year)[: origin.until])

    def earlier(self, origin: Origin) -> list[int]:
        """Complete years before that of the origin, oldest first."""
        return [year for year in range(self.series.first_year, origin.year) if self.series.complete(year)]

    def three_year_share(self, origin: Origin, years: int = SHARE_YEARS) -> float:
        """What is done, divided by the mean part that was done by then in the last years; infinite where that is nothing."""
        parts = [
            self.part(Origin(year, origin.known, origin.until)) for year in self.earlier(origin)[-years:]
        ]
        mean = float(np.mean(parts)) if parts else 0.0
        return self.done(origin) / mean if mean and np.isfinite(mean) else float("inf")

    def part(self, past: Origin) -> float:
        """The part of the whole that was done at an origin that is over; infinite where the whole is nothing."""
        whole = self.actual(past)
        return self.done(past) / whole if whole else float("inf")

    def share(self, origin: Origin) -> float:
        """The family of shares: a weighted ridge regression of log(whole / done) on the days of the festival."""
        years = self.earlier(origin)
        loads = np.array([self.load(origin, year) for year in years])
        ratios = np.array([self._log_ratio(Origin(year, origin.known, origin.until)) for year in years])
        weights = MEMORY ** (origin.year - 1 - np.array(years, dtype=float))
        load, ratio = np.average(loads, weights=weights), np.average(ratios, weights=weights)
        spread = weights @ (loads - load) ** 2 + SHRINKAGE
        slope = (weights @ ((loads - load) * (ratios - ratio))) / spread
        log_ratio = (
            ratio + slope * (self.load(origin, origin.year) - load) - self.february(origin, origin.year)
        )
        return self.done(origin) * float(np.exp(log_ratio))

    def _log_ratio(self, past: Origin) -> float:
        return float(np.log(1 / self.part(past))) + self.february(past, past.year)

    def load(self, origin: Origin, year: int) -> float:
        """By how much more of the festival lies in the months to come than in those that are done."""
        start = (year - self.series.first_year) * MONTHS
        load = self.series.festival[start : start + origin.until]
        ahead = (origin.until - origin.known) / origin.until
        return float(load[origin.known :].mean() - load[: origin.known].mean()) * ahead

    def february(self, origin: Origin, year: int) -> float:
        """What a leap day adds to the months that are done."""
        start = (year - self.series.first_year) * MONTHS
        done = np.log(self.series.length[start : start + origin.known]).sum() / origin.known
        return float(done) * (origin.until - origin.known) / origin.until

    def growth(self, origin: Origin) -> float:
        """The family of growth: the months to come as they were last year, moved by growth."""
        at = self._index(origin)
        effect = self.airline(USUAL).festival_effect(at) * self.series.festival
        plain = self.figures - effect
        months = np.arange(at + 1, at + 1 + origin.until - origin.known)
        recent = np.arange(at + 1 - RECENT, at + 1)
        if self.series.log_free:
            late, usual = float(np.mean(plain[recent] - plain[recent - MONTHS])), self._usual_growth(origin)
        else:
            late = float(np.log(np.exp(plain[recent]).sum() / np.exp(plain[recent - MONTHS]).sum()))
            usual = self._usual_growth(origin)
        path = usual + (late - usual) * FADING ** np.arange(1, len(months) + 1)
        return self._whole(origin, plain[months - MONTHS] + path + effect[months])

    def _usual_growth(self, origin: Origin) -> float:
        """Growth from year to year over the last years, a month's worth of it where there are no logarithms."""
        years = self.earlier(origin)
        first, last = max(years[0], years[-1] - GROWTH_YEARS), years[-1]
        if first == last:
            return 0.0
        before, now = (self.totals(self.series.year(year)) for year in (first, last))
        if self.series.log_free:
            months = 1 if self.series.kind is Kind.STOCK else MONTHS
            return (now - before) / (last - first) / months
        return float(np.log(now / before)) / (last - first)

    def airlines(self, origin: Origin) -> float:
        """The family of airline models: the mean of the settings."""
        ahead = origin.until - origin.known
        wholes = [
            self._whole(origin, self.airline(setting).ahead(self._index(origin), ahead))
            for setting in SETTINGS
        ]
        return float(np.mean(wholes) if self.series.log_free else np.exp(np.mean(np.log(wholes))))

    def _index(self, origin: Origin) -> int:
        return (origin.year - self.series.first_year) * MONTHS + origin.known - 1

    def _whole(self, origin: Origin, figures: Numbers) -> float:
        """What is known and what these figures say of the months to come, together."""
        start = self._index(origin) + 1
        to_come = figures if self.series.log_free else np.exp(figures)
        to_come = to_come * self.series.length[start : start + len(figures)]
        return self.totals(np.concatenate([self.series.year(origin.year)[: origin.known], to_come]))
