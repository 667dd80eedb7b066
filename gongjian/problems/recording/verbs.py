"""Recording what firms say, handing it over, the firm's own word, closing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment, Regime
from gongjian.assignments.states import Source
from gongjian.audit import Refused
from gongjian.audit.services import record as record_event
from gongjian.campaigns.models import Battle
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.problems import perms, search_index
from gongjian.problems.attachments.services import attach
from gongjian.problems.bulk.services import categorise_many, hand_over_many, remind_many, undo
from gongjian.problems.dissatisfaction.services import record_closed
from gongjian.problems.events import ProblemEvent
from gongjian.problems.firm_word.services import (
    give_own_word,
    give_word,
    give_word_by_code,
    issue_code,
    locked,
    matter_of_code,
)
from gongjian.problems.models import Problem
from gongjian.problems.raised_by_firms.services import decline, raise_own
from gongjian.problems.recording.services import SHOWN, hand_to, note, said
from gongjian.problems.sample_call_backs.services import draw_call_backs, drawn_again, record_call, sampled
from gongjian.problems.states import Category, Channel, Origin, ProblemKind
from gongjian.visits.models import Visit
from gongjian.visits.states import StopResult

__all__ = [
    "answer_on_the_spot", "attach", "categorise_many", "close", "decline", "draw_call_backs", "drawn_again", "edit", "give_own_word", "give_word",
    "give_word_by_code", "hand_over", "hand_over_many", "issue_code", "join", "matter_of_code", "raise_own", "record", "record_call",
    "remind_many", "sampled", "undo",
]  # fmt: skip


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
        enterprise=enterprise, text=text, kind=kind, category=category, visit=visit, raised_by=raised_by.strip(),
        channel=channel, origin=origin, battle=battle, area=area, by=by, at=at,
    )  # fmt: skip


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
    )  # data
    return problem


@transaction.atomic
def answer_on_the_spot(problem: Problem, *, answer: str, by: Account, at: datetime) -> Problem:
    """Settled at once (现场答复): nothing is handed over."""
    problem = locked(problem)
    perms.check_answer(by, problem)
    if not answer.strip():
        raise Refused(_("请写明是怎么答复的。"), field="answer")
    problem.answered_on, problem.answer = timezone.localdate(at), answer.strip()
    problem.save(update_fields=["answered_on", "answer"])
    record_event(ProblemEvent.ANSWERED, subject=problem, by=by, at=at, answer=answer.strip()[:SHOWN])
    return problem


@transaction.atomic
def hand_over(
    problem: Problem,
    *,
    lead_unit: Unit,
    responsible_person: Person,
    task: str,
    due: date | None = None,
    regime: Regime | None = None,
    grade: str = "",
    supporting_units: Iterable[Unit] = (),
    copied_to: Iterable[Unit] = (),
    responsible_leader: Person | None = None,
    on_the_spot: bool,
    by: Account,
    at: datetime,
) -> Assignment:
    """Hand over (交办): a task, a unit, a responsible person, a deadline. Only once; to change the unit, reassign."""
    problem = locked(problem)
    perms.check_hand_over(by, problem)
    made = assignments.assign(
        source=Source.PROBLEM, task=task, area=problem.area, lead_unit=lead_unit, supporting_units=supporting_units,
        responsible_person=responsible_person, responsible_leader=responsible_leader, regime=regime, grade=grade,
        copied_to=copied_to, due=due, on_the_spot=on_the_spot, by=by, at=at,
    )  # fmt: skip
    hand_to(problem, made, by=by, at=at)
    return made


@transaction.atomic
def join(problem: Problem, assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """One more firm under an assignment that already runs (并入交办): the same task serves several problems."""
    problem = locked(problem)
    perms.check_hand_over(by, problem)
    task = (
        Assignment.objects.select_for_update(of=("self",)).select_related("lead_unit").get(pk=assignment.pk)
    )
    perms.check_join(by, task)
    hand_to(problem, task, by=by, at=at)
    return task


@transaction.atomic
def close(problem: Problem, *, by: Account, at: datetime) -> Assignment:
    """Strike it off (销号): after the check, and with the firm satisfied in this round."""
    problem = locked(problem)
    perms.check_close(by, problem)
    assert problem.assignment is not None  # noqa: S101  checked above
    closed = assignments.close(problem.assignment, by=by, at=at)
    record_closed(closed, by=by, at=at)
    return closed
