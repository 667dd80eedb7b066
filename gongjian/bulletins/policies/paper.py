"""Policies on paper: the card for the next visit of a firm, the list for payment."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import FormCell, FormRow, SlipForm
from gongjian.enterprises.models import Enterprise
from gongjian.policies.models import Payout
from gongjian.policies.verdicts.answers import FirmSheet
from gongjian.policies.verdicts.wording import fact_in_words

WIDTHS = (26, 26, 26, 26, 26, 26)  # millimetres
LIST_WIDTHS = (12, 52, 36, 22, 34)
LIST_HEADS = ("序号", "企业名称", "金额（元）", "状态", "符合理由")


def _yuan(amount: Decimal | None) -> str:
    return "—" if amount is None else f"{amount:,.2f}元"


def _wide(label: str, value: str, height: int = 9) -> FormRow:
    return FormRow((FormCell(label, 1, label=True), FormCell(value, 5)), height)


def card_paper(firm: Enterprise, sheet: FirmSheet, *, on: date) -> bytes:
    """The policy card (走访政策卡) of a firm as .docx; only rules checked against their documents."""
    rows = [
        FormRow(
            (
                FormCell("确定可得", 1, label=True),
                FormCell(_yuan(sheet.certain), 2),
                FormCell("还可能", 1, label=True),
                FormCell(_yuan(sheet.undecided), 2),
            )
        )
    ]
    for verdict in sheet.meets:
        until = f"，最迟{verdict.last_day:%Y-%m-%d}" if verdict.last_day else ""
        sentence = (
            f"{verdict.policy.name}：{_yuan(verdict.certain)}（{verdict.policy.delivery_label}{until}）"
        )
        rows.append(_wide("可以享受", sentence))
    for verdict in sheet.near:
        sentence = "；".join(line.sentence for line in verdict.near)
        rows.append(_wide("差一点", f"{sentence}（{verdict.policy.name}）"))
    for verdict in sheet.unknown:
        wanted = "  ".join(f"□{fact_in_words(fact)}" for fact in verdict.missing)
        rows.append(_wide("请带回数据", f"{wanted}\n（{verdict.policy.name}）"))
    rows.append(_wide("企业的话", "", 30))
    return word_file.render(
        SlipForm(
            title="走访政策卡",
            left=firm.name,
            right=f"{on:%Y-%m-%d}",
            on=on,
            widths=WIDTHS,
            rows=tuple(rows),
            notes=("只列规则已对照文件原文核对的政策；金额按现有数据计算，以主管部门核定为准。",),
        )
    )


def payment_paper(rows: Iterable[Payout], *, on: date) -> bytes:
    """The list for payment (拨付名单) as .docx: firm, amount, state and reasons."""
    lines, total = [], Decimal(0)
    for n, row in enumerate(rows, 1):
        amount = row.approved_amount if row.approved_amount is not None else row.applied_amount
        total += amount
        reasons = "；".join(row.reasons) or row.note or "—"
        cells = (str(n), row.enterprise.name, f"{amount:,.2f}", row.get_state_display(), reasons)
        lines.append(FormRow(tuple(FormCell(text) for text in cells)))
    head = FormRow(tuple(FormCell(text, label=True) for text in LIST_HEADS))
    foot = FormRow((FormCell("合计", 2, label=True), FormCell(f"{total:,.2f}", 3)))
    return word_file.render(
        SlipForm(
            title="惠企资金拨付名单",
            left=f"共{len(lines)}笔",
            right=f"{on:%Y-%m-%d}",
            on=on,
            widths=LIST_WIDTHS,
            rows=(head, *lines, foot),
            notes=("经办人：                审核人：                负责人：",),
        )
    )
