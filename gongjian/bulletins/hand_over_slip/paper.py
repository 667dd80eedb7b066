"""The hand-over slip (交办单) as a Word file; boxes that are filled in by hand are empty."""

from collections.abc import Sequence
from datetime import date

from gongjian.assignments.states import QUESTIONS
from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import FormCell, FormRow, Forms, SlipForm
from gongjian.problems.hand_over_slip import HandOverSlip

WIDTHS = (26, 26, 26, 26, 26, 26)  # millimetres
SIGN = "签字：                    年    月    日"


def slip_paper(slip: HandOverSlip) -> bytes:
    """The .docx of a slip."""
    return word_file.render(form_of(slip))


def slips_paper(slips: Sequence[HandOverSlip], *, title: str) -> bytes:
    """The .docx of several slips, each on its own page."""
    return word_file.render(Forms(title, tuple(form_of(slip) for slip in slips)))


def form_of(slip: HandOverSlip) -> SlipForm:
    """The slip as rows of labels and values; its date is the day of the hand-over."""
    return SlipForm(
        title="企业问题交办单",
        left=f"编号：{slip.number}",
        right=f"问题编号：{slip.problem_number}",
        on=date.fromisoformat(slip.handed_over_at[:10]),
        widths=WIDTHS,
        rows=(*facts_of(slip), *_boxes(slip)),
    )


def _pair(label: str, text: str, other_label: str, other_text: str) -> FormRow:
    return FormRow(
        (
            FormCell(label, 1, label=True),
            FormCell(text, 2),
            FormCell(other_label, 1, label=True),
            FormCell(other_text, 2),
        )
    )


def _wide(label: str, value: str, height: int = 9) -> FormRow:
    return FormRow((FormCell(label, 1, label=True), FormCell(value, 5)), height)


def facts_of(slip: HandOverSlip) -> tuple[FormRow, ...]:
    """What the slip says, each value behind its label."""
    points = "；".join(f"{name}：{on:%Y-%m-%d}" for name, on in slip.checkpoints)
    return (
        _pair("企业名称", slip.enterprise, "所在地区", slip.area),
        _pair("问题类别", slip.category, "问题来源", slip.source),
        _wide("问题描述", slip.text, 18),
        _pair("牵头单位", slip.lead_unit, "协办单位", slip.supporting_units or "无"),
        _pair("责任人", slip.responsible_person, "联系电话", slip.phone),
        _pair("交办人", slip.handed_over_by, "交办时间", slip.handed_over_at),
        _pair("办理时限", f"{slip.due_on:%Y-%m-%d}", "时限依据", slip.basis),
        _wide("反馈节点", points or "无"),
        _wide("任务", slip.task, 14),
        _wide("抄送", slip.copied_to or "无"),
        *((_wide("攻坚办代办", slip.proxies),) if slip.proxies else ()),
    )


def _boxes(slip: HandOverSlip) -> tuple[FormRow, ...]:
    """Every box somebody may have to sign: the unit, those who support it, the firm, the office."""
    questions = "  ".join(f"{label}□是□否" for label in QUESTIONS.values())
    days = f"签收前{slip.objection_days}个工作日内提出，裁定后不再改"
    return (
        _wide("签收", SIGN, 8),
        _wide("异议", f"（{days}）\n{SIGN}", 11),
        *((_wide("协办意见", f"\n{SIGN}", 12),) if slip.supporting_units else ()),
        _wide("进展情况", f"\n{SIGN}", 14),
        _wide("延期", f"申请延至    年    月    日   □批准  □不予批准\n{SIGN}", 12),
        _wide("办理结果", f"□已解决  □解释说明  □暂缓解决\n{SIGN}", 14),
        _wide("企业评价", f"□满意  □基本满意  □不满意\n{SIGN}", 14),
        _wide("核查意见", f"{questions}\n{SIGN}", 16),
        _wide("销号审批", SIGN, 9),
    )
