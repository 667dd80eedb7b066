"""Arithmetic of sums with exact coefficients, turned into whole numbers once, at the end."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Literal

from gongjian.engines.policy.binding.bound import FactSource, Item, LinearSum, LinearTest
from gongjian.engines.policy.language.nodes import FLIPPED, Op

Coefficients = dict[Item, Fraction]


class Sum:
    """A sum while it is built: value = sum of coefficient * n + constant, in the base of the kind."""

    def __init__(self, terms: Coefficients | None = None, constant: Fraction | int = 0) -> None:
        self.terms = terms or {}
        self.constant = Fraction(constant)

    @classmethod
    def of(cls, item: Item) -> "Sum":
        """The sum of one column or computed item alone."""
        return cls({item: item.scale})

    def plus(self, other: "Sum", factor: Fraction | int = 1) -> "Sum":
        """self + factor * other. A column that cancels out stays with coefficient 0, since it must still be known."""
        terms = dict(self.terms)
        for item, coefficient in other.terms.items():
            terms[item] = terms.get(item, Fraction(0)) + factor * coefficient
        return Sum(terms, self.constant + factor * other.constant)

    def times(self, factor: Fraction) -> "Sum":
        """factor * self."""
        return Sum({i: c * factor for i, c in self.terms.items()}, self.constant * factor)

    def linear_sum(self) -> LinearSum:
        """The sum in whole numbers of the largest scale that divides it."""
        return self.at_scale(self.scale())

    def scale(self) -> Fraction:
        """The greatest common measure of all coefficients and the constant; 1 if all are zero."""
        return common_measure([*self.terms.values(), self.constant])

    def at_scale(self, scale: Fraction) -> LinearSum:
        """The sum in whole numbers of a given scale, which must divide every coefficient."""
        terms = tuple((i, int(c / scale)) for i, c in self.terms.items())
        return LinearSum(tuple(sorted(terms, key=_order)), int(self.constant / scale), scale)


def _order(term: tuple[Item, int]) -> str:
    """The sort key of a term: equal sums get equal terms."""
    return term[0].column if isinstance(term[0], FactSource) else repr(term[0])


def common_measure(values: Sequence[Fraction]) -> Fraction:
    """The greatest fraction of which all values are whole multiples; 1 if all are zero."""
    nonzero = [abs(v) for v in values if v]
    if not nonzero:
        return Fraction(1)
    denominator = lcm(*(v.denominator for v in nonzero))
    return Fraction(gcd(*(int(v * denominator) for v in nonzero)), denominator)


def compare(left: Sum, right: Sum, op: Op) -> LinearTest:
    """left op right as a test of whole numbers. The first coefficient is positive, so that equal tests are equal objects."""
    linear = left.plus(right, -1).linear_sum()
    first = next((c for _, c in linear.terms if c), 0)
    sign = -1 if first < 0 else 1
    if sign < 0:
        op = FLIPPED[op]
    terms = tuple((item, c * sign) for item, c in linear.terms)
    goal = Fraction(-linear.constant * sign)
    if op in ("=", "<>"):
        return LinearTest(terms, "=" if op == "=" else "<>", int(goal))
    common = gcd(*(c for _, c in terms)) or 1
    terms = tuple((item, c // common) for item, c in terms)
    return LinearTest(terms, *_edge(op, goal / common))


def _edge(op: Op, goal: Fraction) -> tuple[Literal[">=", "<="], int]:
    """The comparison with a fraction, as >= or <= a whole number."""
    if op == ">=":
        return ">=", ceil(goal)
    if op == ">":
        return ">=", floor(goal) + 1
    return ("<=", floor(goal)) if op == "<=" else ("<=", ceil(goal) - 1)
