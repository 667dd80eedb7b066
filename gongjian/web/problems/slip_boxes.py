"""The tick boxes on the printed page of a slip, the same as in its Word file."""

from django.utils.translation import gettext as _

from gongjian.assignments.states import QUESTIONS, Outcome
from gongjian.problems.hand_over_slip import HandOverSlip
from gongjian.problems.states import Satisfaction


def boxes_of(slip: HandOverSlip) -> list[tuple[str, list[str]]]:
    """The label of each row, with the boxes to tick in it."""
    outcomes, satisfactions = (
        [str(label) for label in choices.labels] for choices in (Outcome, Satisfaction)
    )
    rows: list[tuple[str, list[str]]] = [(_("签收"), []), (_("异议"), [])]
    if slip.supporting_units:
        rows.append((_("协办意见"), []))
    rows += [
        (_("进展情况"), []),
        (_("延期"), [_("批准"), _("不予批准")]),
        (_("办理结果"), outcomes),
        (_("企业评价"), satisfactions),
        (_("核查意见"), [str(label) for label in QUESTIONS.values()]),
        (_("销号审批"), []),
    ]
    return rows
