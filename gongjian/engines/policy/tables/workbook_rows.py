"""The rows of a workbook of firms (工作簿): the first sheet, without blank rows, with what stands in cells that hold an error."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongjian.engines.policy.tables.bad_cells import BadTable
from gongjian.engines.policy.tables.error_cells import error_cells


def workbook_rows(path: Path) -> Iterator[tuple[str, int, list[Any]]]:
    """The rows that hold anything, each with the name of the sheet and its number. Raises BadTable."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except (python_calamine.CalamineError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise BadTable("unreadable", file=path.name) from error
    sheet = book.get_sheet_by_index(0)
    errors = error_cells(path)
    left = sheet.start[1] if sheet.start else 0  # columns before the first that holds anything
    for n, cells in enumerate(sheet.iter_rows(), start=1):
        row = list(cells)
        for place, value in errors.get(n, {}).items():
            if 0 <= place - left < len(row):
                row[place - left] = value
        if any(value not in ("", None) for value in row):
            yield sheet.name, n, row
