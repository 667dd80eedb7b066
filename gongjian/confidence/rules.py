"""The index of a survey (景气指数), its interval, and which groups are large enough to be told. Pure.

The index is 0.4 x now + 0.6 x expected, each (good % - bad %) x 100 + 100: 0 to 200, 100 is critical.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from statistics import NormalDist

NOW, EXPECTED = Decimal("0.4"), Decimal("0.6")
HUNDRED = Decimal(100)
FEWEST = 5  # answers below which nothing is told, and firms asked below which a group is not counted apart
SURE = 0.95
SIDE = {"GOOD": 1, "FAIR": 0, "BAD": -1}
HIGHEST = 200
Counts = Mapping[str, int]  # "GOOD-BAD" (now, expected) -> answers


@dataclass(frozen=True)
class Index:
    """An index with its two parts, the answers behind it and its interval; one decimal."""

    now: Decimal
    expected: Decimal
    value: Decimal
    low: Decimal
    high: Decimal
    answered: int
    asked: int

    @property
    def rate(self) -> Decimal:
        """The response rate in per cent."""
        return _tenth(Decimal(self.answered) / self.asked * HUNDRED)


def diffusion(good: Decimal, bad: Decimal) -> Decimal:
    """One part of the index, of the per cent that say good and bad: (good - bad) + 100."""
    return good - bad + HUNDRED


def combined(now: Decimal, expected: Decimal) -> Decimal:
    """The index of its two parts."""
    return NOW * now + EXPECTED * expected


def index_of(counts: Counts, *, asked: int) -> Index | None:
    """The index of counted answers among so many firms asked; None without an answer.

    The interval (95 %) is that of a mean score drawn without replacement from the firms asked. For its spread one best and one worst
    answer are added, so that a few equal answers do not look certain; when every firm has answered it has no width.
    """
    answered = sum(counts.values())
    if not answered:
        return None
    sides = [
        (SIDE[now], SIDE[expected], count)
        for key, count in counts.items()
        for now, expected in [key.split("-")]
    ]
    now = HUNDRED + HUNDRED * sum(one * count for one, _other, count in sides) / answered
    expected = HUNDRED + HUNDRED * sum(other * count for _one, other, count in sides) / answered
    value = combined(now, expected)
    reach = Decimal(
        _reach([(float(NOW * one + EXPECTED * other), count) for one, other, count in sides], asked)
    )
    return Index(
        _tenth(now),
        _tenth(expected),
        _tenth(value),
        _tenth(max(value - reach, Decimal(0))),
        _tenth(min(value + reach, Decimal(HIGHEST))),
        answered,
        max(asked, answered),
    )


def _reach(scores: list[tuple[float, int]], asked: int) -> float:
    answered = sum(count for _score, count in scores)
    if answered >= asked:
        return 0.0
    widened = [*scores, (1.0, 1), (-1.0, 1)]
    total = answered + 2
    mean = sum(score * count for score, count in widened) / total
    spread = sum(count * (score - mean) ** 2 for score, count in widened) / (total - 1)
    left = (asked - answered) / (asked - 1)
    return NormalDist().inv_cdf((1 + SURE) / 2) * 100 * sqrt(spread / answered * left)


def told(groups: Mapping[str, int], total: int) -> set[str]:
    """Which groups of one division may be told, of answers by group: each large enough, and what is left over as well.

    What is left over could else be had by subtraction: while it is too small, the smallest group is withheld too.
    """
    kept = {name for name, count in groups.items() if count >= FEWEST}
    while kept and 0 < total - sum(groups[name] for name in kept) < FEWEST:
        kept.remove(min(kept, key=lambda name: (groups[name], name)))
    return kept


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
