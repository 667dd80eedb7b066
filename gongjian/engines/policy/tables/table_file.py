"""Tables of firms from files (读表): Parquet and CSV a piece at a time, workbooks row by row. Bad cells are reported, the rest is used."""

import errno
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from gongjian.engines.policy.facts.catalogue import Catalogue, FactDef, Kind
from gongjian.engines.policy.facts.row import LARGEST, NUMBER_FORM, BadValue, cell
from gongjian.engines.policy.tables.bad_cells import BadCell, BadCells, BadTable
from gongjian.engines.policy.tables.csv_text import NO_NAME, CsvText, check_headings
from gongjian.engines.policy.tables.firm_ids import FirmIds, as_texts
from gongjian.engines.policy.tables.table import BETWEEN, Table, UnknownColumn, canonical
from gongjian.engines.policy.tables.workbook_rows import workbook_rows
from gongjian.engines.policy.vocabulary import CELL_FORM_MESSAGES, IDS, NOT_NEGATIVE, SEPARATORS

PIECE = 250_000
WHOLE = 1 << 31
SUFFIXES = (".parquet", ".csv", ".xlsx")


@dataclass
class TableFile:
    """A file of firms. `pieces()` gives tables of at most `piece` rows; `bad` grows while they are read.

    The name of a firm is the column 企业, 企业名称, 统一社会信用代码, firm, id, name or credit_code, the first that is
    there; without one it is the number of the row in the file. Every other heading is a name of the catalogue, `key` or
    `key@period`, Chinese or English; an unknown one is refused with the most similar name. Columns no policy reads are
    not read. `whole`: titles that a text is not taken apart in, though they hold a sign that separates titles.
    """

    path: Path
    catalogue: Catalogue
    wanted: frozenset[str] | None
    piece: int = PIECE
    whole: frozenset[str] = frozenset()
    bad: BadCells = field(default_factory=BadCells)
    remarks: BadCells = field(default_factory=BadCells)  # of rows and headings: totals, repeated names
    csv: CsvText | None = None
    _sheet: str = ""
    _head: int = 1  # the row of the headings
    _numbers: Sequence[int] = ()  # of the rows of the present piece in the file

    def __post_init__(self) -> None:
        if self.path.suffix.lower() not in SUFFIXES:
            raise BadTable("suffix", file=self.path.name)
        if not self.path.exists():
            raise FileNotFoundError(errno.ENOENT, "no such file", str(self.path))
        try:
            self.headings = self._read_headings()
        except (pl.exceptions.PolarsError, OSError, ValueError) as error:
            if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError | BadTable):
                raise
            raise BadTable("unreadable", file=self.path.name) from error
        if not self.headings:
            raise BadTable("empty", file=self.path.name)
        self.id = _id_of(self.headings)
        self.facts = self._match_headings()
        self.firm_ids = FirmIds(self.id or "", self.remarks)

    def _read_headings(self) -> list[str]:
        if self.path.suffix.lower() == ".parquet":
            return list(pl.read_parquet_schema(self.path))
        if self.path.suffix.lower() == ".csv":
            self.csv = CsvText(self.path)
            return self.csv.headings
        _, self._head, row = next(workbook_rows(self.path), ("", 1, []))
        names = [str(value).strip() for value in row]
        check_headings(names)
        return names if any(names) else []

    def _match_headings(self) -> dict[str, tuple[str, FactDef]]:
        """Heading -> canonical column and fact, for the columns that are wanted. Raises BadTable."""
        _, columns = matched_headings(self.headings, self.catalogue)
        for name, (column, fact) in columns.items():
            if fact.periods and "@" not in column and fact.kind is Kind.NUMBER:
                self.remarks.add(BadCell("", 1, name, f"{name}@2026-03", "", "no_period"))
        return {
            name: found for name, found in columns.items() if self.wanted is None or found[0] in self.wanted
        }

    def pieces(self) -> Iterator[Table]:
        """The firms, a piece at a time."""
        reader = {".parquet": self._parquet, ".csv": self._csv, ".xlsx": self._xlsx}[self.path.suffix.lower()]
        done = 0
        try:
            for frame in reader():
                if self.path.suffix.lower() != ".xlsx":
                    self._numbers = range(done + 2, done + frame.height + 2)
                yield self._table(frame)
                done += frame.height
        except pl.exceptions.PolarsError as error:  # a row too long, a quotation mark in a wrong place
            raise self.csv.broken() if self.csv else BadTable("unreadable", file=self.path.name) from error

    def _columns(self) -> list[str]:
        return [*([self.id] if self.id else []), *self.facts]

    def _parquet(self) -> Iterator[pl.DataFrame]:
        lazy = pl.scan_parquet(self.path, low_memory=True)
        rows = int(lazy.select(pl.len()).collect().item())
        for start in range(0, rows, self.piece):
            yield self._piece(lazy, start)

    def _piece(self, lazy: pl.LazyFrame, start: int) -> pl.DataFrame:
        chosen = self._columns()
        if chosen:
            return lazy.slice(start, self.piece).select(chosen).collect()
        return lazy.slice(start, self.piece).select(pl.lit(0).alias("?")).collect()

    def _csv(self) -> Iterator[pl.DataFrame]:
        assert self.csv is not None  # noqa: S101 - made with the headings
        chosen = self._columns() or self.headings[:1]
        lazy = pl.scan_csv(
            self.csv.path, infer_schema=False, separator=self.csv.separator, new_columns=self.headings
        ).select(chosen)
        yield from lazy.collect_batches(chunk_size=self.piece, maintain_order=True)

    def _xlsx(self) -> Iterator[pl.DataFrame]:
        places = [self.headings.index(name) for name in self._columns()]
        block: list[list[Any]] = []
        numbers: list[int] = []
        for sheet, n, row in workbook_rows(self.path):
            self._sheet = sheet
            if n > self._head:
                block.append([row[p] if p < len(row) and row[p] != "" else None for p in places])
                numbers.append(n)
            if len(block) == self.piece:
                self._numbers = numbers
                yield self._frame(block)
                block, numbers = [], []
        if block:
            self._numbers = numbers
            yield self._frame(block)

    def _frame(self, block: list[list[Any]]) -> pl.DataFrame:
        columns = self._columns()
        series = [
            pl.Series(name, [row[n] for row in block], dtype=pl.Object) for n, name in enumerate(columns)
        ]
        return pl.DataFrame(series)

    def _table(self, frame: pl.DataFrame) -> Table:
        frame, ids = self._firms(frame)
        columns = [
            self._clean(frame[name], fact).alias(column) for name, (column, fact) in self.facts.items()
        ]
        table = Table.from_frame(pl.DataFrame(columns), catalogue=self.catalogue, ids=ids)
        table.rows = frame.height
        return table

    def _firms(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
        """The rows that are firms, and their names; without a column of names every row is one."""
        if self.id is None:
            return frame, pl.Series("firm", self._numbers, dtype=pl.Int64)
        ids = as_texts(frame[self.id])
        filled = pl.Series(np.zeros(frame.height, dtype=np.bool_))
        for name in self.facts:
            filled |= frame[name].is_not_null()
        firms = self.firm_ids.firms(ids, numbers=self._numbers, filled=filled, sheet=self._sheet)
        if firms.all():
            return frame, ids
        self._numbers = [self._numbers[row] for row in firms.arg_true().to_list()]
        return frame.filter(firms), ids.filter(firms)

    def _clean(self, series: pl.Series, fact: FactDef) -> pl.Series:
        """The series with cells that do not fit their fact set to unknown and reported."""
        if fact.kind is Kind.NUMBER and (series.dtype == pl.String or series.dtype.is_numeric()):
            return self._numbers_of(series, fact)
        if fact.kind is Kind.TEXT and series.dtype.is_float():
            series = series.cast(pl.String)
        if fact.kind is Kind.TEXT and series.dtype == pl.String:
            return self._texts(series, fact)
        if not _fits_kind(series.dtype, fact.kind):
            series = self._cell_by_cell(series, fact)
        if fact.kind is Kind.SET and self.whole and series.dtype == pl.String:
            return _titles(series, self.whole)
        return series

    def _texts(self, series: pl.Series, fact: FactDef) -> pl.Series:
        """Texts without blanks around them; a code held as floating point is the code, and a choice is one of the declared."""
        series = series.str.strip_chars().str.replace(r"^(\d+)\.0$", "$1")
        if not fact.choices:
            return series
        wrong = series.is_not_null() & (series != "") & ~series.is_in(list(fact.choices))
        self._note_bad_cells(series, fact, wrong, code="bad_choice", form="、".join(fact.choices))
        return pl.select(pl.when(~wrong).then(series)).to_series()

    def _numbers_of(self, series: pl.Series, fact: FactDef) -> pl.Series:
        """Numbers, or texts that are numbers: finite, within range, in whole groups of digits, negative where that makes sense."""
        written = series.is_not_null()
        numbers = series.cast(pl.Float64, strict=False)
        others = written & numbers.is_null()  # blanks, groups of digits, and what is no number
        if others.any():
            numbers, blank = _grouped(series, numbers, others)
            written &= ~blank
        written &= ~numbers.is_nan().fill_null(value=False)
        right = (numbers.is_finite() & (numbers.abs() <= LARGEST)).fill_null(value=False)
        self._note_bad_cells(series, fact, written & ~right)
        return self._not_negative(pl.select(pl.when(right).then(numbers)).to_series(), series, fact)

    def _not_negative(self, numbers: pl.Series, series: pl.Series, fact: FactDef) -> pl.Series:
        """The numbers; those below zero of a fact that has none are unknown and reported."""
        if fact.negative:
            return numbers
        below = (numbers < 0).fill_null(value=False)
        self._note_bad_cells(series, fact, below, form=NOT_NEGATIVE)
        return pl.select(pl.when(~below).then(numbers)).to_series()

    def _note_bad_cells(
        self, series: pl.Series, fact: FactDef, wrong: pl.Series, *, code: str = "bad_cell", form: str = ""
    ) -> None:
        for row in wrong.arg_true().to_list():
            self._note_bad_cell(series.name, row, series[row], code=code, form=form or _form(fact))

    def _note_bad_cell(self, column: str, row: int, value: object, *, code: str, form: str) -> None:
        cell_of_row = BadCell(self._sheet, self._numbers[row], column, str(value)[:30], form, code)
        self.bad.add(cell_of_row)

    def _cell_by_cell(self, series: pl.Series, fact: FactDef) -> pl.Series:
        values: list[Any] = []
        for n, value in enumerate(series.to_list()):
            read = _workbook_value(value, fact)
            try:
                cell(fact.kind, read)
            except BadValue:
                self._note_bad_cell(series.name, n, value, code="bad_cell", form=_form(fact))
                read = None
            values.append(read)
        made = _series_of_kind(series.name, values, fact)
        if fact.kind is Kind.NUMBER:
            return self._not_negative(made, made, fact)
        return self._texts(made, fact) if fact.kind is Kind.TEXT else made


def matched_headings(
    headings: Sequence[str], catalogue: Catalogue
) -> tuple[str | None, dict[str, tuple[str, FactDef]]]:
    """The heading of the names of firms, and every other one -> its canonical column and fact. Raises BadTable."""
    columns: dict[str, tuple[str, FactDef]] = {}
    seen: dict[str, str] = {}
    firm = _id_of(headings)
    for name in headings:
        if not name or name.startswith(NO_NAME):
            continue
        if name in IDS and (name == firm or catalogue.find(name) is None):
            continue
        try:
            column, fact = canonical(name, catalogue)
        except UnknownColumn as unknown:
            code = "unknown_column" if unknown.suggestion else "unknown_column_alone"
            raise BadTable(code, name=name, suggestion=unknown.suggestion) from unknown
        if column in seen:
            raise BadTable("twice", first=seen[column], second=name)
        seen[column] = name
        columns[name] = (column, fact)
    return firm, columns


def _id_of(headings: Sequence[str]) -> str | None:
    """The heading of the names of firms."""
    return next((name for name in IDS if name in headings), None)


def _form(fact: FactDef) -> str:
    return CELL_FORM_MESSAGES.get(fact.kind, "")


def _grouped(series: pl.Series, numbers: pl.Series, others: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The numbers with those written in groups of digits, and which texts are blank; only `others` are looked at."""
    rows = others.arg_true()
    text = series.gather(rows).str.strip_chars()
    formed = text.str.contains(NUMBER_FORM) & text.str.contains(r"\d")
    digits = pl.select(pl.when(formed).then(text.str.replace_all(",", ""))).to_series()
    blank = pl.Series(np.zeros(len(series), dtype=np.bool_))
    return (
        numbers.scatter(rows, digits.cast(pl.Float64, strict=False)),
        blank.scatter(rows, text == ""),
    )


def _titles(series: pl.Series, whole: frozenset[str]) -> pl.Series:
    """Lists of titles from texts; those of `whole` are found first and stay one, though they hold a separator."""
    ends = f"[{re.escape(SEPARATORS)}]"
    longest_first = sorted(whole, key=len, reverse=True)
    inside = re.compile(rf"(?:^|(?<={ends}))\s*({'|'.join(map(re.escape, longest_first))})\s*(?=$|{ends})")

    def lists(text: str | None) -> list[str] | None:
        if text is None or not text.strip():
            return None
        kept = [match[1] for match in inside.finditer(text)]
        rest = inside.sub("", text)
        for sign in SEPARATORS:
            rest = rest.replace(sign, BETWEEN)
        return kept + [name.strip() for name in rest.split(BETWEEN) if name.strip()]

    distinct = {text: lists(text) for text in series.unique().to_list()}
    return pl.Series(series.name, [distinct[text] for text in series.to_list()], dtype=pl.List(pl.String))


def _fits_kind(dtype: pl.DataType, kind: Kind) -> bool:
    """Whether a whole column fits a kind, so that no value has to be checked."""
    if kind is Kind.NUMBER:
        return dtype.is_numeric()
    if kind is Kind.DATE:
        return dtype in (pl.Date, pl.Datetime)
    return dtype == pl.Boolean if kind is Kind.FLAG else dtype != pl.Object


def _series_of_kind(name: str, values: list[Any], fact: FactDef) -> pl.Series:
    if fact.kind is Kind.NUMBER:
        return pl.Series(
            name, [None if v is None else float(str(v).replace(",", "")) for v in values], dtype=pl.Float64
        )
    if fact.kind is Kind.DATE:
        known = {None: None} | {v: cell(Kind.DATE, v) for v in values if v is not None}
        return pl.Series(name, [known[v] for v in values], dtype=pl.Int32).cast(pl.Date)
    return pl.Series(name, [None if v is None else str(v) for v in values], dtype=pl.String)


def _workbook_value(value: object, fact: FactDef) -> Any:
    """A value of a workbook as the engine reads it: a code typed as a number becomes a text without .0."""
    if isinstance(value, float) and fact.kind in (Kind.TEXT, Kind.FLAG, Kind.SET) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return value.strip() or None
    return value if value is None or isinstance(value, int | float | bool | date) else str(value)


def read_table(
    path: Path, *, catalogue: Catalogue, wanted: frozenset[str] | None = None
) -> tuple[Table, list[BadCell]]:
    """A whole file as one table, and its bad cells. `wanted` None: every column. Raises BadTable."""
    file = TableFile(path, catalogue, wanted, piece=WHOLE)
    table = next(file.pieces(), None)
    return table if table is not None else Table(0, {}, [], {}, catalogue), file.bad
