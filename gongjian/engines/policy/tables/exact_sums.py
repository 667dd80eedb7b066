"""Sums of a table in whole numbers of any size (大数精确计算), for amounts in which floating point would lose a cent.

`greatest` bounds a sum over a whole table without computing it; `ExactSums` computes it for given rows, product by product.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.tables.conditions import Flags, PreparedTable

EXACT = 2.0**53  # whole numbers below it are exact as floating point
Whole = NDArray[np.object_]  # Python's own whole numbers
Known = tuple[Whole, Flags]  # values, and where they are unknown
Exactly = Callable[[Any], Known]


def greatest(linear: b.LinearSum, prepared: PreparedTable) -> float:
    """A bound of the sum, and of everything computed on the way to it, in its own scale, for every row as the table is now."""
    return abs(float(linear.constant)) + sum(
        abs(float(factor)) * _greatest_of(item, prepared) for item, factor in linear.terms
    )


def _greatest_of(item: b.Item, prepared: PreparedTable) -> float:
    if isinstance(item, b.FactSource):
        return prepared.greatest(item)
    if isinstance(item, b.BoundProduct):
        return max(1.0, greatest(item.left, prepared)) * max(1.0, greatest(item.right, prepared))
    if isinstance(item, b.Extreme):
        return max(greatest(linear, prepared) for linear in item.among)
    return max(
        greatest(linear, prepared) for linear in (item.otherwise, *(step for _when, step in item.steps))
    )


class ExactSums:
    """The sums of one table, each as a function of rows."""

    def __init__(self, prepared: PreparedTable) -> None:
        self.prepared = prepared

    def linear_sum(self, linear: b.LinearSum) -> Exactly:
        """A sum; where one of its terms is unknown, so is the sum."""
        parts = [(self._item(item), int(factor)) for item, factor in linear.terms]

        def total(rows: Any) -> Known:
            values: Whole = np.full(len(rows), linear.constant, dtype=object)
            unknown: Flags = np.zeros(len(rows), dtype=np.bool_)
            for part, factor in parts:
                value, missing = part(rows)
                values, unknown = values + value * factor, unknown | missing
            return values, unknown

        return total

    def _item(self, item: b.Item) -> Exactly:
        if isinstance(item, b.FactSource):
            return self._column(item)
        if isinstance(item, b.BoundProduct):
            return self._product(item)
        return self._extreme(item) if isinstance(item, b.Extreme) else self._tiers(item)

    def _column(self, source: b.FactSource) -> Exactly:
        vector = self.prepared.vector(source)

        def column(rows: Any) -> Known:
            values = np.asarray(vector(rows), dtype=np.float64)
            unknown = np.isnan(values)
            return np.where(unknown, 0.0, values).astype(np.int64).astype(object), unknown

        return column

    def _product(self, item: b.BoundProduct) -> Exactly:
        left, right = self.linear_sum(item.left), self.linear_sum(item.right)

        def product(rows: Any) -> Known:
            (one, one_missing), (other, other_missing) = left(rows), right(rows)
            return one * other, one_missing | other_missing

        return product

    def _extreme(self, item: b.Extreme) -> Exactly:
        among = [self.linear_sum(linear) for linear in item.among]
        pick = np.minimum if item.how == "LEAST" else np.maximum

        def extreme(rows: Any) -> Known:
            values, unknown = among[0](rows)
            for linear in among[1:]:
                value, missing = linear(rows)
                values, unknown = pick(values, value), unknown | missing
            return values, unknown

        return extreme

    def _tiers(self, item: b.Tiers) -> Exactly:
        steps = [(self.prepared.tree(tree), self.linear_sum(linear)) for tree, linear in item.steps]
        otherwise = self.linear_sum(item.otherwise)

        def tiers(rows: Any) -> Known:
            values, unknown = otherwise(rows)
            for tree, linear in reversed(steps):
                sure, maybe = tree(rows)
                value, missing = linear(rows)
                unknown = unknown | (maybe & ~sure) | missing
                values = np.where(sure, value, values)
            return values, unknown

        return tiers
