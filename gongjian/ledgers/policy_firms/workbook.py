"""The firms of one policy as a workbook: verdict, amounts, missing facts, and how far from qualifying."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.enterprises.models import Enterprise
from gongjian.ledgers.sheet import ledger_sheet
from gongjian.policies.models import Policy
from gongjian.policies.verdicts.answers import FirmRow, FirmVerdict
from gongjian.policies.verdicts.wording import fact_in_words
from gongjian.policies.wording import policy_text

FirmEntry = tuple[Enterprise, FirmRow, FirmVerdict]


def policy_firms_workbook(
    policy: Policy, firms: Iterable[FirmEntry], *, words: str, as_of: datetime
) -> bytes:
    """The workbook as .xlsx, one row for each firm."""
    heads = (
        (_("序号"), 6),
        (_("结论"), 10),
        (_("企业名称"), 34),
        (_("统一社会信用代码"), 22),
        (_("地区"), 14),
        (_("确定金额（元）"), 16),
        (_("可能金额（元）"), 16),
        (_("差在哪里"), 50),
        (_("缺的数据"), 34),
        (_("办理截止"), 12),
        (_("规则"), 10),
    )
    columns = [SheetColumn(head, width) for head, width in heads]
    title = _("政策企业名单")
    return ledger_sheet(
        title=title,
        words=f"{policy.title} {words}".strip(),
        as_of=as_of,
        columns=columns,
        rows=_rows(firms),
    )


def _rows(firms: Iterable[FirmEntry]) -> Iterator[list[Any]]:
    for n, (firm, row, verdict) in enumerate(firms, 1):
        near = _("；").join(line.sentence for line in verdict.near)
        yield [
            n,
            str(row.grade.label),
            firm.name,
            firm.credit_code or "",
            str(firm.area),
            row.certain,
            "" if row.possible is None else row.possible,
            near or policy_text(verdict.first_failed),
            _("、").join(fact_in_words(fact) for fact in verdict.missing),
            verdict.last_day or "",
            _("已核对") if verdict.confirmed else _("待核对"),
        ]
