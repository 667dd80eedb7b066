"""Rounding that keeps the sum: the largest remainders are rounded up (最大余数法)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from gongjian.engines.cascade.exact import BadCascade, add, fraction, less, times


def round_to_sum(ideals: Mapping[str, Fraction], *, total: Decimal, unit: Decimal) -> dict[str, Decimal]:
    """Each ideal part as a multiple of `unit`, less than one unit away from it; together they are `total` to the last digit.

    `ideals` maps area to its exact part; they must add up to `total`. Who gets the units that are left: the largest remainder, among
    equals the larger part, then the area's code, so the order of the mapping changes nothing. A total that is no multiple of the unit
    leaves a rest smaller than a unit with one area, the next in that order. Parts of a negative total mirror those of the positive.
    Raises BadCascade for no areas, a unit not above zero, and parts that do not add up to the total.

    Source: Hare/Hamilton apportionment; its known weakness (a larger total may give one area a unit less) is accepted, see
    docs/algorithms/targets-that-add-up.md.
    """
    if not unit.is_finite() or unit <= 0:
        raise BadCascade("unit", unit=unit)
    if not ideals:
        raise BadCascade("nothing_to_split_over")
    whole = fraction(total, area="")
    if sum(ideals.values()) != whole:
        raise BadCascade("ideals", sum=sum(ideals.values()), total=total)
    if whole < 0 and all(ideal <= 0 for ideal in ideals.values()):
        mirrored = round_to_sum({area: -ideal for area, ideal in ideals.items()}, total=-total, unit=unit)
        return {area: less(Decimal(0), part) for area, part in mirrored.items()}
    step = Fraction(unit)
    counts = {area: floor(ideal / step) for area, ideal in ideals.items()}
    order = sorted(ideals, key=lambda area: (counts[area] * step - ideals[area], -ideals[area], area))
    units_left = floor(whole / step - sum(counts.values()))
    for area in order[:units_left]:
        counts[area] += 1
    parts = {area: times(unit, count) for area, count in counts.items()}
    rest = less(total, add(parts.values()))
    if rest:
        parts[order[units_left]] = add((parts[order[units_left]], rest))
    return parts
