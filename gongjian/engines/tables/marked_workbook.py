"""Somebody's own workbook with its errors marked: cells in red with a comment, and a column of reasons at the end of each sheet."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongjian.engines.sheets.book import Book
from gongjian.engines.writing.signs import clean_text

RED = "F8CBAD"
MOST_COMMENTS = 2000  # cells with a comment; the column at the end contains all reasons
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 60  # of the column of reasons, in characters


@dataclass(frozen=True)
class Mark:
    """One error: row and column from 0, the comment of the cell, and the sentence in the column of reasons."""

    row: int
    column: int
    comment: str
    reason: str


@dataclass(frozen=True)
class SheetMarks:
    """The errors of one sheet, and where its headings end and its columns."""

    sheet: str
    head: int
    width: int
    marks: Sequence[Mark]


def without_formula(text: str) -> str:
    """The text, changed so that no spreadsheet reads it as a formula."""
    return "'" + text if text.startswith(FORMULA) else text


def marked_workbook(file: bytes, sheets: Sequence[SheetMarks], *, heading: str, author: str) -> bytes:
    """The workbook with its errors marked, as .xlsx; other formats come back as a plain copy of the values of these sheets."""
    book = _open(file, [sheet.sheet for sheet in sheets])
    commented = 0
    for sheet in sheets:
        commented += _mark_sheet(
            book[_title(sheet.sheet, book)], sheet, heading, author, comments=MOST_COMMENTS - commented
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(name: str, book: Any) -> str:
    return name if name in book.sheetnames else name[:31]


def _mark_sheet(page: Any, sheet: SheetMarks, heading: str, author: str, *, comments: int) -> int:
    from openpyxl.styles import Alignment, Font, PatternFill

    red = PatternFill("solid", start_color=RED)
    last = max(page.max_column, sheet.width) + 1
    head = page.cell(sheet.head + 1, last)
    head.value, head.font = heading, Font(bold=True)
    page.column_dimensions[head.column_letter].width = WIDTH
    reasons: dict[int, list[str]] = {}
    for n, mark in enumerate(sheet.marks):
        reasons.setdefault(mark.row, []).append(mark.reason)
        _mark_cell(page.cell(mark.row + 1, mark.column + 1), mark, author, red, commented=n < comments)
    for row, sentences in reasons.items():
        cell = page.cell(row + 1, last)
        cell.value = without_formula(clean_text("；".join(dict.fromkeys(sentences))))
        cell.fill, cell.alignment = red, Alignment(wrap_text=True, vertical="top")
        cell.data_type = "s"
    return len(sheet.marks)


def _mark_cell(cell: Any, mark: Mark, author: str, red: Any, *, commented: bool) -> None:
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment

    if isinstance(cell, MergedCell):
        return
    cell.fill = red
    if commented and mark.comment:
        cell.comment = Comment(clean_text(mark.comment), author, width=320, height=90)


def _open(file: bytes, sheets: Sequence[str]) -> Any:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    if zipfile.is_zipfile(io.BytesIO(file)):
        try:
            return openpyxl.load_workbook(io.BytesIO(file))
        except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError):
            pass  # an .ods, or a workbook only its own program reads
    return _copied_values(file, sheets)


def _copied_values(file: bytes, sheets: Sequence[str]) -> Any:
    """A new workbook with the values of these sheets."""
    import openpyxl

    book, read = openpyxl.Workbook(), Book(file)
    book.remove(book.active)
    for name in sheets:
        page: Any = book.create_sheet(name[:31])
        for n, row in enumerate(read.grid(name)[0], 1):
            for c, value in enumerate(row, 1):
                if value != "":
                    cell = page.cell(
                        n,
                        c,
                        without_formula(value)
                        if isinstance(value, str)
                        else str(value)
                        if not isinstance(value, int | float)
                        else value,
                    )
                    if isinstance(cell.value, str):
                        cell.data_type = "s"
    return book
