"""A styled ledger sheet: title, note, frozen headings, one row for each record, the number of rows at the end."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from gongjian.engines.sheets.vocabulary import TEXT_FONT, TITLE_FONT
from gongjian.engines.writing.signs import clean_line, clean_text

HEAD_ROW = 2
IN_MEMORY = 2_000  # rows up to which a workbook is put together in memory, without files on the way


@dataclass(frozen=True)
class SheetColumn:
    """One column: its heading and its width in characters."""

    head: str
    width: int


def write_sheet(
    *,
    title: str,
    note: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    number_in_words: Callable[[int], str],
    day_format: str = "yyyy-mm-dd",
) -> bytes:
    """The workbook as .xlsx; many rows are streamed to disk, so that any number of them can be written.

    `number_in_words` gives the sentence with the number of rows, written after the last one.
    """
    import xlsxwriter

    rows = iter(rows)
    first = list(islice(rows, IN_MEMORY + 1))
    way = "constant_memory" if len(first) > IN_MEMORY else "in_memory"
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {way: True, "default_date_format": day_format, "remove_timezone": True})
    page = book.add_worksheet(clean_line(title)[:31])
    styles = _styles(book, day_format)
    _set_up(page, columns)
    page.write(0, 0, title, styles["title"])
    page.write(1, 0, clean_text(note), styles["note"])
    for n, column in enumerate(columns):
        page.write(HEAD_ROW, n, column.head, styles["head"])
    last = HEAD_ROW
    for last, row in enumerate(chain(first, rows), HEAD_ROW + 1):
        for n, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(last, n, datetime(value.year, value.month, value.day), styles["date"])  # noqa: DTZ001  a day has no zone
            elif isinstance(value, int):
                page.write_number(last, n, value, styles["cell"])
            elif isinstance(value, Decimal):
                page.write_number(last, n, value, styles["money"])
            else:
                page.write_string(last, n, clean_text(str(value or "")), styles["cell"])
    page.write(last + 1, 0, number_in_words(last - HEAD_ROW), styles["note"])
    page.autofilter(HEAD_ROW, 0, max(last, HEAD_ROW), len(columns) - 1)
    book.close()
    return out.getvalue()


def _styles(book: Any, day_format: str) -> dict[str, Any]:
    frame = {
        "border": 1,
        "border_color": "#9aa5b1",
        "valign": "vcenter",
        "text_wrap": True,
        "font_name": TEXT_FONT,
        "font_size": 10,
    }
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "font_name": TITLE_FONT}),
        "note": book.add_format({"font_color": "#5b6770", "font_size": 10}),
        "head": book.add_format(frame | {"bold": True, "bg_color": "#e8edf3", "align": "center"}),
        "cell": book.add_format(frame),
        "money": book.add_format(frame | {"num_format": "#,##0.00"}),
        "date": book.add_format(frame | {"num_format": day_format, "align": "center"}),
    }


def _set_up(page: Any, columns: Sequence[SheetColumn]) -> None:
    for n, column in enumerate(columns):
        page.set_column(n, n, column.width)
    page.freeze_panes(HEAD_ROW + 1, 3)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_footer("&C&P / &N")
