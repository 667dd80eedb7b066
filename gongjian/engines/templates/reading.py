"""Where records go in a blank workbook: the headings, the rows that wait, the total and signature lines below."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongjian.engines.tables.folding import bare, folded
from gongjian.engines.tables.heads import Head, HeadWords, fill_merged, find_head
from gongjian.engines.tables.opening import BadFile, Unopened, open_file
from gongjian.engines.tables.rows import is_total
from gongjian.engines.tables.vocabulary import words
from gongjian.engines.templates.vocabulary import DATED, EXAMPLE, SERIAL, UNWRITTEN
from gongjian.engines.trial.process import Reader, dies
from gongjian.engines.writing.signs import clean_text

MOST_ROWS, MOST_COLUMNS = 2000, 200  # of a blank workbook that are looked at
LEAST_FIELDS = 2  # headings that must be known before a sheet is a table to fill


def undated(heading: str) -> str:
    """A heading without the month or year it is about: 8月进展情况 and 9月进展情况 are the same."""
    return DATED.sub("", heading)


class NoTemplate(Exception):
    """No sheet of the file has headings that are known."""


@dataclass(frozen=True)
class TemplateSheet:
    """One table to fill: its sheet, its headings, and the rows (from 1) that wait for records; `last` < `first` where none does."""

    name: str
    head: Head
    first: int
    last: int
    spread: frozenset[int] = frozenset()  # columns (from 0) that only belong to the block of the one before

    @property
    def headings(self) -> list[str]:
        """The headings a record can be written under."""
        return [column.shown for column in self.head.columns if column.place not in self.spread]


@dataclass(frozen=True)
class Template:
    """A blank workbook: the file, its tables, and what is lost when it is written (`charts`)."""

    file: bytes
    sheets: tuple[TemplateSheet, ...]
    charts: bool = False

    @property
    def mark(self) -> str:
        """The same for every copy of the form, whatever its sheets are called: a digest of its headings."""
        heads = [[undated(heading) for heading in sheet.headings] for sheet in self.sheets]
        return hashlib.sha256(repr(heads).encode()).hexdigest()


def read_template(file: bytes, known: HeadWords) -> Template:
    """The tables of a blank .xlsx; raises BadFile for what is none or would cost too much, NoTemplate without a known head."""
    import openpyxl

    opened = open_file(file)
    del opened  # it was looked at for bombs, locks and references outside
    if dies(file, Reader.WORKBOOK):
        raise BadFile(Unopened.TOO_HARD)
    try:
        book = openpyxl.load_workbook(io.BytesIO(file))
    except Exception as error:
        raise NoTemplate from error
    found = [
        sheet for page in book.worksheets if page.sheet_state == "visible" if (sheet := _table(page, known))
    ]
    if not found:
        raise NoTemplate
    return Template(file, tuple(found), charts=any(page._charts for page in book.worksheets))


def grid_of(page: Any) -> list[list[Any]]:
    """The cells of a sheet, blank ones as ""."""
    rows = page.iter_rows(max_row=min(page.max_row, MOST_ROWS), max_col=min(page.max_column, MOST_COLUMNS))
    return [[_value(cell) for cell in row] for row in rows]


def _value(cell: Any) -> Any:
    value = "" if cell.value is None else cell.value
    return clean_text(value) if isinstance(value, str) else value


def _table(page: Any, known: HeadWords) -> TemplateSheet | None:
    grid = grid_of(page)
    if not grid or not grid[0]:
        return None
    merged = [
        ((b.min_row - 1, b.min_col - 1), (b.max_row - 1, b.max_col - 1)) for b in page.merged_cells.ranges
    ]
    whole = [list(row) for row in grid]
    fill_merged(whole, merged)
    head = find_head(whole, merged, known)
    if head is None or sum(bool(column.field) for column in head.columns) < LEAST_FIELDS:
        return None
    spread = frozenset(
        place
        for (_top, left), (bottom, right) in merged
        if bottom == head.last
        for place in range(left + 1, right + 1)
    )
    first, last = _waiting(grid, head)
    return TemplateSheet(page.title, head, first + 1, last + 1, spread)


def _waiting(grid: list[list[Any]], head: Head) -> tuple[int, int]:
    """The first and last row (from 0) that wait for records."""
    serials = {c.place for c in head.columns if bare(c.shown.rpartition("·")[2].partition("#")[0]) in SERIAL}
    first = head.last + 1
    while first < len(grid) and (_counts_columns(grid[first]) or _is_total_row(grid[first])):
        first += 1
    last = first - 1
    for number in range(first, len(grid)):
        if not _waits(grid[number], serials):
            break
        last = number
    else:
        return first, max(last, len(grid) - 1)
    return first, last


def _waits(row: Sequence[Any], serials: set[int]) -> bool:
    """Whether a row is blank but for its number, formulas, or an example."""
    filled = [(place, cell) for place, cell in enumerate(row) if folded(cell)]
    if _is_total_row(row):
        return False
    if any(isinstance(cell, str) and EXAMPLE.match(cell.strip()) for _place, cell in filled):
        return True
    return all(_is_formula(cell) or (place in serials and _is_number(cell)) for place, cell in filled)


def _is_formula(cell: Any) -> bool:
    return not isinstance(cell, int | float | date | datetime) and str(cell).startswith("=")


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) or folded(cell).strip(".").isdecimal() or folded(cell) in UNWRITTEN


def _is_total_row(row: Sequence[Any]) -> bool:
    texts = [folded(cell) for cell in row if folded(cell)]
    return any(is_total(text) for text in texts[:3] if not text.startswith("="))


def _counts_columns(row: Sequence[Any]) -> bool:
    """Whether a row only numbers the columns: 甲 乙 1 2 3."""
    texts = [folded(cell) for cell in row if folded(cell)]
    numbers = [text for text in texts if text.strip("()").isdecimal()]
    named = [text for text in texts if text in words()["columns"]]
    return len(texts) > 1 and len(numbers) + len(named) == len(texts)
