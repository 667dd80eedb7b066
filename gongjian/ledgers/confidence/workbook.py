"""The results of a round of the confidence survey (信心调查结果): all firms, sectors and areas, a row each."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.indicators.confidence.queries import ResultLine, Round
from gongjian.indicators.states import GroupKind
from gongjian.ledgers.sheet import ledger_sheet


def confidence_workbook(one: Round, *, words: str, as_of: datetime) -> bytes:
    """One row a group; a group that may not be shown has none."""
    heads = (
        (_("分组"), 12),
        (_("名称"), 20),
        (_("调查企业数"), 12),
        (_("回答企业数"), 12),
        (_("回答率（%）"), 12),
        (_("信心指数"), 12),
        (_("区间下限"), 12),
        (_("区间上限"), 12),
        (_("比上次"), 10),
        (_("即期指数"), 12),
        (_("预期指数"), 12),
        (_("景气区间"), 14),
    )
    return ledger_sheet(
        title=_("信心调查结果"),
        words=words,
        as_of=as_of,
        columns=[SheetColumn(str(head), width) for head, width in heads],
        rows=_rows(one),
    )


def _rows(one: Round) -> Iterator[list[Any]]:
    for kind in GroupKind:
        for line in one.of(kind):
            yield [str(kind.label), name_of(line), line.row.asked, line.row.answered, *_values(line)]


def name_of(line: ResultLine) -> str:
    """What a group is called; those too small to stand alone are told together."""
    if line.row.kind == GroupKind.ALL:
        return _("全部企业")
    return line.row.name or _("其他（合并）")


def _values(line: ResultLine) -> list[Any]:
    row, change = line.row, "" if line.change is None else line.change
    return [
        row.rate,
        row.index,
        row.low,
        row.high,
        change,
        row.now_index,
        row.expected_index,
        row.band_label,
    ]
