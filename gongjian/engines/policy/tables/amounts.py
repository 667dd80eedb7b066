"""Amounts of many firms at once (批量金额): whole numbers of one measure per policy, rounded once, in cents.

The measure divides every part, floor and cap exactly; below 2^53 of it nothing is lost, so the cents equal those of
`BenefitForFirm`, which counts in fractions.
"""

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.binding.sums import common_measure
from gongjian.engines.policy.rules.policy import Combine
from gongjian.engines.policy.tables.conditions import Flags, PreparedTable

Cents = NDArray[np.int64]
UNBOUNDED = -1
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
        self.parts = [_Part(part, prepared, self.measure) for part in bound.parts]
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
            total = np.minimum(total, float(self.benefit.cap / self.measure))
        if self.benefit.pays_from:
            total = np.where(total >= float(self.benefit.pays_from / self.measure), total, 0.0)
        return total

    def _cents(self, total: Any, count: int) -> Cents:
        """Amounts in cents, rounded half up, in whole numbers throughout."""
        total = np.broadcast_to(np.asarray(total, dtype=np.float64), count)
        bounded = np.isfinite(total)
        steps = np.where(bounded, total, 0.0).astype(np.int64)
        rate = self.measure * 100
        if rate.denominator == 1:
            result = steps * rate.numerator
        else:
            result = (2 * steps * rate.numerator + rate.denominator) // (2 * rate.denominator)
        return result if bounded.all() else np.where(bounded, result, UNBOUNDED)


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
