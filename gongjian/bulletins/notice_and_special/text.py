"""The notice and the special report: generated parts with their numbers, and places for what only a person can write."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit.wording import day_in_text, short_day_in_words
from gongjian.bulletins.weekly_brief import text as brief
from gongjian.bulletins.weekly_brief.numbers import BriefScope, measured
from gongjian.bulletins.weekly_brief.text import Block, BriefNumbers
from gongjian.bulletins.wording import sentence
from gongjian.people.models import Unit

LISTED = 15  # open matters that a special report names
Text = tuple[list[Block], list[dict[str, Any]]]


def write_notice_text(scope: BriefScope) -> Text:
    """The blocks of a notice and its numbers: how all areas and units stand, what is late, what is asked of them."""
    numbers = BriefNumbers(scope)
    blocks = [
        *brief.overview(numbers),
        *brief.progress(numbers),
        *brief.areas_table(numbers),
        *brief.units_table(numbers),
        *brief.red_list(numbers),
        brief.heading(_("有关要求")),
        brief.paragraph(
            _(
                "请各牵头单位对超期未办的问题逐个明确完成时限和责任人，抓紧办理；企业不满意的，重新研究后再答复。"
            )
        ),
        place_to_write("demands"),
    ]
    return blocks, numbers.numbers


def write_special_text(scope: BriefScope, unit: Unit | None) -> Text:
    """The blocks of a special report on the matters of one lead unit, or of the whole area, and its numbers."""
    numbers = BriefNumbers(scope)
    blocks = [
        *_facts(numbers, unit),
        *_open_matters(numbers, unit),
        *brief.red_list(numbers, unit=unit),
        *brief.results(numbers, unit=unit),
        brief.heading(_("存在的困难")),
        place_to_write("difficulties"),
        brief.heading(_("工作建议")),
        place_to_write("advice"),
    ]
    return blocks, numbers.numbers


def place_to_write(hint: str) -> Block:
    """An empty paragraph that stays in the outline until somebody writes it; a heading above nothing is not printed."""
    return {"kind": "paragraph", "runs": [], "hint": hint}


def _facts(numbers: BriefNumbers, unit: Unit | None) -> list[Block]:
    n, scope = partial(numbers.count, unit=unit), numbers.scope
    message = (
        _(
            "%(span)s，%(who)s牵头办理企业问题%(given)s个，其中现场交办%(spot)s个；办结%(resolved)s个，经企业评价销号%(closed)s个。"
        )
        if unit
        else _(
            "%(span)s，%(who)s交办企业问题%(given)s个，其中现场交办%(spot)s个；办结%(resolved)s个，经企业评价销号%(closed)s个。"
        )
    )
    return [
        brief.heading(_("基本情况")),
        brief.paragraph(
            *sentence(
                message,
                span=brief.span(scope),
                who=(unit or scope.area).name,
                given=n("handed_over"),
                spot=n("on_the_spot"),
                resolved=n("resolved"),
                closed=n("closed"),
            )
        ),
        brief.paragraph(
            *sentence(
                _(
                    "截至%(day)s，尚未销号的问题%(open)s个，其中红灯%(red)s个，深红灯%(dark_red)s个，挂账%(on_hold)s个。"
                ),
                day=day_in_text(scope.today, scope.today),
                **{key: n(key) for key in ("open", "red", "dark_red", "on_hold")},
            )
        ),
    ]


def _open_matters(numbers: BriefNumbers, unit: Unit | None) -> list[Block]:
    """The matters that are still open, those due first named."""
    rows = measured("open", numbers.scope, unit=unit.pk if unit else None)
    rows = rows.filter(assignment__isnull=False).select_related("enterprise", "assignment__lead_unit")
    named = [
        [
            p.number,
            str(p.enterprise),
            p.text,
            short_day_in_words(p.assignment.due_on, today=numbers.scope.today),
        ]
        for p in rows.order_by("assignment__due_on", "pk")[:LISTED]
    ]
    if not named:
        return []
    title = _("尚未销号的问题")
    if len(named) == LISTED:
        title = _("尚未销号的问题（办理时限最早的%(listed)s个）") % {"listed": LISTED}
    return [
        brief.heading(title),
        {"kind": "table", "head": [_("编号"), _("企业"), _("问题"), _("办理时限")], "rows": named},
    ]
