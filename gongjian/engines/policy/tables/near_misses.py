"""Near misses in a table (初筛): columns decide nearly all rows; those close to the limit or with alternatives remain."""

from collections.abc import Callable

import numpy as np

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.one_firm.near_misses import NEAR, column_to_change
from gongjian.engines.policy.plan import Plan
from gongjian.engines.policy.tables.conditions import Flags, PreparedTable
from gongjian.engines.policy.tables.results import Rows
from gongjian.engines.policy.tables.table import Table

EDGE = 1e-9  # this close to the limit `Explanation.near` decides, which counts in fractions
SURE, REACH = float(NEAR) - EDGE, float(NEAR) + EDGE
Near = tuple[Flags, Flags, Flags]
"""Not in the way, or by little: surely by what can be changed, perhaps by what can be changed, perhaps by anything."""


def within_reach(
    plan: Plan, table: Table, code: str, rows: Rows, *, movable: Callable[[str], bool] = lambda _fact: True
) -> tuple[Rows, Rows]:
    """Of the rows that fail a policy: those that surely are near misses, and those that have to be explained one by one.

    `movable`: whether somebody can change a fact; near misses by other facts do not count.
    """
    prepared = PreparedTable(table, plan.layout)
    sure, open_ = rows, rows[:0]
    for _clause, tree in plan.bound[plan.numbers[code]].clauses:
        left = np.concatenate([sure, open_])
        surely, perhaps, _by_anything = _near_of_tree(tree, left, prepared, movable)
        before = np.arange(len(left)) < len(sure)
        sure, open_ = left[surely & before], left[perhaps & ~(surely & before)]
    return sure, open_


def _near_of_tree(tree: b.Tree, rows: Rows, prepared: PreparedTable, movable: Callable[[str], bool]) -> Near:
    """Rows where a tree does not fail, or fails by little."""
    if isinstance(tree, b.Leaf):
        near = _near_of_leaf(tree, rows, prepared, movable)
    else:
        parts = [_near_of_tree(part, rows, prepared, movable) for part in tree.parts]
        if isinstance(tree, b.All):
            return _combined(np.logical_and, parts)
        near = _near_of_any(parts)
    not_failed = prepared.tree(tree)(rows)[1]
    return not_failed | near[0], not_failed | near[1], not_failed | near[2]


def _combined(how: np.ufunc, parts: list[Near]) -> Near:
    combined = [how.reduce([part[n] for part in parts]) for n in range(3)]
    return combined[0], combined[1], combined[2]


def _near_of_any(parts: list[Near]) -> Near:
    """Near misses of an OR. The explanation names the nearest alternative, so where one of them is open it has to decide."""
    sure, perhaps, by_anything = _combined(np.logical_or, parts)
    for part in parts:
        sure = sure & ~(part[2] & ~part[0])
    return sure, perhaps, by_anything


def _near_of_leaf(leaf: b.Leaf, rows: Rows, prepared: PreparedTable, movable: Callable[[str], bool]) -> Near:
    """Rows in which both sides of a comparison of numbers are known and lie close together."""
    nobody = np.zeros(len(rows), dtype=np.bool_)
    test = leaf.test
    if not isinstance(test, b.LinearTest) or test.op not in (">=", "<=") or leaf.guard:
        return nobody, nobody, nobody
    to_change = column_to_change(test)
    if leaf.left is None or leaf.right is None or to_change is None:
        return nobody, nobody, nobody
    left, right = (
        prepared.linear_sum(linear.terms, linear.constant)(rows) * float(linear.scale)
        for linear in (leaf.left, leaf.right)
    )
    wider, apart = np.maximum(np.abs(left), np.abs(right)), np.abs(right - left)
    close, reach = (np.broadcast_to(apart <= edge * wider, len(rows)) for edge in (SURE, REACH))
    return (close, reach, reach) if movable(to_change[0].key) else (nobody, nobody, reach)
