"""The ledger of payouts as a workbook (兑现台账)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.audit.wording import words
from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.policies.models import Payout
from gongjian.policies.wording import reason_in_words

CHUNK = 500
FIELDS = (
    *("serial", "status", "firm", "code", "area", "policy", "period", "applied_amount", "approved_amount"),
    *("applied_on", "approved_on", "paid_on", "returned_on", "reasons", "note"),
)


def payout_workbook(
    rows: QuerySet[Payout], *, words: str, as_of: datetime, telephones: Telephones = Telephones.HIDDEN
) -> bytes:
    """The workbook as .xlsx, one row for each payout with its reasons."""
    return ledger_sheet(
        title=_("兑现台账"),
        words=words,
        as_of=as_of,
        columns=payout_columns(),
        rows=payout_rows(rows),
        telephones=telephones,
    )


def payout_columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in the order of FIELDS."""
    heads = (
        (_("序号"), 6),
        (_("状态"), 10),
        (_("企业名称"), 34),
        (_("统一社会信用代码"), 22),
        (_("地区"), 14),
        (_("政策"), 36),
        (_("所属期"), 10),
        (_("申报金额（元）"), 16),
        (_("核准金额（元）"), 16),
        (_("申报日期"), 12),
        (_("核准日期"), 12),
        (_("拨付日期"), 12),
        (_("退回日期"), 12),
        (_("符合理由"), 50),
        (_("说明"), 30),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def payout_rows(rows: QuerySet[Payout]) -> Iterator[list[Any]]:
    """One row a payout, in the order of FIELDS."""
    for n, row in enumerate(rows.iterator(chunk_size=CHUNK), 1):
        firm = row.enterprise
        yield [
            n,
            row.get_state_display(),
            firm.name,
            firm.credit_code or "",
            str(firm.area),
            row.version.policy.title,
            row.period,
            row.applied_amount,
            "" if row.approved_amount is None else row.approved_amount,
            row.applied_on,
            row.approved_on or "",
            row.paid_on or "",
            row.returned_on or "",
            _("；").join(reason_in_words(why) for why in row.reasons),
            words(row.note),
        ]
