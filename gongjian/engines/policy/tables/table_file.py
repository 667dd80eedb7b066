"""Tables of firms from files (读表): Parquet and CSV a piece at a time, workbooks row by row. Bad cells are reported, the rest is used."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from gongjian.engines.policy.facts.catalogue import Catalogue, FactDef, Kind
from gongjian.engines.policy.facts.row import LARGEST, NUMBER_FORM, BadValue, cell
from gongjian.engines.policy.tables.table import Table, UnknownColumn, canonical
from gongjian.engines.policy.vocabulary import CELL_FORMS, IDS

PIECE = 250_000
WHOLE = 1 << 31
SUFFIXES = (".parquet", ".csv", ".xlsx")


class BadTable(ValueError):
    """A file that cannot be read as a table of firms. `code` selects its sentence in TABLE_MESSAGES, `facts` fills it."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(TABLE_MESSAGES[code] % facts)
        self.code = code
        self.facts = facts


TABLE_MESSAGES: dict[str, str] = {
    "suffix": "%(file)s 不是 .parquet、.csv 或 .xlsx 文件。请另存为其中一种。",
    "unreadable": "%(file)s 打不开或内容不完整。请重新导出后再试。",
    "empty": "%(file)s 里没有表头。请在第一行写数据目录里的名称。",
    "unknown_column": "表头“%(name)s”不在数据目录里。请改为“%(suggestion)s”，或删去这一列。",
    "unknown_column_alone": "表头“%(name)s”不在数据目录里。请改为数据目录里的名称，或删去这一列。",
    "twice": "表头“%(first)s”和“%(second)s”是同一项数据。请删去一列。",
    "bad_cell": "%(sheet)s第 %(row)s 行“%(column)s”的值“%(value)s”不是%(form)s，按缺数据处理。",
}


@dataclass(frozen=True)
class BadCell:
    """One cell that was taken as unknown. `row` counts as in the file, where the heading is row 1."""

    sheet: str
    row: int
    column: str
    value: str
    form: str

    def __str__(self) -> str:
        place = {"sheet": f"{self.sheet} " if self.sheet else "", "row": str(self.row)}
        return TABLE_MESSAGES["bad_cell"] % (
            place | {"column": self.column, "value": self.value, "form": self.form}
        )


@dataclass
class TableFile:
    """A file of firms. `pieces()` gives tables of at most `piece` rows; `bad` grows while they are read.

    The name of a firm is the column 企业, 企业名称, 统一社会信用代码, firm, id, name or credit_code, the first that is
    there; without one it is the number of the row. Every other heading is a name of the catalogue, `key` or `key@period`,
    Chinese or English; an unknown one is refused with the most similar name. Columns no policy reads are not read.
    """

    path: Path
    catalogue: Catalogue
    wanted: frozenset[str] | None
    piece: int = PIECE
    bad: list[BadCell] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.path.suffix.lower() not in SUFFIXES:
            raise BadTable("suffix", file=self.path.name)
        if not self.path.exists():
            raise FileNotFoundError(errno.ENOENT, "no such file", str(self.path))
        try:
            self.headings = self._read_headings()
        except (pl.exceptions.PolarsError, OSError, ValueError) as error:
            if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
                raise
            raise BadTable("unreadable", file=self.path.name) from error
        if not self.headings:
            raise BadTable("empty", file=self.path.name)
        self.id = next((name for name in IDS if name in self.headings), None)
        self.facts = self._match_headings()

    def _read_headings(self) -> list[str]:
        if self.path.suffix.lower() == ".parquet":
            return list(pl.read_parquet_schema(self.path))
        if self.path.suffix.lower() == ".csv":
            return pl.read_csv(self.path, n_rows=0, infer_schema=False).columns
        return [str(value).strip() for value in next(_workbook_rows(self.path), ("", []))[1]]

    def _match_headings(self) -> dict[str, tuple[str, FactDef]]:
        """Heading -> canonical column and fact, for the columns that are wanted. Raises BadTable."""
        columns: dict[str, tuple[str, FactDef]] = {}
        seen: dict[str, str] = {}
        for name in self.headings:
            if name in IDS and (name == self.id or self.catalogue.find(name) is None):
                continue
            if not name:
                continue
            try:
                column, fact = canonical(name, self.catalogue)
            except UnknownColumn as unknown:
                code = "unknown_column" if unknown.suggestion else "unknown_column_alone"
                raise BadTable(code, name=name, suggestion=unknown.suggestion) from unknown
            if column in seen:
                raise BadTable("twice", first=seen[column], second=name)
            seen[column] = name
            if self.wanted is None or column in self.wanted:
                columns[name] = (column, fact)
        return columns

    def pieces(self) -> Iterator[Table]:
        """The firms, a piece at a time."""
        reader = {".parquet": self._parquet, ".csv": self._csv, ".xlsx": self._xlsx}[self.path.suffix.lower()]
        done = 0
        try:
            for frame in reader():
                yield self._table(frame, done)
                done += frame.height
        except pl.exceptions.PolarsError as error:  # a row too long, a quotation mark without its pair
            raise BadTable("unreadable", file=self.path.name) from error

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
        chosen = self._columns() or self.headings[:1]
        lazy = pl.scan_csv(self.path, infer_schema=False).select(chosen)
        yield from lazy.collect_batches(chunk_size=self.piece, maintain_order=True)

    def _xlsx(self) -> Iterator[pl.DataFrame]:
        places = [self.headings.index(name) for name in self._columns()]
        block: list[list[Any]] = []
        self._sheet = ""
        for n, (sheet, row) in enumerate(_workbook_rows(self.path)):
            self._sheet = sheet
            if n and any(value not in ("", None) for value in row):
                block.append([row[p] if p < len(row) and row[p] != "" else None for p in places])
            if len(block) == self.piece:
                yield self._frame(block)
                block = []
        if block:
            yield self._frame(block)

    def _frame(self, block: list[list[Any]]) -> pl.DataFrame:
        columns = self._columns()
        series = [
            pl.Series(name, [row[n] for row in block], dtype=pl.Object) for n, name in enumerate(columns)
        ]
        return pl.DataFrame(series)

    def _table(self, frame: pl.DataFrame, rows_before: int) -> Table:
        ids = self._ids(frame, rows_before)
        columns = [
            self._clean(frame[name], fact, rows_before).alias(column)
            for name, (column, fact) in self.facts.items()
        ]
        table = Table.from_frame(pl.DataFrame(columns), catalogue=self.catalogue, ids=ids)
        table.rows = frame.height
        return table

    def _ids(self, frame: pl.DataFrame, rows_before: int) -> pl.Series:
        if self.id is None:
            return pl.Series("firm", range(rows_before + 1, rows_before + frame.height + 1), dtype=pl.Int64)
        series = frame[self.id]
        return (
            pl.Series("firm", [str(v) for v in series.to_list()])
            if series.dtype == pl.Object
            else series.cast(pl.String)
        )

    def _clean(self, series: pl.Series, fact: FactDef, rows_before: int) -> pl.Series:
        """The series with cells that do not fit their fact set to unknown and reported."""
        if fact.kind is Kind.NUMBER and (series.dtype == pl.String or series.dtype.is_numeric()):
            return self._numbers(series, fact, rows_before)
        if fact.kind is Kind.TEXT and series.dtype.is_float():
            series = series.cast(pl.String)
        if fact.kind is Kind.TEXT and series.dtype == pl.String:
            return series.str.replace(r"^(\d+)\.0$", "$1")  # a code held as floating point
        if _fits_kind(series.dtype, fact.kind):
            return series
        return self._cell_by_cell(series, fact, rows_before)

    def _numbers(self, series: pl.Series, fact: FactDef, rows_before: int) -> pl.Series:
        """Numbers, or texts that are numbers: finite, within range, in whole groups of digits."""
        written = series.is_not_null()
        numbers = series.cast(pl.Float64) if series.dtype != pl.String else None
        if numbers is None:
            text = series.str.strip_chars()
            written &= (text != "") & (text.str.to_lowercase() != "nan")
            formed = text.str.contains(NUMBER_FORM)
            digits = pl.select(pl.when(formed).then(text.str.replace_all(",", ""))).to_series()
            numbers = digits.cast(pl.Float64, strict=False)
        else:
            written &= numbers.is_not_nan()
        right = numbers.is_finite() & (numbers.abs() <= LARGEST)
        right = right.fill_null(value=False)
        self._note_bad_cells(series, fact, rows_before, written & ~right)
        return pl.select(pl.when(right).then(numbers)).to_series()

    def _note_bad_cells(self, series: pl.Series, fact: FactDef, rows_before: int, wrong: pl.Series) -> None:
        for row in wrong.arg_true().to_list():
            self._note_bad_cell(series.name, fact, rows_before + row + 2, series[row])

    def _note_bad_cell(self, column: str, fact: FactDef, row: int, value: object) -> None:
        sheet = getattr(self, "_sheet", "")
        self.bad.append(BadCell(sheet, row, column, str(value)[:30], CELL_FORMS.get(fact.kind, "")))

    def _cell_by_cell(self, series: pl.Series, fact: FactDef, rows_before: int) -> pl.Series:
        values: list[Any] = []
        for n, value in enumerate(series.to_list()):
            try:
                cell(fact.kind, _workbook_value(value, fact))
                values.append(_workbook_value(value, fact))
            except BadValue:
                self._note_bad_cell(series.name, fact, rows_before + n + 2, value)
                values.append(None)
        return _series_of_kind(series.name, values, fact)


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


def _workbook_rows(path: Path) -> Iterator[tuple[str, list[Any]]]:
    """The rows of the first sheet of a workbook, each with the name of the sheet. Raises BadTable."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except (python_calamine.CalamineError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise BadTable("unreadable", file=path.name) from error
    sheet = book.get_sheet_by_index(0)
    for row in sheet.iter_rows():
        yield sheet.name, list(row)


def read_table(
    path: Path, *, catalogue: Catalogue, wanted: frozenset[str] | None = None
) -> tuple[Table, list[BadCell]]:
    """A whole file as one table, and its bad cells. `wanted` None: every column. Raises BadTable."""
    file = TableFile(path, catalogue, wanted, piece=WHOLE)
    table = next(file.pieces(), None)
    return table if table is not None else Table(0, {}, [], {}, catalogue), file.bad
