"""The problem ledger as a workbook (问题台账), in the columns the offices use."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.lights.queries import light_of
from gongjian.assignments.moves.queries import last_words
from gongjian.assignments.queries import proxies_in_words
from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.enterprises.models import Contact, Pairing
from gongjian.enterprises.states import PairingKind
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.queries import PlaceNames
from gongjian.problems.models import Problem
from gongjian.problems.queries import status_of

CHUNK = 500
FIELDS = (
    *(
        "serial",
        "number",
        "county",
        "township",
        "firm",
        "code",
        "industry",
        "size",
        "contact",
        "contact_phone",
    ),
    *("category", "text", "collected_on", "channel", "collected_by", "leader", "officer", "origin"),
    *("lead_unit", "supporting_units", "responsible_leader", "responsible_person", "person_phone"),
    *("handed_on", "task", "progress", "due"),
    *(
        "light",
        "status",
        "outcome",
        "resolved_on",
        "satisfaction",
        "word_on",
        "method",
        "closed",
        "closed_on",
    ),
    "proxies",
)


def columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in order."""
    heads = (
        (_("序号"), 6),
        (_("问题编号"), 15),
        (_("县（市、区）"), 12),
        (_("乡镇（街道）"), 12),
        (_("企业名称"), 26),
        (_("统一社会信用代码"), 21),
        (_("所属行业/产业链"), 14),
        (_("规模"), 8),
        (_("企业联系人"), 10),
        (_("联系电话"), 14),
        (_("问题类别"), 10),
        (_("问题描述"), 40),
        (_("收集时间"), 12),
        (_("收集渠道"), 10),
        (_("收集人"), 14),
        (_("包联领导"), 10),
        (_("首席服务官"), 10),
        (_("问题层级"), 8),
        (_("牵头单位"), 20),
        (_("协办单位"), 20),
        (_("责任领导"), 10),
        (_("责任人"), 10),
        (_("责任人电话"), 14),
        (_("交办时间"), 12),
        (_("任务"), 30),
        (_("进展情况"), 30),
        (_("办理时限"), 12),
        (_("灯"), 8),
        (_("状态"), 12),
        (_("办理结果"), 10),
        (_("办结时间"), 12),
        (_("企业是否满意"), 10),
        (_("评价时间"), 12),
        (_("评价方式"), 12),
        (_("是否销号"), 8),
        (_("销号时间"), 12),
        (_("代办动作"), 14),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def problem_workbook(
    rows: QuerySet[Problem],
    *,
    words: str,
    as_of: datetime,
    today: date,
    telephones: Telephones = Telephones.HIDDEN,
) -> bytes:
    """The ledger of these rows as an .xlsx file."""
    return ledger_sheet(
        title=_("问题台账"),
        words=words,
        as_of=as_of,
        columns=columns(),
        rows=problem_rows(rows, today, telephones),
        telephones=telephones,
    )


def problem_rows(
    rows: QuerySet[Problem], today: date, telephones: Telephones = Telephones.HIDDEN
) -> Iterator[list[Any]]:
    """One row a problem, in the order of FIELDS."""
    pairings = Pairing.objects.filter(until__isnull=True).select_related("person")
    related = rows.select_related(
        "enterprise",
        "area",
        "recorded_by",
        "assignment__lead_unit",
        "assignment__responsible_person",
        "assignment__responsible_leader",
    ).prefetch_related(
        "words",
        "assignment__supporting_units",
        Prefetch("enterprise__contacts", Contact.objects.order_by("-is_main", "pk")),
        Prefetch("enterprise__pairings", pairings),
    )
    places = PlaceNames()
    said = last_words(rows.order_by().filter(assignment__isnull=False).values("assignment_id"))
    for number, problem in enumerate(related.iterator(chunk_size=CHUNK), 1):
        yield [
            number,
            *_firm_cells(problem, places, telephones),
            *_problem_cells(problem),
            *_task_cells(problem, said, today, telephones),
            *_closing_cells(problem),
        ]


def _firm_cells(problem: Problem, places: PlaceNames, telephones: Telephones) -> list[Any]:
    firm = problem.enterprise
    contact = next(iter(firm.contacts.all()), None)
    size = {True: _("规上"), False: _("规下"), None: _("未知")}[firm.above_designated_size]
    return [
        problem.number,
        *places.county_and_township(problem.area),
        firm.name,
        firm.credit_code,
        "/".join(filter(None, (firm.industry, firm.chain))),
        size,
        contact.name if contact else "",
        telephones.number(contact.phone) if contact else "",
    ]


def _problem_cells(problem: Problem) -> list[Any]:
    paired = {
        kind: _("、").join(p.person.name for p in problem.enterprise.pairings.all() if p.kind == kind)
        for kind in PairingKind
    }
    return [
        problem.get_category_display(),
        problem.text,
        timezone.localdate(problem.recorded_at),
        problem.get_channel_display(),
        problem.recorded_by.name,
        paired[PairingKind.LEADER],
        paired[PairingKind.OFFICER],
        problem.get_origin_display(),
    ]


def _task_cells(problem: Problem, said: Mapping[int, str], today: date, telephones: Telephones) -> list[Any]:
    task = problem.assignment
    if task is None:
        return [*[""] * 6, problem.answer, problem.answer, "", "", status_of(problem), ""]
    light = light_of(task, today)
    return [
        task.lead_unit.name,
        _("、").join(u.name for u in sorted(task.supporting_units.all(), key=lambda u: (u.order, u.name))),
        task.responsible_leader.name if task.responsible_leader else "",
        task.responsible_person.name,
        telephones.number(task.responsible_person.phone),
        timezone.localdate(task.handed_over_at),
        task.task,
        said.get(task.pk, ""),
        task.due_on,
        light.label,
        status_of(problem),
        task.get_outcome_display() if task.outcome else "",
    ]


def _closing_cells(problem: Problem) -> list[Any]:
    task = problem.assignment
    word = next(iter(sorted(problem.words.all(), key=lambda w: -w.pk)), None)
    word_cells = (
        [word.get_satisfaction_display(), timezone.localdate(word.at), word.get_method_display()]
        if word
        else ["", "", ""]
    )
    closed = task.closed_on if task else None
    return [
        task.resolved_on if task else "",
        *word_cells,
        _("是") if closed else _("否"),
        closed or "",
        proxies_in_words(task.proxies) if task else "",
    ]
