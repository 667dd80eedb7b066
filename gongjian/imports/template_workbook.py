"""The blank ledger of a kind, to be filled in: its headings, and one row that shows how."""

import io
from typing import Any

from django.utils.translation import gettext as _

from gongjian.imports.reading.fields import FIELDS
from gongjian.imports.states import ImportKind


def template_workbook(kind: ImportKind | str) -> bytes:
    """The workbook as .xlsx; what a row needs is bold, numbers and codes are text so that nothing is cut."""
    import xlsxwriter

    kind, out = ImportKind(kind), io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(str(kind.label)[:31])
    plain = {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center", "bg_color": "#e8edf3"}
    styles: dict[bool, Any] = {needed: book.add_format(plain | {"bold": needed}) for needed in (True, False)}
    text = book.add_format({"num_format": "@"})
    for n, field in enumerate(FIELDS[kind]):
        mark = _("（必填）") if field.required else ""
        page.write(0, n, f"{field.label}{mark}", styles[field.required])
        page.set_column(n, n, field.width, text)
    page.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
