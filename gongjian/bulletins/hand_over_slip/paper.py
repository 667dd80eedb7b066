"""The hand-over slip (交办单) as a Word file; boxes that are filled in by hand are empty."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongjian.assignments.states import QUESTIONS, Outcome
from gongjian.audit.wording import day_in_words
from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import FormCell, FormRow, Forms, SlipForm
from gongjian.problems.hand_over_slip import HandOverSlip
from gongjian.problems.states import Satisfaction

WIDTHS = (26, 26, 26, 26, 26, 26)  # millimetres


def slip_paper(slip: HandOverSlip) -> bytes:
    """The .docx of a slip."""
    return word_file.render(form_of(slip))


def slips_paper(slips: Sequence[HandOverSlip], *, title: str) -> bytes:
    """The .docx of several slips, each on its own page."""
    return word_file.render(Forms(title, tuple(form_of(slip) for slip in slips)))


def form_of(slip: HandOverSlip) -> SlipForm:
    """The slip as rows of labels and values; its date is the day of the hand-over."""
    return SlipForm(
        title=_("企业问题交办单"),
        left=_("编号：%(number)s") % {"number": slip.number},
        right=_("问题编号：%(number)s") % {"number": slip.problem_number},
        on=slip.handed_over_on,
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
    points = _("；").join(f"{name}{_('：')}{day_in_words(on)}" for name, on in slip.checkpoints)
    return (
        _pair(_("企业名称"), slip.enterprise, _("所在地区"), slip.area),
        _pair(_("问题类别"), slip.category, _("问题来源"), slip.source),
        _wide(_("问题描述"), slip.text, 18),
        _pair(_("牵头单位"), slip.lead_unit, _("协办单位"), slip.supporting_units or _("无")),
        _pair(_("责任人"), slip.responsible_person, _("联系电话"), slip.phone),
        _pair(_("交办人"), slip.handed_over_by, _("交办时间"), slip.handed_over_at),
        _pair(_("办理时限"), day_in_words(slip.due_on), _("时限依据"), slip.basis),
        _wide(_("反馈节点"), points or _("无")),
        _wide(_("任务"), slip.task, 14),
        _wide(_("抄送"), slip.copied_to or _("无")),
        *((_wide(_("攻坚办代办"), slip.proxies),) if slip.proxies else ()),
    )


def _boxes(slip: HandOverSlip) -> tuple[FormRow, ...]:
    """Every box somebody may have to sign: the unit, those who support it, the firm, the office."""
    yes_or_no = _("□是□否")
    questions = "  ".join(f"{label}{yes_or_no}" for label in QUESTIONS.values())
    days = _("（签收前%(days)s个工作日内提出，裁定后不再改）") % {"days": slip.objection_days}
    sign = _("签字：                    年    月    日")
    outcomes, feedback = (
        "  ".join(f"□{label}" for label in choices.labels) for choices in (Outcome, Satisfaction)
    )
    return (
        _wide(_("签收"), sign, 8),
        _wide(_("异议"), f"{days}\n{sign}", 11),
        *((_wide(_("协办意见"), f"\n{sign}", 12),) if slip.supporting_units else ()),
        _wide(_("进展情况"), f"\n{sign}", 14),
        _wide(_("延期"), _("申请延至    年    月    日   □批准  □不予批准") + f"\n{sign}", 12),
        _wide(_("办理结果"), f"{outcomes}\n{sign}", 14),
        _wide(_("企业评价"), f"{feedback}\n{sign}", 14),
        _wide(_("核查意见"), f"{questions}\n{sign}", 16),
        _wide(_("销号审批"), sign, 9),
    )
