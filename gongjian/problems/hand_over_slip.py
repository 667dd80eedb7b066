"""The hand-over slip (交办单) as data, for the page and the Word file alike."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import ClockInWords, proxies_in_words, reading
from gongjian.audit import Refused
from gongjian.audit.wording import day_in_words, moment_in_words, short_day_in_words, words
from gongjian.problems.models import Problem

PRINTED = ("lead_unit", "responsible_person", "handed_over_by", "regime")


@dataclass(frozen=True)
class HandOverSlip:
    """Everything printed on a slip. The boxes for signatures are left to the paper."""

    number: str
    problem_number: str
    enterprise: str
    area: str
    category: str
    text: str
    source: str
    lead_unit: str
    supporting_units: str
    copied_to: str
    objection_days: int
    responsible_person: str
    phone: str
    task: str
    handed_over_by: str
    handed_over_at: str
    handed_over_on: date
    due_on: date
    basis: str
    checkpoints: tuple[tuple[str, date], ...]
    proxies: str
    reading: ClockInWords


def for_slips(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Those of the problems that were handed over, with all that their slips print but the events."""
    handed_over = rows.filter(assignment__isnull=False).select_related(
        "enterprise", "area", "visit", *(f"assignment__{name}" for name in PRINTED)
    )
    return handed_over.prefetch_related("assignment__copied_to", "assignment__supports__unit").order_by("pk")


def slip_of(problem: Problem, *, today: date) -> HandOverSlip:
    """The slip of a problem. Refused before it has been handed over."""
    task = problem.assignment
    if task is None:
        raise Refused(_("这个问题还没有交办，没有交办单。请先交办。"))
    clock = reading(task, today)
    visit = problem.visit
    source = (
        f"{day_in_words(visit.starts_on)} {visit.title}"
        if visit
        else f"{day_in_words(timezone.localdate(problem.recorded_at))} {problem.get_channel_display()}"
    )
    return HandOverSlip(
        number=task.number,
        problem_number=problem.number,
        enterprise=problem.enterprise.name,
        area=problem.area.name,
        category=str(problem.get_category_display()),
        text=problem.text,
        source=source,
        lead_unit=task.lead_unit.name,
        supporting_units=_supporting_units(task, today),
        copied_to=_("、").join(unit.name for unit in task.copied_to.all()),
        objection_days=task.regime.objection_working_days if task.regime else 1,
        responsible_person=task.responsible_person.name,
        phone=task.responsible_person.phone,
        task=task.task,
        handed_over_by=str(task.handed_over_by),
        handed_over_at=moment_in_words(task.handed_over_at),
        handed_over_on=timezone.localdate(task.handed_over_at),
        due_on=task.due_on,
        basis=words(task.regime.name) if task.regime else _("约定日期"),
        checkpoints=tuple((words(checkpoint.name), checkpoint.due_on) for checkpoint in clock.checkpoints),
        proxies=proxies_in_words(task.proxies),
        reading=clock,
    )


def _supporting_units(task: Assignment, today: date) -> str:
    """Supporting units in words, each with the day by which it answers."""
    supports = task.supports.all()
    return _("、").join(
        _("%(unit)s（%(on)s前答复）")
        % {"unit": support.unit.name, "on": short_day_in_words(support.due_on, today=today)}
        for support in supports
    )
