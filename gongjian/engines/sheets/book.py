"""Any table an office sends as sheets of values: .xlsx, .xls, .et, .ods and CSV, each cell read with its format.

Nothing that holds something is read as nothing: a formula without a stored value and an error are values of their own
(`UnreadValue`), a share shown as 82.5% is the text 82.5%, a number shown in 万 or thousands is what is shown.
"""

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from gongjian.engines.file_text.encodings import decoded
from gongjian.engines.file_text.unreadable import Unreadable
from gongjian.engines.sheets.cell_formats import ERROR, FORMULA, cell_marks, shown_number
from gongjian.engines.writing.signs import clean_values

Grid = list[list[Any]]
DELIMITERS = ",;\t|，；"
SAMPLE = 20_000  # characters from which the delimiter is guessed
CSV_SHEET = "CSV"


class BadBook(Exception):
    """A file that cannot be read as a table."""


@dataclass(frozen=True)
class UnreadValue:
    """What a cell holds although it has no value: `why` is formula or error, `shown` the error as Excel shows it."""

    why: str
    shown: str = ""

    def __str__(self) -> str:
        return self.shown or "="


class Book:
    """The sheets of one file, visible and hidden ones apart."""

    def __init__(self, file: bytes) -> None:
        """Raises BadBook where the file is no table."""
        self.file = file
        self.packed = zipfile.is_zipfile(io.BytesIO(file))
        self._table = None if self._is_binary() else _csv(file)
        if self._table is not None:
            self.visible, self.hidden = [CSV_SHEET], list[str]()
            return
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(file))
        except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
            raise BadBook from error
        sheets = self._book.sheets_metadata
        self.visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        self.hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]

    def _is_binary(self) -> bool:
        return self.packed or self.file.startswith(b"\xd0\xcf\x11\xe0")

    def top(self, name: str, rows: int) -> tuple[Grid, list[Any]]:
        """The first rows of a sheet as values alone, without their formats, and its merged ranges; raises BadBook."""
        if self._table is not None:
            return [list(row) for row in self._table[:rows]], []
        return self._values(name, rows)

    def grid(self, name: str) -> tuple[Grid, list[Any]]:
        """The cells of a sheet from A1 on, and its merged ranges; raises BadBook."""
        if self._table is not None:
            return self._table, []
        grid, merged = self._values(name, None)
        if self.packed:
            _apply_marks(grid, self.file, name)
        return grid, merged

    def _values(self, name: str, rows: int | None) -> tuple[Grid, list[Any]]:
        try:
            sheet = self._book.get_sheet_by_name(name)
            grid = clean_values(sheet.to_python(skip_empty_area=False, nrows=rows))
            merged = list(sheet.merged_cell_ranges or [])
        except (CalamineError, ValueError) as error:
            raise BadBook from error
        return grid, merged


def _apply_marks(grid: Grid, file: bytes, name: str) -> None:
    for (row, column), (kind, shown) in cell_marks(file, name).items():
        while row >= len(grid):
            grid.append([""] * (len(grid[0]) if grid else 0))
        line = grid[row]
        line.extend([""] * (column + 1 - len(line)))
        if kind in (FORMULA, ERROR):
            line[column] = UnreadValue(kind, shown)
        elif isinstance(line[column], int | float) and not isinstance(line[column], bool):
            line[column] = shown_number(line[column], shown)
    width = max((len(line) for line in grid), default=0)
    for line in grid:
        line.extend([""] * (width - len(line)))


def _csv(file: bytes) -> Grid:
    try:
        text = decoded(file)
    except Unreadable as unreadable:
        raise BadBook from unreadable
    sample = text[:SAMPLE]
    head = sample.partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda sign: (head.count(sign), sample.count(sign)))
    rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    width = max((len(row) for row in rows), default=0)
    if width < 2:  # noqa: PLR2004  one column is no table
        raise BadBook
    return clean_values([row + [""] * (width - len(row)) for row in rows])
