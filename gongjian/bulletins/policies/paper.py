"""Policies on paper: the card for the next visit of a firm, the list for payment."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.audit.wording import day_in_words
from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import FormCell, FormRow, SlipForm
from gongjian.enterprises.models import Enterprise
from gongjian.policies.models import Payout
from gongjian.policies.verdicts.answers import FirmSheet, FirmVerdict
from gongjian.policies.verdicts.wording import fact_in_words
from gongjian.policies.wording import reason_in_words

WIDTHS = (26, 26, 26, 26, 26, 26)  # millimetres
LIST_WIDTHS = (12, 52, 36, 22, 34)


def _yuan(amount: Decimal | None) -> str:
    return "—" if amount is None else _("%(amount)s元") % {"amount": f"{amount:,.2f}"}


def _wide(label: str, value: str, height: int = 9) -> FormRow:
    return FormRow((FormCell(label, 1, label=True), FormCell(value, 5)), height)


def _of(verdict: FirmVerdict) -> str:
    return _("（%(policy)s）") % {"policy": verdict.policy.title}


def card_paper(firm: Enterprise, sheet: FirmSheet, *, on: date) -> bytes:
    """The policy card (走访政策卡) of a firm as .docx; only rules checked against their documents."""
    rows = [
        FormRow(
            (
                FormCell(_("确定可得"), 1, label=True),
                FormCell(_yuan(sheet.certain), 2),
                FormCell(_("还可能"), 1, label=True),
                FormCell(_yuan(sheet.undecided), 2),
            )
        )
    ]
    for verdict in sheet.meets:
        until = _("，最迟%(day)s") % {"day": day_in_words(verdict.last_day)} if verdict.last_day else ""
        sentence = _("%(policy)s：%(amount)s（%(delivery)s%(until)s）") % {
            "policy": verdict.policy.title,
            "amount": _yuan(verdict.certain),
            "delivery": verdict.policy.delivery_label,
            "until": until,
        }
        rows.append(_wide(_("可以享受"), sentence))
    for verdict in sheet.near:
        sentence = _("；").join(line.sentence for line in verdict.near)
        rows.append(_wide(_("差一点"), f"{sentence}{_of(verdict)}"))
    for verdict in sheet.unknown:
        wanted = "  ".join(f"□{fact_in_words(fact)}" for fact in verdict.missing)
        rows.append(_wide(_("请带回数据"), f"{wanted}\n{_of(verdict).lstrip()}"))
    rows.append(_wide(_("企业的话"), "", 30))
    return word_file.render(
        SlipForm(
            title=_("走访政策卡"),
            left=firm.name,
            right=day_in_words(on),
            on=on,
            widths=WIDTHS,
            rows=tuple(rows),
            notes=(_("只列规则已对照文件原文核对的政策；金额按现有数据计算，以主管部门核定为准。"),),
        )
    )


def payment_paper(rows: Iterable[Payout], *, on: date) -> bytes:
    """The list for payment (拨付名单) as .docx: firm, amount, state and reasons."""
    lines, total = [], Decimal(0)
    for n, row in enumerate(rows, 1):
        amount = row.approved_amount if row.approved_amount is not None else row.applied_amount
        total += amount
        reasons = _("；").join(reason_in_words(why) for why in row.reasons) or row.note or "—"
        cells = (str(n), row.enterprise.name, f"{amount:,.2f}", str(row.get_state_display()), reasons)
        lines.append(FormRow(tuple(FormCell(text) for text in cells)))
    heads = (_("序号"), _("企业名称"), _("金额（元）"), _("状态"), _("符合理由"))
    head = FormRow(tuple(FormCell(text, label=True) for text in heads))
    foot = FormRow((FormCell(_("合计"), 2, label=True), FormCell(f"{total:,.2f}", 3)))
    return word_file.render(
        SlipForm(
            title=_("惠企资金拨付名单"),
            left=_("共%(payments)s笔") % {"payments": len(lines)},
            right=day_in_words(on),
            on=on,
            widths=LIST_WIDTHS,
            rows=(head, *lines, foot),
            notes=(_("经办人：                审核人：                负责人："),),
        )
    )
