"""Recording what a firm says (记录问题), correcting it, answering it on the spot."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record as record_event
from gongjian.campaigns.models import Battle
from gongjian.engines.writing.excerpts import excerpt
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area
from gongjian.problems import perms
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem
from gongjian.problems.search.table import forget
from gongjian.problems.states import Category, Channel, Origin, ProblemKind
from gongjian.projects.models import Project
from gongjian.visits.models import Visit
from gongjian.visits.states import StopResult

LONGEST_IN_EVENT = 80  # characters of a text in its event


@transaction.atomic
def record(
    *,
    enterprise: Enterprise,
    text: str,
    kind: ProblemKind | str = ProblemKind.DIFFICULTY,
    category: Category | str = Category.UNFILED,
    visit: Visit | None = None,
    raised_by: str = "",
    channel: Channel | str = Channel.VISIT,
    origin: Origin | str = Origin.COUNTY,
    battle: Battle | None = None,
    project: Project | None = None,
    area: Area | None = None,
    by: Account,
    at: datetime,
) -> Problem:
    """Record a problem of a firm (记录问题), one thing at a time.

    Its area is `area`, else that of the firm, wherever it was visited: counts by area follow the firms. Who may record
    at the visit may record what was heard there. Without a category it waits to be filed (待归类). With `project` it is
    a blocker of that project (项目卡点).
    """
    perms.check_record(by, area or (visit.area if visit else enterprise.area))
    area = area or enterprise.area
    if visit is not None:
        visit.stops.filter(enterprise=enterprise).update(result=StopResult.PROBLEMS)
    return create_problem(
        enterprise=enterprise,
        text=text,
        kind=kind,
        category=category,
        visit=visit,
        raised_by=raised_by.strip(),
        channel=channel,
        origin=origin,
        battle=battle,
        project=project,
        area=area,
        by=by,
        at=at,
    )


@transaction.atomic
def update(problem: Problem, *, by: Account, at: datetime, **changed: Any) -> Problem:
    """Correct fields of a problem, before it is handed over or answered.

    Old and new values stand in the event.
    """
    problem = lock_problem(problem)
    perms.check_update(by, problem)
    changed["text"] = said(changed.get("text", problem.text))
    perms.check_wording(problem, changed["text"])
    changes = set_fields(problem, changed)
    problem.save()
    record_event(ProblemEvent.EDITED, subject=problem, by=by, at=at, **changes)
    return problem


def file_under(problem: Problem, category: Category, *, by: Account, at: datetime) -> str:
    """File a locked problem under a category (归类), in the caller's transaction; returns the one it had."""
    before = problem.category
    changes = set_fields(problem, {"category": category.value})
    problem.save(update_fields=["category"])
    record_event(ProblemEvent.EDITED, subject=problem, by=by, at=at, **changes)
    return before


@transaction.atomic
def answer_on_the_spot(problem: Problem, *, answer: str, by: Account, at: datetime) -> Problem:
    """Record the answer given on the spot (现场答复) instead of handing the problem over."""
    problem = lock_problem(problem)
    perms.check_answer(by, problem)
    answer = required_text(answer, _("请写明是怎么答复的。"), field="answer")
    problem.answered_on, problem.answer = timezone.localdate(at), answer.strip()
    problem.save(update_fields=["answered_on", "answer"])
    record_event(
        ProblemEvent.ANSWERED, subject=problem, by=by, at=at, answer=answer.strip()[:LONGEST_IN_EVENT]
    )
    return problem


@transaction.atomic
def take_back(problem: Problem, *, reason: str, by: Account, at: datetime) -> str:
    """Remove a problem that should not have been recorded (收回); returns its number. Refused once anybody went on with it."""
    problem = lock_problem(problem)
    perms.check_take_back(by, problem)
    number, visit, firm = problem.number, problem.visit, problem.enterprise
    record_event(
        ProblemEvent.WITHDRAWN, subject=problem, by=by, at=at, text=problem.text, firm=firm.pk, reason=reason
    )
    key = problem.pk
    problem.delete()
    forget([key])
    if visit is not None and not visit.problems.filter(enterprise=firm).exists():
        visit.stops.filter(enterprise=firm, result=StopResult.PROBLEMS).update(result=StopResult.OPEN)
    return number


def create_problem(*, text: str, by: Account, at: datetime, **facts: Any) -> Problem:
    """Store a problem with its event, in the caller's transaction."""
    problem = Problem.objects.create(text=said(text), recorded_by=by, recorded_at=at, **facts)
    record_event(
        ProblemEvent.RECORDED,
        subject=problem,
        by=by,
        at=at,
        text=excerpt(problem.text, LONGEST_IN_EVENT),
        firm=problem.enterprise_id,
    )
    return problem


def said(text: str) -> str:
    """The text of the problem without blanks around it; Refused if empty."""
    return required_text(text, _("请写明问题。一次只记一件事。"), field="text")


def lock_problem(problem: Problem) -> Problem:
    """The problem as stored now, locked until the transaction ends."""
    rows = Problem.objects.select_for_update(of=("self",)).select_related(
        "enterprise", "area", "visit", "assignment__lead_unit"
    )
    return rows.get(pk=problem.pk)
