"""Amounts of many firms at once (批量金额): whole numbers of one measure per policy, rounded once, in cents.

The measure divides every part, floor and cap exactly; below 2^53 of it nothing is lost. Where a table can lead beyond that,
amounts are counted in whole numbers of any size instead. Either way the cents equal those of `BenefitForFirm`, which counts
in fractions.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.binding.sums import common_measure
from gongjian.engines.policy.rules.policy import Combine
from gongjian.engines.policy.tables.conditions import Flags, PreparedTable
from gongjian.engines.policy.tables.exact_sums import EXACT, ExactSums, greatest

Cents = NDArray[np.int64]
UNBOUNDED = -1
MOST = 2**63 - 1  # cents that a column can hold; a greater amount stands as this one
Span = tuple[Any, Any]


class BenefitForTable:
    """Computes the benefit of one policy for any rows of one table."""

    def __init__(self, bound: b.BoundPolicy, prepared: PreparedTable) -> None:
        benefit = bound.policy.benefit
        self.bound, self.prepared = bound, prepared
        fixed = [benefit.cap or Fraction(0), benefit.pays_from]
        for part in bound.parts:
            fixed += [part.amount.scale, part.part.cap or Fraction(0), part.part.floor]
        self.measure = common_measure(fixed)
        self.most_fixed = float(max(map(abs, fixed)) / self.measure)
        self.quick = _Counted(bound, prepared, self.measure, exact=False)

    def __call__(self, rows: NDArray[np.int64]) -> tuple[Cents, Cents]:
        """The lowest and the highest amount of each row, in cents; UNBOUNDED where there is no upper bound."""
        if not self.bound.parts:
            nothing = np.zeros(len(rows), dtype=np.int64)
            return nothing, nothing
        if self._limit() < EXACT:
            return self.quick(rows)
        return _Counted(self.bound, self.prepared, self.measure, exact=True)(rows)

    def _limit(self) -> float:
        """A bound of every number met on the way to the cents, in the measure and in cents of it; asked anew, since values change."""
        rate = self.quick.rate
        if rate.denominator >= 2**61:
            return np.inf
        sums = [
            greatest(part.amount, self.prepared) * max(1.0, counted.factor)
            for part, counted in zip(self.bound.parts, self.quick.parts, strict=True)
        ]
        # Rounding doubles the number and multiplies it by the rate: 2^62 at most.
        return (sum(sums) + self.most_fixed * (len(sums) + 1)) * max(1.0, rate.numerator / 2**8)


class _Counted:
    """The amounts of one policy in steps of a measure: in floating point, or `exact` in whole numbers of any size."""

    def __init__(
        self, bound: b.BoundPolicy, prepared: PreparedTable, measure: Fraction, *, exact: bool
    ) -> None:
        benefit = bound.policy.benefit
        self.number = int if exact else float
        self.rate, self.exact, self.combine = measure * 100, exact, benefit.combine  # cents of a step
        self.cap = None if benefit.cap is None else self.number(benefit.cap / measure)
        self.pays_from = self.number(benefit.pays_from / measure)
        self.parts = [_Part(part, prepared, measure, exact=exact) for part in bound.parts]
        self.constant = all(part.constant for part in self.parts)

    def __call__(self, rows: NDArray[np.int64]) -> tuple[Cents, Cents]:
        if self.constant:
            return self._same(len(rows))
        spans = [part.span(rows) for part in self.parts]
        low = self._combine([s[0] for s in spans])
        high = self._combine([s[1] for s in spans])
        return self._cents(low, len(rows)), self._cents(high, len(rows))

    def _same(self, count: int) -> tuple[Cents, Cents]:
        total = self._cents(self._combine([np.float64(part.whole or 0) for part in self.parts]), 1)[0]
        same = np.broadcast_to(total, count)
        return same, same

    def _combine(self, amounts: list[Any]) -> Any:
        total = amounts[0]
        for amount in amounts[1:]:
            total = total + amount if self.combine is Combine.SUM else np.maximum(total, amount)
        if self.cap is not None:
            total = np.minimum(total, self.cap)
        if self.pays_from:
            total = np.where(total >= self.pays_from, total, 0)
        return total

    def _cents(self, total: Any, count: int) -> Cents:
        """Amounts in cents, rounded half up, in whole numbers throughout."""
        if self.exact:
            return self._exact_cents(total)
        total = np.broadcast_to(np.asarray(total, dtype=np.float64), count)
        bounded = np.isfinite(total)
        steps = np.where(bounded, total, 0.0).astype(np.int64)
        rate = self.rate
        if rate.denominator == 1:
            result = steps * rate.numerator
        else:
            result = (2 * steps * rate.numerator + rate.denominator) // (2 * rate.denominator)
        return result if bounded.all() else np.where(bounded, result, UNBOUNDED)

    def _exact_cents(self, total: Any) -> Cents:
        rate = self.rate
        each = (
            UNBOUNDED
            if amount == np.inf
            else min((2 * int(amount) * rate.numerator + rate.denominator) // (2 * rate.denominator), MOST)
            for amount in total
        )
        return np.fromiter(each, dtype=np.int64, count=len(total))


class _Part:
    """One part as functions of rows, in the measure of the policy; no upper bound is infinity."""

    def __init__(self, bound: b.BoundPart, prepared: PreparedTable, scale: Fraction, *, exact: bool) -> None:
        part, amount = bound.part, bound.amount
        number = int if exact else float
        self.factor, self.floor = number(amount.scale / scale), number(part.floor / scale)
        self.cap = np.inf if part.cap is None else number(part.cap / scale)
        self.linear_sum = _linear_sum(amount, prepared, exact=exact)
        self.when = prepared.tree(bound.when) if bound.when is not None else None
        self.constant = self.linear_sum is None and self.when is None
        self.whole = (
            min(max(amount.constant * self.factor, self.floor), self.cap) if self.linear_sum is None else None
        )

    def span(self, rows: NDArray[np.int64]) -> Span:
        low: Any = self.whole
        high: Any = self.whole
        if self.linear_sum is not None:
            value, unknown = self.linear_sum(rows)
            value = np.minimum(np.maximum(value * self.factor, self.floor), self.cap)
            low, high = (
                (np.where(unknown, self.floor, value), np.where(unknown, self.cap, value))
                if unknown.any()
                else (value, value)
            )
        if self.when is None:
            return low, high
        sure, maybe = self.when(rows)
        return np.where(sure, low, 0), np.where(maybe, high, 0)


def _linear_sum(
    amount: b.LinearSum, prepared: PreparedTable, *, exact: bool
) -> Callable[[Any], tuple[Any, Flags]] | None:
    """The sum of a part and where it is unknown; None for one that is the same in every row and need not be exact."""
    if exact:
        return ExactSums(prepared).linear_sum(amount)
    if not amount.terms:
        return None
    total = prepared.linear_sum(amount.terms, amount.constant)

    def known(rows: Any) -> tuple[Any, Flags]:
        value = total(rows)
        return value, np.isnan(value)

    return known
