"""Complaints as a workbook (投诉建议台账). Those without a name stay without one."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.complaints.queries import ComplaintRow
from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.sheet import ledger_sheet


def complaint_workbook(lines: Iterable[ComplaintRow], *, words: str, as_of: datetime) -> bytes:
    """The workbook as .xlsx, one row for each complaint."""
    heads = (
        (_("编号"), 14),
        (_("收到日期"), 12),
        (_("投诉类型"), 16),
        (_("内容"), 50),
        (_("涉及单位"), 18),
        (_("地区"), 12),
        (_("答复时限"), 12),
        (_("状态"), 12),
        (_("答复结论"), 12),
        (_("答复"), 50),
        (_("答复日期"), 12),
    )
    rows = (
        [
            c.number,
            c.made_on,
            c.get_kind_display(),
            c.text,
            str(c.about_unit or ""),
            c.area.name,
            c.due_on,
            str(line.status.label),
            c.get_outcome_display(),
            c.answer,
            c.answered_on or "",
        ]
        for line in lines
        for c in [line.complaint]
    )
    return ledger_sheet(
        title=_("投诉建议台账"),
        words=words,
        as_of=as_of,
        columns=[SheetColumn(*head) for head in heads],
        rows=rows,
    )
