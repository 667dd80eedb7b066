"""Conditions over a whole table (列式计算): each distinct test once, a block of rows at a time, eight answers packed in a byte.

Two rails of bits carry three values: `sure` (it holds) and `maybe` (it holds or is unknown). AND and OR work on both
rails in the same way, NOT swaps and inverts them; so one operation on a pair of rows does a whole step.
"""

from collections.abc import Callable
from operator import eq, ge, le, ne
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.facts.row import RowLayout
from gongjian.engines.policy.tables.table import (
    Bits,
    CodedColumn,
    Column,
    Floats,
    NumberColumn,
    Table,
    empty_column,
    number_column,
)

FEW = 6
_COMPARE: dict[str, Any] = {">=": np.greater_equal, "<=": np.less_equal, "=": np.equal, "<>": np.not_equal}
_SCALAR = {">=": ge, "<=": le, "=": eq, "<>": ne}
Flags = NDArray[np.bool_]
Vector = Callable[[Any], Floats]  # rows (a slice or an index) -> whole numbers with NaN


class PreparedTable:
    """The columns of a table in the order of a layout, with longer periods computed from shorter ones."""

    def __init__(self, table: Table, layout: RowLayout) -> None:
        self.rows = table.rows
        self.layout = layout
        self.recorded: list[Column] = []
        self.columns: list[Column] = []
        for source in layout.sources:
            if source.column not in table.columns:
                table.columns[source.column] = empty_column(source.kind, table.rows)
            column = table.columns[source.column]
            self.recorded.append(column)
            self.columns.append(self._computed(column, source, table) if source.parts else column)

    def _computed(self, column: Column, source: b.FactSource, table: Table) -> Column:
        if source.column in table.computed:
            return table.computed[source.column]
        parts = [self.columns[self.layout.place[part.column]] for part in source.parts]
        if not isinstance(column, NumberColumn):
            return column
        total = np.full(self.rows, np.nan) if any(_is_empty(part) for part in parts) else np.zeros(self.rows)
        for part in parts:
            if isinstance(part, NumberColumn) and not _is_empty(part):
                total += part.values
        if not _is_empty(column):
            total = np.where(np.isnan(column.values), total, column.values)
        table.computed[source.column] = number_column(total)
        return table.computed[source.column]

    def greatest(self, source: b.FactSource) -> float:
        """A bound of the size of the numbers of a fact as they are now; yes counts as one."""
        column = self.columns[self.layout.place[source.column]]
        return column.greatest if isinstance(column, NumberColumn) else 1.0

    def vector(self, item: b.Item) -> Vector:
        """A column or a computed item as a function of rows."""
        if isinstance(item, b.FactSource):
            column = self.columns[self.layout.place[item.column]]
            if isinstance(column, CodedColumn):
                return lambda rows: _flag_values(column)[column.codes[rows]]
            return lambda rows: column.values[rows]
        if isinstance(item, b.Extreme):
            return self._extreme(item)
        if isinstance(item, b.BoundProduct):
            left, right = (
                self.linear_sum(item.left.terms, item.left.constant),
                self.linear_sum(item.right.terms, item.right.constant),
            )
            return lambda rows: left(rows) * right(rows)
        return self._tiers(item)

    def _extreme(self, item: b.Extreme) -> Vector:
        among = [self.linear_sum(linear.terms, linear.constant) for linear in item.among]
        pick = np.minimum if item.how == "LEAST" else np.maximum

        def extreme(rows: Any) -> Floats:
            result = among[0](rows)
            for linear in among[1:]:
                result = pick(result, linear(rows))
            return result

        return extreme

    def _tiers(self, item: b.Tiers) -> Vector:
        steps = [
            (self.tree(tree), self.linear_sum(linear.terms, linear.constant)) for tree, linear in item.steps
        ]
        otherwise = self.linear_sum(item.otherwise.terms, item.otherwise.constant)

        def tiers(rows: Any) -> Floats:
            result = np.asarray(otherwise(rows))
            unknown = np.isnan(result)
            for tree, linear in reversed(steps):
                sure, maybe = tree(rows)
                value = linear(rows)
                unknown = unknown | (maybe & ~sure) | np.isnan(value)
                result = np.where(sure, value, result)
            return np.where(unknown, np.nan, result)

        return tiers

    def linear_sum(self, terms: tuple[tuple[b.Item, int], ...], constant: int) -> Vector:
        """A sum as a function of rows; a constant sum gives a single number, which numpy spreads over the rows."""
        parts = [(self.vector(item), float(factor)) for item, factor in terms]
        if len(parts) == 1 and parts[0][1] == 1 and not constant:
            return parts[0][0]

        def total(rows: Any) -> Floats:
            result: Any = np.float64(constant)
            for vector, factor in parts:
                values = vector(rows)
                result = result + (values if factor == 1 else values * factor)
            return result  # type: ignore[no-any-return]  # numpy's own arithmetic

        return total

    def tree(self, tree: b.Tree) -> Callable[[Any], tuple[Flags, Flags]]:
        """A tree as a function of rows to both rails, unpacked; used for the few rows of an amount."""
        if isinstance(tree, b.Leaf):
            return self._rails(tree)
        parts = [self.tree(part) for part in tree.parts]
        join = np.logical_and if isinstance(tree, b.All) else np.logical_or

        def rails(rows: Any) -> tuple[Flags, Flags]:
            sure, maybe = parts[0](rows)
            for part in parts[1:]:
                part_sure, part_maybe = part(rows)
                sure, maybe = join(sure, part_sure), join(maybe, part_maybe)
            return sure, maybe

        return rails

    def _rails(self, leaf: b.Leaf) -> Callable[[Any], tuple[Flags, Flags]]:
        holds, unknown = self.flags(leaf.test)

        def rails(rows: Any) -> tuple[Flags, Flags]:
            sure, undecided = holds(rows), unknown(rows)
            maybe = sure | undecided
            return (~maybe, ~sure) if leaf.negated else (sure, maybe)

        return rails

    def flags(self, test: b.Test) -> tuple[Callable[[Any], Flags], Callable[[Any], Flags]]:
        """A test as two functions of rows: where it surely holds, and where it is unknown."""
        if isinstance(test, b.LinearTest):
            single = self._single_flag(test)
            return single if single is not None else self._linear(test)
        column = self.columns[self.layout.place[test.source.column]]
        if isinstance(test, b.KnownTest):
            known = _is_known(column)
            return known, lambda rows: np.zeros_like(known(rows))
        assert isinstance(column, CodedColumn)  # noqa: S101 - texts and sets are kept as codes
        return _by_code(column, cast("Callable[[object], bool]", test.holds))

    def _linear(self, test: b.LinearTest) -> tuple[Callable[[Any], Flags], Callable[[Any], Flags]]:
        total, compare, edge = self.linear_sum(test.terms, 0), _COMPARE[test.op], float(test.bound)
        if test.op == "<>":
            return lambda rows: (t := total(rows), (t != edge) & ~np.isnan(t))[1], lambda rows: np.isnan(
                total(rows)
            )
        return lambda rows: compare(total(rows), edge), lambda rows: np.isnan(total(rows))

    def _single_flag(
        self, test: b.LinearTest
    ) -> tuple[Callable[[Any], Flags], Callable[[Any], Flags]] | None:
        """A comparison of a single flag, by its codes; None for any other test."""
        source, factor = test.terms[0]
        if len(test.terms) != 1 or not isinstance(source, b.FactSource) or source.kind is not Kind.FLAG:
            return None
        column = self.columns[self.layout.place[source.column]]
        assert isinstance(column, CodedColumn)  # noqa: S101 - flags are kept as codes
        op = _SCALAR[test.op]
        return _by_code(column, lambda word: op(cast("int", word) * factor, test.bound))

    def nulls(self, test: b.Test) -> Bits | None:
        """The packed rows in which a test is unknown, if those are the rows where one of its columns is; None if not."""
        if isinstance(test, b.KnownTest):
            return np.zeros((self.rows + 7) // 8, dtype=np.uint8)
        if isinstance(test, b.LinearTest) and any(
            not _unknown_only_with_columns(item) for item, _ in test.terms
        ):
            return None
        sources = dict.fromkeys(b.sources(test))
        nulls_by_column = [self.columns[self.layout.place[source.column]].nulls for source in sources]
        result = nulls_by_column[0]
        for nulls in nulls_by_column[1:]:
            result = result | nulls
        return result


def _is_empty(column: Column) -> bool:
    values = column.values if isinstance(column, NumberColumn) else column.codes
    return values.strides == (0,)


class _WantedCodes:
    """The codes of the words that pass a test, computed again when words were added."""

    def __init__(self, column: CodedColumn, holds: Callable[[object], bool]) -> None:
        self.column, self.holds = column, holds
        self.ranges: list[tuple[int, int]] = []
        self.lookup: Flags = np.zeros(0, dtype=np.bool_)

    def __call__(self, rows: Any) -> Flags:
        """Which rows hold a wanted code. Codes are sorted by word, so a common beginning is one range; few ranges are compared."""
        words = self.column.words
        if len(self.lookup) != len(words):
            wanted = [word is not None and self.holds(word) for word in words]
            self.lookup = np.array(wanted, dtype=np.bool_)
            self.ranges = _ranges(wanted)
        codes = self.column.codes[rows]
        if len(self.ranges) > FEW:
            picked: Flags = self.lookup[codes]
            return picked
        result = _within(codes, *self.ranges[0]) if self.ranges else np.zeros(codes.shape, dtype=np.bool_)
        for low, high in self.ranges[1:]:
            result |= _within(codes, low, high)
        return result


def _by_code(
    column: CodedColumn, holds: Callable[[object], bool]
) -> tuple[Callable[[Any], Flags], Callable[[Any], Flags]]:
    return _WantedCodes(column, holds), lambda rows: column.codes[rows] == 0


def _flag_values(column: CodedColumn) -> Floats:
    """The flags of a column as numbers, by code; NaN for unknown."""
    return np.array([np.nan if word is None else float(cast("int", word)) for word in column.words])


def _is_known(column: Column) -> Callable[[Any], Flags]:
    if isinstance(column, CodedColumn):
        return lambda rows: column.codes[rows] != 0
    return lambda rows: ~np.isnan(column.values[rows])


def _within(codes: Any, low: int, high: int) -> Flags:
    """low <= code <= high, with one comparison instead of two."""
    if low == high:
        return codes == low  # type: ignore[no-any-return]
    return (codes - codes.dtype.type(low)) <= codes.dtype.type(high - low)  # type: ignore[no-any-return]  # wraps below low


def _ranges(wanted: list[bool]) -> list[tuple[int, int]]:
    """Runs of wanted codes as (first, last)."""
    result: list[tuple[int, int]] = []
    for code, hit in enumerate(wanted):
        if hit and result and result[-1][1] == code - 1:
            result[-1] = (result[-1][0], code)
        elif hit:
            result.append((code, code))
    return result


def _unknown_only_with_columns(item: b.Item) -> bool:
    """Whether an item is unknown exactly where one of its columns is."""
    if isinstance(item, b.Tiers):
        return False
    if isinstance(item, b.FactSource):
        return True
    lines = item.among if isinstance(item, b.Extreme) else (item.left, item.right)
    return all(_unknown_only_with_columns(inner) for linear in lines for inner, _ in linear.terms)
