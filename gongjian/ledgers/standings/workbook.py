"""Standings as a workbook (排名表): one row an area, its place, total, how sure, its points by item."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.sheet import ledger_sheet
from gongjian.standings.monthly.queries import AreaLine, MonthStandings
from gongjian.standings.states import Lens


def standings_workbook(found: MonthStandings, *, words: str, as_of: datetime) -> bytes:
    """One row an area; the values behind the points only of areas the reader may open."""
    items = found.standings.scheme.items
    names = [
        f"{found.indicators[item.key].label}·{Lens(item.lens.value).label} ({item.full.normalize():f})"
        for item in items
    ]
    heads = [
        SheetColumn(_("组别"), 12),
        SheetColumn(_("名次"), 8),
        SheetColumn(_("地区"), 14),
        SheetColumn(_("总分"), 10),
        SheetColumn(_("上月名次"), 10),
        SheetColumn(_("稳定性（九成把握的名次）"), 22),
        *(SheetColumn(name, 16) for name in names),
    ]
    title = _("%(scheme)s %(month)s") % {"scheme": str(found.scheme), "month": f"{found.month:%Y-%m}"}
    rows = (_row(line) for line in found.lines)
    return ledger_sheet(title=title, words=words, as_of=as_of, columns=heads, rows=rows)


def _row(line: AreaLine) -> list[Any]:
    sure, before = line.stability, line.change.before if line.change else None
    return [
        line.row.group,
        _or_blank(line.row.place),
        str(line.area),
        _or_blank(line.row.total),
        _or_blank(before),
        "" if sure is None else (f"{sure.low}" if sure.sure else f"{sure.low}-{sure.high}"),
        *(_or_blank(one.points if line.open else None) for one in line.row.lines),
    ]


def _or_blank(value: Any) -> Any:
    return "" if value is None else value
