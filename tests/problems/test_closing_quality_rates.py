"""Rates and their Wilson intervals: figures of the trade, edges, and an independent root."""

from decimal import Decimal
from fractions import Fraction

import pytest

from gongjian.problems.closing_quality.rules import Rate, Z, wilson


def per_mille(value: Decimal) -> int:
    return round(value * 1000)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (20, 22, 722, 975),  # 91 % of 22 visited firms: 72-97 %
        (1669, 1693, 979, 990),  # a year of a city: 97.9-99.0 %
        (0, 10, 0, 278),
        (10, 10, 722, 1000),
        (1, 1, 207, 1000),
        (50, 100, 404, 596),
        (147, 219, 607, 730),
        (288, 298, 939, 982),
    ],
)
def test_known_intervals(hits, of, low, high):
    found = wilson(hits, of)
    assert tuple(map(per_mille, found)) == (low, high)
    assert Rate(hits, of).interval == found


@pytest.mark.parametrize(("hits", "of"), [(20, 22), (1669, 1693), (3, 7), (99, 100)])
def test_each_end_solves_the_equation_it_is_defined_by(hits, of):
    """An end p0 is where (p - p0)^2 = z^2 p0 (1 - p0) / n."""
    z, p = Fraction(Z), Fraction(hits, of)
    for end in map(Fraction, wilson(hits, of)):
        assert abs((p - end) ** 2 - z * z * end * (1 - end) / of) < Fraction(1, 10**20)


def test_nothing_is_claimed_of_an_empty_set():
    assert (Rate(0, 0).share, Rate(0, 0).interval) == (None, None)
    assert Rate(3, 4).share == Decimal("0.75")
    for wrong in ((1, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="hits"):
            wilson(*wrong)


def test_more_of_the_same_share_narrows_the_interval():
    widths = [high - low for low, high in (wilson(9 * n, 10 * n) for n in (1, 10, 100))]
    assert widths == sorted(widths, reverse=True)
