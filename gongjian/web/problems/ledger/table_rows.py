"""The lines of the ledger as HTML (台账行): fifty lines of ten cells, each drawn by one format.

For: `problems/_ledger.html`. A template node for every cell cost a third of the page.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from gongjian.engines.writing.days import short_day
from gongjian.people.queries import PlaceNames
from gongjian.problems.queries import LedgerRow
from gongjian.web.templatetags.gongjian import light, page_of

TEXT = 48  # characters of a problem in its line
NONE = "—"
TICK = '<td class="tick"><input type="checkbox" name="rows" value="{}" aria-label="{} {}"></td>'
LINE = (
    '<tr data-href="{there}">{tick}<td data-label="{of_light}">{light}</td>'
    '<td data-label="{of_number}" class="num"><a href="{there}">{number}</a></td>'
    '<td data-label="{of_firm}"><a href="{firm_page}">{firm}</a></td>'
    '<td data-label="{of_county}">{county}</td><td data-label="{of_township}">{township}</td>'
    '<td data-label="{of_text}" class="wide">{text}</td><td data-label="{of_category}">{category}</td>'
    '<td data-label="{of_unit}">{unit}</td><td data-label="{of_person}">{person}</td>'
    '<td data-label="{of_due}" class="num">{due}</td><td data-label="{of_status}">{status}{proxies}</td></tr>'
)


def headings() -> dict[str, str]:
    """The headings of the columns, in their order."""
    return {
        "of_light": _("灯"),
        "of_number": _("编号"),
        "of_firm": _("企业"),
        "of_county": _("县（市、区）"),
        "of_township": _("乡镇（街道）"),
        "of_text": _("问题"),
        "of_category": _("类别"),
        "of_unit": _("牵头单位"),
        "of_person": _("责任人"),
        "of_due": _("时限"),
        "of_status": _("状态"),
    }


def drawn(rows: Iterable[LedgerRow], *, ticks: bool) -> SafeString:
    """All rows as HTML; with `ticks`, each has a box to select it."""
    heads, ticked, places = headings(), _("勾选") if ticks else "", PlaceNames()
    return format_html_join("\n", "{}", ((_line(row, heads, ticked, places),) for row in rows))


def _line(row: LedgerRow, heads: dict[str, str], ticked: str, places: PlaceNames) -> SafeString:
    problem, task = row.problem, row.problem.assignment
    number, (county, township) = problem.number, places.county_and_township(problem.area)
    return format_html(
        LINE,
        **heads,
        there=page_of("problem", problem.pk),
        number=number,
        tick=format_html(TICK, problem.pk, ticked, number) if ticked else "",
        light=light(row.light, left=row.working_days_left, why=row.why),
        firm_page=page_of("enterprise", problem.enterprise_id),
        firm=problem.enterprise,
        county=county,
        township=township or NONE,
        text=Truncator(problem.text).chars(TEXT),
        category=row.category,
        unit=task.lead_unit if task else NONE,
        person=task.responsible_person if task else NONE,
        due=_due(row) if task else NONE,
        status=row.status,
        proxies=format_html(' <small class="muted nowrap">{}</small>', row.proxies) if row.proxies else "",
    )


def _due(row: LedgerRow) -> str:
    task = row.problem.assignment
    assert task is not None  # noqa: S101  asked by the caller
    later = format_html('<small class="muted">{}</small>', _("待定")) if task.provisional else ""
    return format_html("{}{}", short_day(task.due_on, today=timezone.localdate()), later)
