"""The lines of the ledger as HTML (台账行): each line drawn by one format of the chosen columns.

For: `problems/_ledger.html`. A template node for every cell cost a third of the page.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongjian.audit.wording import short_day_in_words
from gongjian.engines.writing.excerpts import excerpt
from gongjian.people.queries import PlaceNames
from gongjian.problems.queries import LedgerRow
from gongjian.web.templatetags.gongjian import light, page_of

TEXT = 48  # characters of a problem in its line
NONE = "—"
TICK = '<td class="tick"><input type="checkbox" name="rows" value="{}" aria-label="{} {}"></td>'
CELLS = {
    "light": '<td data-label="{of_light}" class="said">{light}</td>',
    "number": '<td data-label="{of_number}" class="num said"><a href="{there}">{number}</a></td>',
    "firm": ('<td data-label="{of_firm}" class="said"><a href="{firm_page}">{firm}</a></td>'),
    "county": '<td data-label="{of_county}">{county}</td>',
    "township": '<td data-label="{of_township}"{no_township}>{township}</td>',
    "text": '<td data-label="{of_text}" class="wide said">{text}</td>',
    "category": '<td data-label="{of_category}">{category}</td>',
    "unit": '<td data-label="{of_unit}"{none}>{unit}</td>',
    "person": '<td data-label="{of_person}"{none}>{person}</td>',
    "due": '<td data-label="{of_due}" class="num{due_none}">{due}</td>',
    "status": '<td data-label="{of_status}" class="said">{status}{proxies}</td>',
    "recorded": '<td data-label="{of_recorded}" class="num">{recorded}</td>',
}
NO_TASK = mark_safe(' class="none"')
USUAL = (
    "light",
    "number",
    "firm",
    "county",
    "township",
    "text",
    "category",
    "unit",
    "person",
    "due",
    "status",
)
ALWAYS = ("light", "number", "firm", "text")  # a row without them says nothing


def all_headings() -> dict[str, str]:
    """The heading of every column by its name, in their order."""
    return {
        "light": _("灯"),
        "number": _("编号"),
        "firm": _("企业"),
        "county": _("县（市、区）"),
        "township": _("乡镇（街道）"),
        "text": _("问题"),
        "category": _("类别"),
        "unit": _("牵头单位"),
        "person": _("责任人"),
        "due": _("时限"),
        "status": _("状态"),
        "recorded": _("记录日期"),
    }


def headings(columns: Iterable[str] = USUAL) -> dict[str, str]:
    """The headings of these columns, in their order."""
    chosen = set(columns)
    return {name: heading for name, heading in all_headings().items() if name in chosen}


def drawn(rows: Iterable[LedgerRow], *, ticks: bool, columns: Iterable[str] = USUAL) -> SafeString:
    """All rows as HTML; with `ticks`, each has a box to select it."""
    heads = all_headings()
    cells = "".join(CELLS[name].replace(f"{{of_{name}}}", escape(heads[name])) for name in headings(columns))
    line, ticked = '<tr data-href="{there}">{tick}' + cells + "</tr>", _("勾选") if ticks else ""
    places = PlaceNames()
    return mark_safe("\n".join(_line(line, row, _place(row, places), ticked) for row in rows))  # noqa: S308  each line is a format with its values escaped


def _place(row: LedgerRow, places: PlaceNames) -> dict[str, str]:
    county, township = places.county_and_township(row.problem.area)
    return {"county": county, "township": township or NONE, "no_township": "" if township else NO_TASK}


def _line(line: str, row: LedgerRow, place: dict[str, str], ticked: str) -> SafeString:
    problem, task = row.problem, row.problem.assignment
    number = problem.number
    return format_html(
        line,
        **place,
        there=page_of("problem", problem.pk),
        number=number,
        tick=format_html(TICK, problem.pk, ticked, number) if ticked else "",
        light=light(row.light, left=row.working_days_left, why=row.why),
        firm_page=page_of("enterprise", problem.enterprise_id),
        firm=problem.enterprise,
        text=excerpt(problem.text, TEXT),
        category=row.category,
        unit=task.lead_unit if task else NONE,
        person=task.responsible_person if task else NONE,
        due=_due(row) if task else NONE,
        none="" if task else NO_TASK,
        due_none="" if task else " none",
        status=row.status,
        proxies=format_html(' <small class="muted nowrap">{}</small>', row.proxies) if row.proxies else "",
        recorded=short_day_in_words(
            timezone.localtime(problem.recorded_at).date(), today=timezone.localdate()
        ),
    )


def _due(row: LedgerRow) -> str:
    task = row.problem.assignment
    assert task is not None  # noqa: S101  asked by the caller
    later = format_html('<small class="muted">{}</small>', _("待定")) if task.provisional else ""
    return format_html("{}{}", short_day_in_words(task.due_on, today=timezone.localdate()), later)
