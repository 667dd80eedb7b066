"""Writing records into a blank workbook as its maker would: more rows are put in where needed, and all below moves down."""

import copy
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongjian.engines.templates.reading import Template, TemplateSheet
from gongjian.engines.templates.references import moved
from gongjian.engines.templates.vocabulary import EXAMPLE
from gongjian.engines.writing.signs import clean_text

DAY = "yyyy-mm-dd"
GENERAL = "General"
WIDE_ENOUGH, USUAL_WIDTH = 11, 8.43  # characters of a column in which a day stands; of one that says nothing

Record = Mapping[str, Any]


def fill_template(template: Template, records: Callable[[str], Sequence[Record]]) -> bytes:
    """The workbook with the records of each sheet (`records(sheet)`: field -> value) under its headings, as .xlsx."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template.file))
    for sheet in template.sheets:
        page = book[sheet.name]
        listed = list(records(sheet.name))
        _make_room(book, page, sheet, len(listed))
        for number, record in enumerate(listed):
            _write(page, sheet, sheet.first + number, record)
        _clear_examples(page, sheet, len(listed))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _make_room(book: Any, page: Any, sheet: TemplateSheet, wanted: int) -> None:
    there = sheet.last - sheet.first + 1
    by = wanted - there
    if by <= 0:
        return
    model = sheet.last if there > 0 else sheet.head.last + 1
    width = max(page.max_column, 1)
    at = sheet.last + 1 if there > 0 else sheet.first
    if page.max_row >= at:
        _move_down(page, at, by, width)
    _move_around(book, page, at, by)
    for row in range(at, at + by):
        _like(page, model, row, width, bare=there <= 0)


def _move_down(page: Any, at: int, by: int, width: int) -> None:
    """Move every row from `at` on, with its height, and the merged blocks that begin there."""
    from openpyxl.utils import get_column_letter

    blocks = [block for block in page.merged_cells.ranges if block.min_row >= at]
    for block in blocks:
        page.merged_cells.remove(block)
    page.move_range(f"A{at}:{get_column_letter(width)}{page.max_row}", rows=by)
    for block in blocks:
        block.shift(row_shift=by)
        page.merged_cells.add(block)
    heights = {row: page.row_dimensions[row].height for row in list(page.row_dimensions) if row >= at}
    for row in heights:
        page.row_dimensions[row].height = None
    for row, height in heights.items():
        page.row_dimensions[row + by].height = height


def _move_around(book: Any, page: Any, at: int, by: int) -> None:
    """Formulas, validations, colours by condition, print area and filter follow the rows."""
    for other in book.worksheets:
        for cell in (cell for row in other.iter_rows() for cell in row):
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = moved(cell.value, at=at, by=by, own=other is page, sheet=page.title)
    for rule in page.data_validations.dataValidation:
        rule.sqref = type(rule.sqref)(_grown(str(rule.sqref), at, by))
    _move_conditions(page, at, by)
    if page.print_area:
        areas = page.print_area if isinstance(page.print_area, str) else ",".join(page.print_area)
        plain = areas.replace("$", "").rpartition("!")[2]
        page.print_area = moved(plain, at=at, by=by, own=True, sheet=page.title)
    if page.auto_filter.ref:
        page.auto_filter.ref = _grown(page.auto_filter.ref, at, by)


def _move_conditions(page: Any, at: int, by: int) -> None:
    conditions = page.conditional_formatting
    listed = [(str(one.sqref), rule) for one in conditions for rule in one.rules]
    page.conditional_formatting = type(conditions)()
    for where, rule in listed:
        page.conditional_formatting.add(_grown(where, at, by), rule)


def _grown(ranges: str, at: int, by: int) -> str:
    return " ".join(moved(one, at=at, by=by, own=True, sheet="") for one in ranges.split())


def _like(page: Any, model: int, row: int, width: int, *, bare: bool) -> None:
    """Give a new row the styles, height, merged blocks and formulas of its model; of a heading only the frame."""
    from openpyxl.formula.translate import Translator

    for place in range(1, width + 1):
        source, cell = page.cell(model, place), page.cell(row, place)
        if source.has_style:
            cell.border, cell.alignment = copy.copy(source.border), copy.copy(source.alignment)
            if not bare:
                cell._style = copy.copy(source._style)
        if not bare and source.data_type == "f" and isinstance(source.value, str):
            cell.value = Translator(source.value, source.coordinate).translate_formula(cell.coordinate)
    if bare:
        return
    page.row_dimensions[row].height = page.row_dimensions[model].height
    for block in [b for b in page.merged_cells.ranges if b.min_row == b.max_row == model]:
        page.merge_cells(start_row=row, end_row=row, start_column=block.min_col, end_column=block.max_col)


def _write(page: Any, sheet: TemplateSheet, row: int, record: Record) -> None:
    from openpyxl.cell import MergedCell

    for column in sheet.head.columns:
        if not column.field or column.place in sheet.spread:
            continue
        cell = page.cell(row, column.place + 1)
        if isinstance(cell, MergedCell) or cell.data_type == "f":
            continue  # the form counts this by itself
        _set(cell, record.get(column.field))


def _set(cell: Any, value: Any) -> None:
    if value is None or value == "":
        cell.value = None
        return
    if isinstance(value, datetime | date):
        as_text = cell.number_format == "@"
        cell.value = f"{value:%Y-%m-%d}" if as_text else value
        if cell.number_format == GENERAL:
            cell.number_format = DAY
        _fit(cell)
        return
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        cell.value = clean_text(str(value))
        cell.data_type = "s"  # a text that begins with = is a text
        return
    cell.value = value


def _fit(cell: Any) -> None:
    """A day in a narrow column is drawn smaller: the form keeps its widths, and #### tells nobody anything."""
    if _width(cell) < WIDE_ENOUGH:
        smaller = copy.copy(cell.alignment)
        smaller.wrap_text, smaller.shrink_to_fit = False, True
        cell.alignment = smaller


def _width(cell: Any) -> float:
    page = cell.parent
    listed = [one for one in page.column_dimensions.values() if one.min and one.min <= cell.column <= one.max]
    return float(listed[0].width if listed else page.sheet_format.defaultColWidth or USUAL_WIDTH)


def _clear_examples(page: Any, sheet: TemplateSheet, written: int) -> None:
    """An example that no record was written over goes."""
    from openpyxl.cell import MergedCell

    for row in range(sheet.first + written, sheet.last + 1):
        cells = [cell for cell in page[row] if not isinstance(cell, MergedCell)]
        if any(isinstance(cell.value, str) and EXAMPLE.match(cell.value.strip()) for cell in cells):
            for cell in cells:
                cell.value = None if cell.data_type != "f" else cell.value
