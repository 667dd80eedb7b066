"""The notice and the special report: generated parts with their numbers, and places for what only a person can write."""

from functools import partial
from typing import Any

from gongjian.bulletins.weekly_brief import text as brief
from gongjian.bulletins.weekly_brief.numbers import BriefScope, measured
from gongjian.bulletins.weekly_brief.text import Block, BriefNumbers
from gongjian.engines.writing.days import short_day
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
        brief.heading("有关要求"),
        brief.paragraph(
            "请各牵头单位对超期未办的问题逐个明确完成时限和责任人，抓紧办理；企业不满意的，重新研究后再答复。"
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
        brief.heading("存在的困难"),
        place_to_write("difficulties"),
        brief.heading("工作建议"),
        place_to_write("advice"),
    ]
    return blocks, numbers.numbers


def place_to_write(hint: str) -> Block:
    """An empty paragraph that stays in the outline until somebody writes it; a heading above nothing is not printed."""
    return {"kind": "paragraph", "runs": [], "hint": hint}


def _facts(numbers: BriefNumbers, unit: Unit | None) -> list[Block]:
    n, scope = partial(numbers.count, unit=unit), numbers.scope
    who = f"{unit.name}牵头办理" if unit else f"{scope.area.name}交办"
    return [
        brief.heading("基本情况"),
        brief.paragraph(
            f"{brief.span(scope)}，{who}企业问题",
            n("handed_over"),
            "个，其中现场交办",
            n("on_the_spot"),
            "个；办结",
            n("resolved"),
            "个，经企业评价销号",
            n("closed"),
            "个。",
        ),
        brief.paragraph(
            f"截至{brief.day_in_text(scope.today, scope.today)}，尚未销号的问题",
            n("open"),
            "个，其中红灯",
            n("red"),
            "个，深红灯",
            n("dark_red"),
            "个，挂账",
            n("on_hold"),
            "个。",
        ),
    ]


def _open_matters(numbers: BriefNumbers, unit: Unit | None) -> list[Block]:
    """The matters that are still open, those due first named."""
    rows = measured("open", numbers.scope, unit=unit.pk if unit else None)
    rows = rows.filter(assignment__isnull=False).select_related("enterprise", "assignment__lead_unit")
    named = [
        [p.number, str(p.enterprise), p.text, short_day(p.assignment.due_on, today=numbers.scope.today)]
        for p in rows.order_by("assignment__due_on", "pk")[:LISTED]
    ]
    if not named:
        return []
    title = "尚未销号的问题" if len(named) < LISTED else f"尚未销号的问题（办理时限最早的{LISTED}个）"
    return [
        brief.heading(title),
        {"kind": "table", "head": ["编号", "企业", "问题", "办理时限"], "rows": named},
    ]
