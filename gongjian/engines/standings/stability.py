"""How sure a place is: the areas scored again and again with figures that are off as figures are usually off (名次稳定性)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np

from gongjian.engines.standings.readings import Entrant, Reading, Readings
from gongjian.engines.standings.schemes import FULL, Item, Lens, Method, Scheme, Tie
from gongjian.engines.standings.scoring import Row, Standings

DRAWS, SEED = 2000, 20230128
TAIL = 0.05  # of draws left out at either end of the range
ALIKE = 1.5  # places of the range are equally likely while none is so many times another
Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Stability:
    """The chance of each place; `low` to `high` holds nine draws of ten; `even`: its places are about equally likely."""

    chances: Mapping[int, float]
    low: int
    high: int
    even: bool

    @property
    def sure(self) -> bool:
        """Whether the range is one place."""
        return self.low == self.high


def resample(
    standings: Standings, readings: Readings, *, draws: int = DRAWS, seed: int = SEED
) -> dict[Entrant, Stability]:
    """The places of each area that has one, when every amount is off by chance with the error of its reading."""
    found = dict[Entrant, Stability]()
    for group in dict.fromkeys(row.group for row in standings.rows):
        rows = [row for row in standings.group(group) if row.place is not None]
        if rows:
            chance = partial(_normal, np.random.default_rng(seed), draws)
            found |= _group(standings.scheme, rows, readings, chance)
    return found


def _normal(dice: np.random.Generator, draws: int, areas: int) -> Numbers:
    """Standard normal numbers, one a draw and area."""
    return dice.standard_normal((draws, areas))


def _group(
    scheme: Scheme, rows: Sequence[Row], readings: Readings, chance: Callable[[int], Numbers]
) -> dict[Entrant, Stability]:
    totals = np.zeros(1)
    for item in scheme.items:
        drawn = _drawn(item, rows, [readings[row.entrant].get(item.key) for row in rows], chance(len(rows)))
        totals = totals + np.nan_to_num(_points(scheme, item, drawn))
    totals = totals * np.array([float(row.factor) for row in rows])
    placed = ranked(np.round(totals, scheme.digits), tie=scheme.tie)
    return {row.entrant: _told(placed[:, number]) for number, row in enumerate(rows)}


def _drawn(item: Item, rows: Sequence[Row], known: Sequence[Reading | None], chance: Numbers) -> Numbers:
    """Values of an item in each draw, NaN where an area is not compared; `chance` are standard normal numbers."""
    values = np.full(len(rows), np.nan)
    errors = np.zeros(len(rows))
    for number, (row, reading) in enumerate(zip(rows, known, strict=True)):
        line = row.line(item)
        if line.place is not None and line.value.compared is not None and reading is not None:
            values[number] = float(line.value.compared)
            errors[number] = float(reading.error * line.value.slope)
    drawn = values + chance * errors
    return drawn if item.lens == Lens.SHARE else np.round(drawn, item.digits)


def _points(scheme: Scheme, item: Item, values: Numbers) -> Numbers:
    """The points of values, as `scoring.points_of` gives them, for all draws at once."""
    full = float(item.points)
    if item.method == Method.PROPORTION:
        return full * np.clip(values / float(item.wanted), 0.0, 1.0)
    wanted = float(item.wanted if item.method == Method.TARGET else item.reach or Decimal(0))
    reached = values <= wanted if item.less else values >= wanted
    if item.method == Method.TARGET:
        return np.where(reached, full, 0.0)
    place = ranked(values if not item.less else -values, tie=scheme.tie)
    ladder = full * np.maximum(float(FULL) - float(scheme.step) * (place - 1), 0.0) / float(FULL)
    if item.reach is not None:
        least = float(item.reach_points)
        ladder = np.where(reached, ladder + least if item.added else np.maximum(ladder, least), 0.0)
    return np.where(np.isnan(values), 0.0, ladder)


def ranked(values: Numbers, *, tie: Tie = Tie.SKIP) -> Numbers:
    """The place of each column in each row, more is better; NaN comes last."""
    order = np.argsort(-values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    new = np.ones(values.shape, dtype=bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    if tie == Tie.SKIP:
        numbers = np.where(new, np.arange(1, values.shape[1] + 1), 0)
        places = np.maximum.accumulate(numbers, axis=1)
    else:
        places = np.cumsum(new, axis=1)
    found = np.empty(values.shape)
    np.put_along_axis(found, order, places.astype(float), axis=1)
    return found


def _told(places: Numbers) -> Stability:
    """The chances of one area's places and the range that holds nine draws of ten."""
    numbers, counts = np.unique(places.astype(int), return_counts=True)
    chances = {int(number): float(count) / len(places) for number, count in zip(numbers, counts, strict=True)}
    low, high = (int(x) for x in np.quantile(places, (TAIL, 1 - TAIL), method="inverted_cdf"))
    within = [chances.get(place, 0.0) for place in range(low, high + 1)]
    return Stability(chances, low, high, bool(min(within)) and max(within) <= ALIKE * min(within))
