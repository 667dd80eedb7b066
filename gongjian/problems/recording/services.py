"""Recording what a firm says (记录问题), correcting it, answering it on the spot."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import required_text
from gongjian.audit.services import record as record_event
from gongjian.campaigns.models import Battle
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area
from gongjian.problems import perms, search_index
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem
from gongjian.problems.states import Category, Channel, Origin, ProblemKind
from gongjian.visits.models import Visit
from gongjian.visits.states import StopResult

SHOWN = 80  # characters of a text in its event


@transaction.atomic
def record(
    *,
    enterprise: Enterprise,
    text: str,
    kind: ProblemKind | str = ProblemKind.DIFFICULTY,
    category: Category | str = Category.OTHER,
    visit: Visit | None = None,
    raised_by: str = "",
    channel: Channel | str = Channel.VISIT,
    origin: Origin | str = Origin.COUNTY,
    battle: Battle | None = None,
    area: Area | None = None,
    by: Account,
    at: datetime,
) -> Problem:
    """What a firm said (记录问题), one thing at a time. The governing area is the visit's, else the firm's."""
    area = area or (visit.area if visit else enterprise.area)
    perms.check_record(by, area)
    if visit is not None:
        visit.stops.filter(enterprise=enterprise).update(result=StopResult.PROBLEMS)
    return note(
        enterprise=enterprise,
        text=text,
        kind=kind,
        category=category,
        visit=visit,
        raised_by=raised_by.strip(),
        channel=channel,
        origin=origin,
        battle=battle,
        area=area,
        by=by,
        at=at,
    )


@transaction.atomic
def edit(problem: Problem, *, by: Account, at: datetime, **changed: Any) -> Problem:
    """Correct what was written, before it is handed over."""
    problem = locked(problem)
    perms.check_edit(by, problem)
    changed["text"] = said(changed.get("text", problem.text))
    perms.check_wording(problem, changed["text"])
    told = {}
    for name, value in changed.items():
        before = getattr(problem, name)
        if before != value:
            told[str(Problem._meta.get_field(name).verbose_name)] = [str(before or ""), str(value or "")]  # type: ignore[union-attr]
            setattr(problem, name, value)
    problem.save()
    search_index.index([problem])
    record_event(
        ProblemEvent.EDITED, subject=problem, by=by, at=at, changed="、".join(told) or "—", values=told
    )
    return problem


@transaction.atomic
def answer_on_the_spot(problem: Problem, *, answer: str, by: Account, at: datetime) -> Problem:
    """Settled at once (现场答复): nothing is handed over."""
    problem = locked(problem)
    perms.check_answer(by, problem)
    answer = required_text(answer, _("请写明是怎么答复的。"), field="answer")
    problem.answered_on, problem.answer = timezone.localdate(at), answer.strip()
    problem.save(update_fields=["answered_on", "answer"])
    record_event(ProblemEvent.ANSWERED, subject=problem, by=by, at=at, answer=answer.strip()[:SHOWN])
    return problem


def note(*, text: str, by: Account, at: datetime, **facts: Any) -> Problem:
    """One thing a firm said; called inside the caller's transaction."""
    problem = Problem.objects.create(text=said(text), recorded_by=by, recorded_at=at, **facts)
    search_index.index([problem])
    record_event(
        ProblemEvent.RECORDED,
        subject=problem,
        by=by,
        at=at,
        text=problem.text[:SHOWN],
        firm=problem.enterprise_id,
    )
    return problem


def said(text: str) -> str:
    """What was said, never empty."""
    return required_text(text, _("请写明问题。一次只记一件事。"), field="text")


def locked(problem: Problem) -> Problem:
    """The row as it stands, locked until the transaction ends."""
    rows = Problem.objects.select_for_update(of=("self",)).select_related(
        "enterprise", "area", "visit", "assignment__lead_unit"
    )
    return rows.get(pk=problem.pk)
