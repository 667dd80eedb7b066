"""Who of a table may be a near miss (初筛): columns leave out whoever fails something that no small change would mend."""

from typing import cast

import numpy as np

from gongjian.policies.engine import bound as b
from gongjian.policies.engine.columns import Flags, Prepared
from gongjian.policies.engine.nearness import NEAR
from gongjian.policies.engine.outcome import Rows
from gongjian.policies.engine.plan import Plan
from gongjian.policies.engine.table import Table

REACH = float(NEAR) + 1e-9  # a little wider: `Explanation.near` counts in fractions and decides


def within_reach(plan: Plan, table: Table, code: str, rows: Rows) -> Rows:
    """Of rows that fail a policy those that may be near misses: some too many, never one too few."""
    prepared = Prepared(table, plan.layout)
    beyond = np.zeros(len(rows), dtype=np.bool_)
    for _clause, tree in plan.bound[plan.numbers[code]].clauses:
        beyond |= _beyond(tree, rows, prepared)
    return rows[~beyond]


def _beyond(tree: b.Tree, rows: Rows, prepared: Prepared) -> Flags:
    """Rows where a tree fails for good: one part of an AND, every way of an OR."""
    if isinstance(tree, b.Leaf):
        fails = ~prepared.tree(tree)(rows)[1]
        return fails & ~_close(tree, rows, prepared)
    join = np.logical_or if isinstance(tree, b.All) else np.logical_and
    return cast("Flags", join.reduce([_beyond(part, rows, prepared) for part in tree.parts]))


def _close(leaf: b.Leaf, rows: Rows, prepared: Prepared) -> Flags:
    """Rows where both sides of a comparison of numbers are known and lie close together."""
    measured = isinstance(leaf.test, b.LinearTest) and leaf.test.op in (">=", "<=") and not leaf.guard
    if not measured or leaf.left is None or leaf.right is None:
        return np.zeros(len(rows), dtype=np.bool_)
    left, right = (
        prepared.line(line.terms, line.constant)(rows) * float(line.scale) for line in (leaf.left, leaf.right)
    )
    wider = np.maximum(np.abs(left), np.abs(right))
    return np.broadcast_to(np.abs(right - left) <= REACH * wider, len(rows))
