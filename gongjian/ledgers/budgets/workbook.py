"""What a version of a policy would cost (政策预算), as a workbook."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.sheet import ledger_sheet
from gongjian.policies.budget.summary import Budget, BudgetLine
from gongjian.policies.models import PolicyVersion
from gongjian.policies.states import PayoutState
from gongjian.policies.verdicts.wording import period_in_words


def budget_workbook(version: PolicyVersion, budget: Budget | None, *, as_of: datetime) -> bytes:
    """All three tables below one another, as .xlsx; no rows when the rule cannot be read."""
    heads = (
        (_("分类"), 14),
        (_("项目"), 34),
        (_("符合（家）"), 12),
        (_("缺数据（家）"), 12),
        (_("已登记（元）"), 18),
        (_("预计确定（元）"), 18),
        (_("预计最多（元）"), 18),
        (_("算不出上限（家）"), 14),
    )
    columns = [SheetColumn(head, width) for head, width in heads]
    words = _("%(policy)s 第%(number)s版") % {"policy": version.policy.title, "number": version.number}
    if budget is not None and budget.ceiling is not None:
        words += " · " + _("预算上限 %(amount)s 元") % {"amount": f"{budget.ceiling:,.2f}"}
    rows = [] if budget is None else _rows(budget)
    return ledger_sheet(title=_("政策预算"), words=words, as_of=as_of, columns=columns, rows=rows)


def _rows(budget: Budget) -> Iterator[list[Any]]:
    total = budget.total
    yield [
        _("合计"),
        budget.period,
        total.meets,
        total.unknown,
        budget.booked,
        total.certain,
        total.possible,
        total.open_ended,
    ]
    for head, lines in ((_("乡镇"), budget.areas), (_("企业规模"), budget.sizes)):
        for line in lines:
            yield _row(head, line)
    for quarter in budget.quarters:
        paid = sum(quarter.booked[state] for state in PayoutState if state in quarter.booked)
        yield [
            _("兑现季度"),
            period_in_words(quarter.mark),
            "",
            "",
            paid,
            quarter.certain,
            quarter.possible,
            "",
        ]


def _row(head: str, line: BudgetLine) -> list[Any]:
    return [head, str(line.label), line.meets, line.unknown, "", line.certain, line.possible, line.open_ended]
