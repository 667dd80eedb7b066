"""Workbooks as offices make them, for tests."""

import io
from typing import Any

import xlsxwriter


def book(
    *rows: list[Any], merged: tuple[tuple[int, int, int, int], ...] = (), sheet: str = "Sheet1"
) -> bytes:
    """Rows of values as an .xlsx; `merged`: first row, first column, last row, last column."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "nan_inf_to_errors": True}
    )
    page = made.add_worksheet(sheet)
    for n, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                page.write(n, c, value)
    for top, left, bottom, right in merged:
        page.merge_range(top, left, bottom, right, rows[top][left])
    made.close()
    return out.getvalue()
