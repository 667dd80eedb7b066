"""Missing facts of many pairs at once (缺数据): only those that leave a verdict or an amount open, as for one firm."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.tables.conditions import Flags, PreparedTable
from gongjian.engines.policy.tables.table import NumberColumn

SEPARATOR = "、"
Rows = NDArray[np.int64]


class MissingFacts:
    """The missing columns of one policy for any rows of one table."""

    def __init__(self, bound: b.BoundPolicy, prepared: PreparedTable) -> None:
        self.bound = bound
        self.prepared = prepared

    def texts(self, rows: Rows, *, verdict: Flags | bool, amount: Flags) -> NDArray[np.object_]:
        """One text per row with the missing columns, "" where none is. `verdict`, `amount`: the rows where that is open."""
        masks: dict[str, Flags] = {}
        everywhere = np.broadcast_to(np.asarray(verdict, dtype=np.bool_), rows.shape)
        if everywhere.any():
            for _, tree in self.bound.clauses:
                self._merge(masks, self._tree(tree, rows, everywhere))
        if amount.any():
            for part in self.bound.parts:
                self._merge(masks, self._part(part, rows, amount))
        return _joined_names(masks, len(rows))

    def _merge(self, masks: dict[str, Flags], masks_by_column: Iterator[tuple[str, Flags]]) -> None:
        for column, mask in masks_by_column:
            masks[column] = masks[column] | mask if column in masks else mask

    def _part(self, part: b.BoundPart, rows: Rows, open_: Flags) -> Iterator[tuple[str, Flags]]:
        possible = open_
        if part.when is not None:
            yield from self._tree(part.when, rows, open_)
            possible = open_ & self.prepared.tree(part.when)(rows)[1]
        if part.amount.terms:
            unknown = (
                np.isnan(self.prepared.linear_sum(part.amount.terms, part.amount.constant)(rows)) & possible
            )
            for source in dict.fromkeys(b.sources(part.amount)):
                yield from self._source(source, rows, unknown)

    def _tree(self, tree: b.Tree, rows: Rows, open_: Flags) -> Iterator[tuple[str, Flags]]:
        """Columns of the leaves that are undecided together with every step above them."""
        sure, maybe = self.prepared.tree(tree)(rows)
        undecided = open_ & maybe & ~sure
        if not undecided.any():
            return
        if not isinstance(tree, b.Leaf):
            for part in tree.parts:
                yield from self._tree(part, rows, undecided)
            return
        for source in dict.fromkeys(b.sources(tree.test)):
            yield from self._source(source, rows, undecided)

    def _source(self, source: b.FactSource, rows: Rows, undecided: Flags) -> Iterator[tuple[str, Flags]]:
        """A column, or its missing parts where some parts are known."""
        unknown = undecided & self._null(source, rows)
        if not unknown.any():
            return
        if not source.parts:
            yield source.column, unknown
            return
        partly_known = np.zeros(len(rows), dtype=np.bool_)
        for leaf in source.leaves():
            if leaf is not source:
                partly_known |= ~self._null(leaf, rows)
        yield source.column, unknown & ~partly_known
        for part in source.parts:
            yield from self._source(part, rows, unknown & partly_known)

    def _null(self, source: b.FactSource, rows: Any) -> Flags:
        column = self.prepared.columns[self.prepared.layout.place[source.column]]
        unknown: Flags = (
            np.isnan(column.values[rows]) if isinstance(column, NumberColumn) else column.codes[rows] == 0
        )
        return unknown


def _joined_names(masks: dict[str, Flags], count: int) -> NDArray[np.object_]:
    """The names of each row in one text, sorted; every combination is written once."""
    if not masks or not count:
        return np.full(count, "", dtype=object)
    names = sorted(masks)
    packed = np.packbits(np.stack([masks[name] for name in names], axis=1), axis=1)
    combinations, which = np.unique(
        np.ascontiguousarray(packed).view(f"V{packed.shape[1]}").ravel(), return_inverse=True
    )
    bits = np.unpackbits(combinations.view(np.uint8).reshape(len(combinations), -1), axis=1)[:, : len(names)]
    texts = [SEPARATOR.join(name for name, bit in zip(names, row, strict=True) if bit) for row in bits]
    return np.array(texts, dtype=object)[which]
