"""Cells that hold something other than a plain value: formulas without one, errors, codes cut by Excel, dates as headings."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.sheets.book import UnreadValue
from gongjian.engines.tables.heads import column_name

EXACT = 15  # digits that Excel keeps of a number
CODE = 18  # characters of a credit code


def why_unread(value: UnreadValue, column: int) -> str:
    """Why a cell that holds something is not read, and what to do."""
    if value.why == "error":
        return _("%(column)s 列的公式出错（%(shown)s）。请改正后再上传，未知请留空") % {
            "column": column_name(column),
            "shown": value.shown,
        }
    return _(
        "%(column)s 列是公式，文件里没有存下结果。请用 Excel 或 WPS 打开，重算并保存后再上传，或粘贴为数值"
    ) % {"column": column_name(column)}


def is_cut_code(cell: Any) -> bool:
    """Whether the cell holds a code as a number too long for Excel, which has turned its last digits into zeros."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**EXACT


def why_cut(cell: Any) -> str:
    """What Excel did to the code, and what to do."""
    return _(
        "统一社会信用代码 %(code)s 存成了数字，Excel 只保留 15 位，后几位变成了 0。请把这一列的格式设为“文本”，重新填写代码"
    ) % {"code": int(cell)}


def heading_text(cell: Any) -> str:
    """A cell of the headings as text; a real date stands for its month."""
    return f"{cell:%Y-%m}" if isinstance(cell, date) else str(cell)
