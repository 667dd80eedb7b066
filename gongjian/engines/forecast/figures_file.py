"""Reads a series from a .csv: two columns, a month and a figure, with the cells that could not be read."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from math import isfinite

from gongjian.engines.file_text.encodings import decoded
from gongjian.engines.forecast.months import Month, read_month
from gongjian.engines.forecast.vocabulary import MONTH_HEADS, SIGNS, UNKNOWN, VALUE_HEADS
from gongjian.engines.writing.signs import clean_text

LARGEST = 1e15  # beyond it a figure is a slip


@dataclass(frozen=True)
class UnreadCell:
    """A cell that is left out: its row and column in the file, counted from 1, what it says, and the `code` of why."""

    row: int
    column: int
    text: str
    code: str


@dataclass(frozen=True)
class FiguresFile:
    """The figures by month and the cells that were left out."""

    values: dict[Month, float]
    unread: tuple[UnreadCell, ...]


def read_figures(content: bytes) -> FiguresFile:
    """The series of a file in UTF-8 or GB18030, with a mark or without, divided by commas, semicolons or tabs.

    Columns are found by their headings (vocabulary.py), else the first is the month and the second the figure. A month that comes twice
    keeps its first figure. Raises file_text's Unreadable for what is no text.
    """
    rows = _rows(clean_text(decoded(content)))
    head = [_folded(cell) for cell in rows[0]] if rows else []
    month_at = next((n for n, cell in enumerate(head) if cell in MONTH_HEADS), None)
    value_at = next((n for n, cell in enumerate(head) if cell in VALUE_HEADS), None)
    columns = (month_at or 0, value_at if value_at is not None else (month_at or 0) + 1)
    values: dict[Month, float] = {}
    unread = []
    for number, row in enumerate(rows, 1):
        cells = [row[n].strip() if n < len(row) else "" for n in columns]
        if not any(cells) or (number == 1 and _is_head(cells)):
            continue
        bad = _take(values, cells)
        if bad:
            side, code = bad
            unread.append(UnreadCell(number, columns[side] + 1, cells[side], code))
    return FiguresFile(values, tuple(unread))


def _take(values: dict[Month, float], cells: list[str]) -> tuple[int, str] | None:
    try:
        month = read_month(cells[0])
    except ValueError:
        return 0, "no_month"
    if _folded(cells[1]) in UNKNOWN:
        return None
    try:
        value = float(_folded(cells[1]).replace(",", "").replace(" ", ""))
    except ValueError:
        return 1, "no_number"
    if not isfinite(value) or abs(value) > LARGEST:
        return 1, "no_number"
    if month in values:
        return 0, "twice"
    values[month] = value
    return None


def _is_head(cells: list[str]) -> bool:
    try:
        read_month(cells[0])
    except ValueError:
        return True
    return False


def _rows(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    divided_by = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=divided_by))


def _folded(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell.translate(SIGNS)).strip().lower()
