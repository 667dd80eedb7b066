"""Amounts of many firms at once (批量金额): whole numbers of one measure per policy, rounded once, in cents.

The measure divides every part, floor and cap exactly; below 2^53 of it nothing is lost. Where a table can lead beyond that,
amounts are counted in whole numbers of any size instead. Either way the cents equal those of `BenefitForFirm`, which counts
in fractions.
"""

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
        self.benefit = benefit
        fixed = [benefit.cap or Fraction(0), benefit.pays_from]
        for part in bound.parts:
            fixed += [part.amount.scale, part.part.cap or Fraction(0), part.part.floor]
        self.measure = common_measure(fixed)
        self.exact = self._limit(fixed, bound, prepared) >= EXACT
        make = _ExactPart if self.exact else _Part
        self.parts = [make(part, prepared, self.measure) for part in bound.parts]
        self.constant = all(part.constant for part in self.parts)

    def __call__(self, rows: NDArray[np.int64]) -> tuple[Cents, Cents]:
        """The lowest and the highest amount of each row, in cents; UNBOUNDED where there is no upper bound."""
        if not self.parts:
            nothing = np.zeros(len(rows), dtype=np.int64)
            return nothing, nothing
        if self.constant and self.parts[0].whole is not None:
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
            total = total + amount if self.benefit.combine is Combine.SUM else np.maximum(total, amount)
        if self.benefit.cap is not None:
            total = np.minimum(total, self._whole(self.benefit.cap))
        if self.benefit.pays_from:
            total = np.where(total >= self._whole(self.benefit.pays_from), total, 0)
        return total

    def _whole(self, amount: Fraction) -> float | int:
        """A fixed amount in the measure."""
        steps = amount / self.measure
        return int(steps) if self.exact else float(steps)

    def _limit(self, fixed: list[Fraction], bound: b.BoundPolicy, prepared: PreparedTable) -> float:
        """A bound of every number met on the way to the cents of this table, in the measure and in cents of it."""
        steps = max(float(abs(amount) / self.measure) for amount in fixed)
        sums = [
            greatest(part.amount, prepared) * max(1.0, float(part.amount.scale / self.measure))
            for part in bound.parts
        ]
        rate = self.measure * 100
        if rate.denominator >= 2**61:
            return np.inf
        # Rounding doubles the number and multiplies it by the rate: 2^62 at most.
        return (sum(sums) + steps * (len(sums) + 1)) * max(1.0, rate.numerator / 2**8)

    def _cents(self, total: Any, count: int) -> Cents:
        """Amounts in cents, rounded half up, in whole numbers throughout."""
        if self.exact:
            return self._exact_cents(np.broadcast_to(np.asarray(total, dtype=object), count))
        total = np.broadcast_to(np.asarray(total, dtype=np.float64), count)
        bounded = np.isfinite(total)
        steps = np.where(bounded, total, 0.0).astype(np.int64)
        rate = self.measure * 100
        if rate.denominator == 1:
            result = steps * rate.numerator
        else:
            result = (2 * steps * rate.numerator + rate.denominator) // (2 * rate.denominator)
        return result if bounded.all() else np.where(bounded, result, UNBOUNDED)

    def _exact_cents(self, total: Any) -> Cents:
        rate = self.measure * 100
        each = (
            UNBOUNDED
            if amount == np.inf
            else min((2 * int(amount) * rate.numerator + rate.denominator) // (2 * rate.denominator), MOST)
            for amount in total
        )
        return np.fromiter(each, dtype=np.int64, count=len(total))


class _Part:
    """One part as functions of rows, in the measure of the policy; no upper bound is infinity."""

    def __init__(self, bound: b.BoundPart, prepared: PreparedTable, scale: Fraction) -> None:
        part, amount = bound.part, bound.amount
        self.factor = float(amount.scale / scale)
        self.floor = float(part.floor / scale)
        self.cap = float(part.cap / scale) if part.cap is not None else np.inf
        self.linear_sum = prepared.linear_sum(amount.terms, amount.constant) if amount.terms else None
        self.when = prepared.tree(bound.when) if bound.when is not None else None
        self.constant = self.linear_sum is None and self.when is None
        self.whole = (
            None
            if self.linear_sum is not None
            else min(max(amount.constant * self.factor, self.floor), self.cap)
        )

    def span(self, rows: NDArray[np.int64]) -> Span:
        low: Any = self.whole
        high: Any = self.whole
        if self.linear_sum is not None:
            value = np.minimum(np.maximum(self.linear_sum(rows) * self.factor, self.floor), self.cap)
            unknown = np.isnan(value)
            low, high = (
                (np.where(unknown, self.floor, value), np.where(unknown, self.cap, value))
                if unknown.any()
                else (value, value)
            )
        if self.when is None:
            return low, high
        sure, maybe = self.when(rows)
        return self._where(sure, low), self._where(maybe, high)

    def _where(self, holds: Flags, amount: Any) -> Any:
        return np.where(holds, amount, 0.0)


class _ExactPart:
    """One part as a function of rows, in whole numbers of any size of the measure; no upper bound is infinity."""

    constant = False
    whole = None

    def __init__(self, bound: b.BoundPart, prepared: PreparedTable, scale: Fraction) -> None:
        part, amount = bound.part, bound.amount
        self.factor, self.floor = int(amount.scale / scale), int(part.floor / scale)
        self.cap = np.inf if part.cap is None else int(part.cap / scale)
        self.linear_sum = ExactSums(prepared).linear_sum(amount)
        self.when = None if bound.when is None else prepared.tree(bound.when)

    def span(self, rows: NDArray[np.int64]) -> Span:
        value, unknown = self.linear_sum(rows)
        value = np.minimum(np.maximum(value * self.factor, self.floor), self.cap)
        low, high = np.where(unknown, self.floor, value), np.where(unknown, self.cap, value)
        if self.when is None:
            return low, high
        sure, maybe = self.when(rows)
        return np.where(sure, low, 0), np.where(maybe, high, 0)
