"""Sums without rounding: decimals that are added, taken away and multiplied exactly, or not at all."""

from collections.abc import Iterable
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from fractions import Fraction

EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
MESSAGES_IN_ENGLISH = {
    "not_finite": "{area}: {amount} is no amount",
    "unit": "{unit} is no unit to round to; it must be above zero",
    "nothing_to_split_over": "there is no area to split over",
    "missing_base": "nothing is known of {areas}; what is missing is not zero",
    "negative_base": "{areas} have a figure below zero, which says nothing about a share",
    "no_base": "all figures are zero: split equally or by hand",
    "ideals": "the parts add up to {sum}, not to {total}",
    "no_headroom": "no area has headroom left",
    "falls": "the target {total} lies below last year's {base}: headroom says who can grow, not who may fall",
    "no_owner": "{area} has no owner; every target and every gap has one",
    "twice": "{area} stands twice in the tree",
    "root": "a tree has one area without a parent, not {count}",
    "no_parent": "{area} lies in {parent}, which is not in the tree",
    "circle": "{areas} lie in each other",
    "unknown": "{area} is not in the tree",
    "no_parts": "{area} has no areas below it",
    "same_place": "{area} cannot be moved there",
    "root_stays": "{area} is the whole and can be neither merged nor divided",
    "one_source": "at least two areas are needed, not {count}",
    "children": "it must be said to which of the new areas {areas} belong",
    "move": "{move} is no move while the target is {state}",
    "not_their_turn": "the offer of {side} is answered by the other side",
    "reason": "{move} needs a reason",
    "order": "{move} lies before the move it answers",
    "shares": "the usual shares of a year grow from 0 to 1; these do not: {shares}",
    "off_unit": "{amount} is no multiple of the unit {unit}",
    "nobody_left": "every area below {area} is fixed; the gap stays with {owner}",
}


class BadCascade(ValueError):
    """What cannot be split, merged or agreed: the `code` of its sentence and the values that fill it, for a room to word."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(MESSAGES_IN_ENGLISH[code].format(**values))


def add(amounts: Iterable[Decimal]) -> Decimal:
    """The sum to the last digit; zero for nothing. Raises decimal.Inexact beyond 200 digits rather than round."""
    result = Decimal(0)
    for amount in amounts:
        result = EXACT.add(result, amount)
    return result


def less(amount: Decimal, taken: Decimal) -> Decimal:
    """`amount` without `taken`, to the last digit."""
    return EXACT.subtract(amount, taken)


def times(unit: Decimal, count: int) -> Decimal:
    """So many units, to the last digit."""
    return EXACT.multiply(unit, Decimal(count))


def fraction(amount: Decimal, *, area: str) -> Fraction:
    """The amount as an exact fraction. Raises BadCascade for infinity and NaN."""
    if not amount.is_finite():
        raise BadCascade("not_finite", area=area, amount=amount)
    return Fraction(amount)
