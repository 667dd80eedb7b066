"""The clerk's own workbook with its errors: refused cells and questions in red with a comment, and a column 错误说明 at the end."""

import io
import zipfile
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from gongjian.engines.sheets.book import Book
from gongjian.engines.writing.signs import clean_text
from gongjian.ledgers.fact_import.checks import CellOutcome, CheckedCell, CheckedWorkbook

RED = PatternFill("solid", start_color="F8CBAD")
MOST_COMMENTS = 2000  # cells with a comment; the column at the end contains all reasons
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def without_formula(text: str) -> str:
    """The text, changed so that no spreadsheet reads it as a formula."""
    return "'" + text if text.startswith(FORMULA) else text


def workbook_with_errors(file: bytes, checked: CheckedWorkbook) -> bytes:
    """The workbook with its errors marked, as .xlsx; other formats come back as a plain copy of their values."""
    book = _open(file, checked.reading.sheet)
    page = book[checked.reading.sheet]
    marked = [line for line in checked.cells if line.outcome in (CellOutcome.REFUSED, CellOutcome.ASKS)]
    last = max(page.max_column, len(checked.reading.columns)) + 1
    head = page.cell(checked.reading.heading_rows[1] + 1, last)
    head.value, head.font = _("错误说明"), Font(bold=True)
    page.column_dimensions[head.column_letter].width = 60
    by_row: dict[int, list[CheckedCell]] = {}
    for n, line in enumerate(marked):
        by_row.setdefault(line.row, []).append(line)
        _mark_cell(page.cell(line.row + 1, line.column + 1), line, commented=n < MOST_COMMENTS)
    for row, lines in by_row.items():
        sentences = _("；").join(dict.fromkeys(": ".join(filter(None, (x.what, x.sentence))) for x in lines))
        cell = page.cell(row + 1, last)
        cell.value, cell.fill, cell.alignment = (
            without_formula(clean_text(sentences)),
            RED,
            Alignment(wrap_text=True, vertical="top"),
        )
        cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _mark_cell(cell: Cell | MergedCell, line: CheckedCell, *, commented: bool) -> None:
    if isinstance(cell, MergedCell):
        return
    cell.fill = RED
    if commented:
        cell.comment = Comment(clean_text(line.sentence), _("攻坚"), width=320, height=90)


def _open(file: bytes, sheet: str) -> Any:
    if zipfile.is_zipfile(io.BytesIO(file)):
        try:
            return openpyxl.load_workbook(io.BytesIO(file))
        except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError):
            pass  # an .ods, or a workbook only its own program reads
    return _copied_values(file, sheet)


def _copied_values(file: bytes, sheet: str) -> Any:
    """A new workbook with the values of a sheet."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = sheet[:31]
    rows, _merged = Book(file).grid(sheet)
    for n, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value != "":
                cell = page.cell(n, c, without_formula(value) if isinstance(value, str) else value)
                if isinstance(value, str):
                    cell.data_type = "s"
    return book
