"""The burden ledger (减负账) as a workbook, one row for each asking."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.audit.wording import worded
from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.enterprises.models import Asking
from gongjian.ledgers.sheet import ledger_sheet


def burden_workbook(rows: QuerySet[Asking], *, words: str, as_of: datetime) -> bytes:
    """Who was asked what by which body, with the estimated minutes, as .xlsx."""
    heads = (
        (_("问询日期"), 12),
        (_("谁问的"), 26),
        (_("问询类型"), 12),
        (_("问什么"), 40),
        (_("被问企业"), 28),
        (_("被问单位"), 24),
        (_("问题数"), 8),
        (_("已有答案"), 8),
        (_("估计用时（分钟）"), 12),
        (_("再问的理由"), 30),
    )
    lines = (
        [
            a.on,
            a.asked_by,
            a.get_kind_display(),
            worded(a.what),
            a.enterprise.name if a.enterprise else "",
            a.unit.name if a.unit else "",
            a.questions,
            a.prefilled,
            a.minutes,
            a.reason,
        ]
        for a in rows.select_related("enterprise", "unit").iterator(chunk_size=1000)
    )
    return ledger_sheet(
        title=_("减负账"),
        words=words,
        as_of=as_of,
        columns=[SheetColumn(*head) for head in heads],
        rows=lines,
    )
