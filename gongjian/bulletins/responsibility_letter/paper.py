"""The letter of responsibility (责任书): every target an area or a unit holds in a year, and where both sides sign."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.audit.wording import words
from gongjian.campaigns.models import Target
from gongjian.campaigns.states import Horizon, TargetState
from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import FormCell, FormRow, SlipForm

WIDTHS = (34, 34, 18, 18, 18, 18, 18)  # millimetres
SPANS = (Horizon.JAN_FEB, Horizon.Q1, Horizon.HALF, Horizon.THREE_QUARTERS, Horizon.FULL_YEAR)


def letter_paper(holder: str, targets: Sequence[Target], *, above: str, on: date) -> bytes:
    """The .docx of the letter of a holder. Only what was agreed binds; what is still under way is marked."""
    year = targets[0].year if targets else on.year
    form = SlipForm(
        title=_("%(year)s年目标责任书") % {"year": year},
        left=_("承接：%(holder)s") % {"holder": holder},
        right=_("下达：%(above)s") % {"above": above},
        on=on,
        widths=WIDTHS,
        rows=(_head(), *_lines(targets), *_signatures(above, holder)),
        notes=(_("带 * 的还在协商，双方认可后生效。"),) if _waiting(targets) else (),
    )
    return word_file.render(form)


def _head() -> FormRow:
    labels = [_("攻坚战"), _("指标"), *(str(span.label) for span in SPANS)]
    return FormRow(tuple(FormCell(label, 1, label=True) for label in labels))


def _waiting(targets: Sequence[Target]) -> bool:
    return any(_mark(target) for target in targets)


def _mark(target: Target) -> str:
    return "" if target.state in (TargetState.AGREED, TargetState.SIGNED) else "*"


def _lines(targets: Sequence[Target]) -> list[FormRow]:
    """One line a battle and indicator, its spans side by side."""
    lines: dict[tuple[int, int], dict[str, Target]] = {}
    for target in targets:
        lines.setdefault((target.battle_id, target.indicator_id), {})[target.horizon] = target
    rows = []
    for spans in lines.values():
        first = next(iter(spans.values()))
        one = first.indicator
        cells = [
            FormCell(first.battle.name),
            FormCell(_("%(name)s（%(unit)s）") % {"name": one.label, "unit": words(one.unit)}),
        ]
        for span in SPANS:
            found = spans.get(span)
            cells.append(FormCell(f"{found.value.normalize():f}{_mark(found)}" if found else "—"))
        rows.append(FormRow(tuple(cells)))
    return rows


def _signatures(above: str, holder: str) -> tuple[FormRow, ...]:
    sign = _("签字：                    年    月    日")
    return tuple(
        FormRow((FormCell(f"{label}\n{name}", 2, label=True), FormCell(f"\n{sign}", 5)), 18)
        for label, name in ((_("下达方"), above), (_("承接方"), holder))
    )
