"""Figures as workbooks (指标数据表): the matrix of a month, and one indicator by area and month."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import Matrix, MonthLine
from gongjian.ledgers.sheet import ledger_sheet


def _cell(value: Decimal | None) -> Any:
    return "" if value is None else value


def matrix_workbook(table: Matrix, *, words: str, as_of: datetime) -> bytes:
    """One row an area, one column an indicator."""
    columns = [
        SheetColumn(_("地区"), 14),
        *(SheetColumn(one.with_unit, 14) for one in table.indicators),
    ]
    title = _("各地指标 %(month)s") % {"month": f"{table.month:%Y-%m}"}
    rows = ([str(area), *(_cell(cell.value) for cell in cells)] for area, cells in table.rows)
    return ledger_sheet(title=title, words=words, as_of=as_of, columns=columns, rows=rows)


def indicator_workbook(
    indicator: Indicator, lines: Iterable[MonthLine], *, words: str, as_of: datetime
) -> bytes:
    """One row an area and month, reported and official side by side."""
    heads = (
        (_("地区"), 14),
        (_("月份"), 10),
        (_("调度数"), 14),
        (_("统计数"), 14),
        (_("调度数减统计数"), 14),
        (_("本年累计"), 14),
        (_("同比"), 10),
    )
    rows = (
        [
            str(line.area),
            f"{line.month:%Y-%m}",
            *(_cell(v) for v in (line.reported, line.official, line.gap, line.so_far, line.change)),
        ]
        for line in lines
    )
    columns = [SheetColumn(str(head), width) for head, width in heads]
    return ledger_sheet(title=indicator.with_unit, words=words, as_of=as_of, columns=columns, rows=rows)
