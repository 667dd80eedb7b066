"""A table of firms as columns (企业表): whole numbers as float64 with NaN for unknown, words as codes with 0 for unknown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gongjian.engines.policy.facts.catalogue import Catalogue, FactDef, Kind, closest
from gongjian.engines.policy.facts.periods import parse_period
from gongjian.engines.policy.facts.row import BadValue, Cell, Value, cell, titles

Floats = NDArray[np.float64]
Codes = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.uint32]
Bits = NDArray[np.uint8]
SCALE = 10_000.0
BETWEEN = "\x1f"  # joins the names of a list while distinct lists are looked for; no name contains it


class UnknownColumn(ValueError):
    """A column the catalogue does not know. `suggestion`: the most similar name it knows, or ""."""

    def __init__(self, name: str, suggestion: str) -> None:
        super().__init__(name)
        self.name = name
        self.suggestion = suggestion


@dataclass
class NumberColumn:
    """A column of numbers or days. `nulls`: unknown rows as bits, the first in the lowest bit."""

    values: Floats
    nulls: Bits
    _greatest: float | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def greatest(self) -> float:
        """A bound of the size of its numbers. A value that is changed may raise it, and never lowers it."""
        if self._greatest is None:
            empty = self.values.strides == (0,)
            self._greatest = 0.0 if empty else float(np.fmax.reduce(np.abs(self.values), initial=0.0))
        return self._greatest

    def cell(self, row: int) -> Cell:
        """The value of one row."""
        value = self.values.item(row)
        return None if value != value else int(value)  # noqa: PLR0124 - only NaN differs from itself

    def set_value(self, row: int, value: Cell) -> None:
        """Change the value of one row; an empty column takes up memory from then on."""
        if self.values.strides == (0,):
            self.values = self.values.copy()
        self.values[row] = float(cast("int", value)) if value is not None else np.nan
        set_bit(self.nulls, row, on=value is None)
        if self._greatest is not None and value is not None:
            self._greatest = max(self._greatest, abs(float(self.values[row])))


@dataclass
class CodedColumn:
    """A column of texts, flags or lists of names: `codes` are places in the sorted `words`; 0 is unknown."""

    codes: Codes
    words: list[Cell]
    nulls: Bits
    index: dict[Cell, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index = {word: n for n, word in enumerate(self.words)}

    def cell(self, row: int) -> Cell:
        """The value of one row."""
        return self.words[self.codes.item(row)]

    def set_value(self, row: int, value: Cell) -> None:
        """Change the value of one row; a new word is added behind the others."""
        code = self.index.get(value)
        if code is None:
            code = self.index[value] = len(self.words)
            self.words.append(value)
            if code > np.iinfo(self.codes.dtype).max:
                self.codes = self.codes.astype(np.uint32)
        if self.codes.strides == (0,):
            self.codes = self.codes.copy()
        self.codes[row] = code
        set_bit(self.nulls, row, on=value is None)


Column = NumberColumn | CodedColumn


def set_bit(bits: Bits, row: int, *, on: bool) -> None:
    """Set or clear the bit of one row."""
    mask = 1 << (row & 7)
    bits[row >> 3] = bits[row >> 3] | mask if on else bits[row >> 3] & (255 - mask)


def pack(flags: NDArray[np.bool_]) -> Bits:
    """Flags as bits, eight per byte, the first in the lowest bit."""
    return np.packbits(flags, bitorder="little")


@dataclass
class Table:
    """Firms as rows. `columns`: canonical name (`key` or `key@period`) -> column; `ids`: the name or key of each firm.

    `computed`: longer periods computed from shorter ones, kept for the next question.
    """

    rows: int
    columns: dict[str, Column]
    ids: Sequence[Any] | pl.Series
    computed: dict[str, Column] = field(default_factory=dict)
    catalogue: Catalogue | None = None

    @classmethod
    def from_columns(
        cls,
        columns: Mapping[str, Sequence[Value] | NDArray[Any] | pl.Series],
        *,
        catalogue: Catalogue,
        ids: Sequence[Any] = (),
    ) -> Self:
        """A table from one sequence per column, named as in the catalogue. Raises UnknownColumn or BadValue."""
        series = {
            name: values if isinstance(values, pl.Series) else pl.Series(name, values)
            for name, values in columns.items()
        }
        return cls.from_frame(pl.DataFrame(series), catalogue=catalogue, ids=ids)

    @classmethod
    def from_frame(
        cls,
        frame: pl.DataFrame,
        *,
        catalogue: Catalogue,
        ids: Sequence[Any] | pl.Series = (),
        wanted: Iterable[str] | None = None,
    ) -> Self:
        """A table from a polars frame. `wanted`: canonical names that are needed; others are not converted."""
        needed = None if wanted is None else set(wanted)
        columns: dict[str, Column] = {}
        for name in frame.columns:
            column, fact = canonical(name, catalogue)
            if needed is None or column in needed:
                columns[column] = column_from_series(frame[name], fact)
        return cls(frame.height, columns, ids if len(ids) else range(frame.height), {}, catalogue)

    @classmethod
    def from_values(
        cls, ids: Sequence[Any], columns: Mapping[str, Sequence[Value]], *, catalogue: Catalogue
    ) -> Self:
        """A table from values as `Plan.explain` takes them, one list per column. Raises UnknownColumn or BadValue."""
        made_columns: dict[str, Column] = {}
        for name, values in columns.items():
            column, fact = canonical(name, catalogue)
            made_columns[column] = column_from_values(values, fact.kind)
        return cls(len(ids), made_columns, ids, {}, catalogue)

    def set_value(self, row: int, name: str, value: Value) -> None:
        """Change one value; a column the table does not have is ignored. Raises BadValue."""
        if self.catalogue is None:
            return
        column, fact = canonical(name, self.catalogue)
        if column in self.columns:
            self.columns[column].set_value(row, cell(fact.kind, value))
            self._forget(fact.key)

    def add_column(self, name: str, values: Sequence[Value]) -> None:
        """Add a column, or replace an empty one. Raises UnknownColumn or BadValue."""
        assert self.catalogue is not None  # noqa: S101 - tables made here have one
        column, fact = canonical(name, self.catalogue)
        self.columns[column] = column_from_values(values, fact.kind)
        self._forget(fact.key)

    def _forget(self, key: str) -> None:
        """Drop what was computed from a fact."""
        for computed in [c for c in self.computed if c.partition("@")[0] == key]:
            del self.computed[computed]

    def firm(self, row: int) -> dict[str, Cell]:
        """All known facts of one firm, as the engine keeps them."""
        return {
            name: value for name, column in self.columns.items() if (value := column.cell(row)) is not None
        }


def canonical(name: str, catalogue: Catalogue) -> tuple[str, FactDef]:
    """The canonical name (`key` or `key@period`) of a column, and its fact. Raises UnknownColumn with the most similar name."""
    word, _, tail = name.strip().partition("@")
    fact = catalogue.find(word.strip())
    if fact is None:
        raise UnknownColumn(name, closest(word, catalogue.names()))
    if not tail:
        return fact.key, fact
    period = parse_period(tail)
    if period is None or not fact.periods:
        raise UnknownColumn(name, f"{fact.key}@2026-03" if fact.periods else fact.key)
    return f"{fact.key}@{period}", fact


def column_from_series(series: pl.Series, fact: FactDef) -> Column:
    """A column from a polars series. Raises BadValue at the first value that does not fit the fact."""
    if fact.kind is Kind.NUMBER and series.dtype.is_numeric():
        values = np.rint(series.cast(pl.Float64).to_numpy() * SCALE)
        return number_column(values)
    if fact.kind is Kind.DATE and series.dtype in (pl.Date, pl.Datetime):
        return number_column(series.cast(pl.Date).to_physical().cast(pl.Float64).to_numpy().copy())
    if fact.kind in (Kind.NUMBER, Kind.DATE):
        cells = [cell(fact.kind, value) for value in series.to_list()]
        return number_column(
            np.array([np.nan if value is None else value for value in cells], dtype=np.float64)
        )
    return coded_column(series, fact)


def column_from_values(values: Sequence[Value], kind: Kind) -> Column:
    """A column from values that `cell` reads, distinct ones once. Raises BadValue."""
    if kind is Kind.NUMBER:
        try:
            return number_column(np.rint(np.array(values, dtype=np.float64) * SCALE))
        except (TypeError, ValueError):  # numbers written as text
            pass
    read = {value: cell(kind, value) for value in set(values)}
    if kind in (Kind.NUMBER, Kind.DATE):
        known = {
            value: np.nan if read_value is None else float(cast("int", read_value))
            for value, read_value in read.items()
        }
        return number_column(np.array([known[value] for value in values], dtype=np.float64))
    ordered: list[Cell] = [None, *sorted({c for c in read.values() if c is not None}, key=_order)]
    place = {word: n for n, word in enumerate(ordered)}
    codes = np.array([place[read[value]] for value in values], dtype=_narrowest(len(ordered)))
    return CodedColumn(cast("Codes", codes), ordered, pack(codes == 0))


def _narrowest(count: int) -> type[np.uint8 | np.uint16 | np.uint32]:
    """The smallest integer type that holds so many codes."""
    return np.uint8 if count < 2**8 else np.uint16 if count < 2**16 else np.uint32


def number_column(values: Floats) -> NumberColumn:
    """A column from whole numbers with NaN for unknown."""
    values = np.ascontiguousarray(values)
    if not values.flags.writeable:
        values = values.copy()
    return NumberColumn(values, pack(np.isnan(values)))


def coded_column(series: pl.Series, fact: FactDef) -> CodedColumn:
    """A column from texts, flags or lists: every distinct value is read once, each row keeps its code."""
    listed = (
        fact.kind is Kind.SET and series.dtype == pl.List
    )  # an empty list is known: the firm has no titles
    if listed:
        series = series.cast(pl.List(pl.String)).list.drop_nulls().list.sort().list.join(BETWEEN)
    if fact.kind is not Kind.SET and series.dtype != pl.Boolean:
        series = series.cast(pl.String)
    distinct = series.unique()
    raw = distinct.to_list()
    cells = [
        titles(value.split(BETWEEN)) if listed and value is not None else cell(fact.kind, value)
        for value in raw
    ]
    ordered: list[Cell] = [None, *sorted({c for c in cells if c is not None}, key=_order)]
    place = {value: n for n, value in enumerate(ordered)}
    lookup = pl.DataFrame({"raw": distinct, "code": [place[c] for c in cells]})
    joined = pl.DataFrame({"raw": series}).join(
        lookup, on="raw", how="left", nulls_equal=True, maintain_order="left"
    )
    codes = cast("Codes", joined["code"].fill_null(0).to_numpy().astype(_narrowest(len(ordered))))
    return CodedColumn(codes, ordered, pack(codes == 0))


def _order(value: Cell) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def empty_column(kind: Kind, rows: int) -> Column:
    """A column in which everything is unknown; it takes up no memory."""
    nulls = pack(np.ones(rows, dtype=np.bool_))
    if kind in (Kind.NUMBER, Kind.DATE):
        return NumberColumn(np.broadcast_to(np.float64(np.nan), rows), nulls)
    return CodedColumn(cast("Codes", np.broadcast_to(np.uint8(0), rows)), [None], nulls)


__all__ = ["BadValue", "Table", "UnknownColumn", "canonical"]
