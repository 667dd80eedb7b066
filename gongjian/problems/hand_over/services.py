"""Handing a problem over (交办), and joining one to an assignment that already runs (并入交办)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment, Regime
from gongjian.assignments.states import Source
from gongjian.audit.services import record as record_event
from gongjian.people.models import Account, Person, Unit
from gongjian.problems import perms
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem
from gongjian.problems.recording.services import file_under, lock_problem, record
from gongjian.problems.states import Category


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
    person_reason: str = "",
    category: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """Hand a problem over (交办): a task for a unit, with a responsible person and a deadline.

    Refused a second time: reassign instead. `category` files a problem that nobody has filed yet.
    """
    problem = lock_problem(problem)
    perms.check_hand_over(by, problem)
    if category:
        file_under(problem, Category(category), by=by, at=at)
    assignment = assignments.assign(
        source=Source.PROBLEM,
        task=task,
        area=problem.area,
        lead_unit=lead_unit,
        supporting_units=supporting_units,
        responsible_person=responsible_person,
        responsible_leader=responsible_leader,
        regime=regime,
        grade=grade,
        copied_to=copied_to,
        due=due,
        on_the_spot=on_the_spot,
        person_reason=person_reason,
        by=by,
        at=at,
    )
    record_hand_over(problem, assignment, by=by, at=at)
    return assignment


@transaction.atomic
def record_and_hand_over(
    facts: Mapping[str, Any], task: Mapping[str, Any], *, by: Account, at: datetime
) -> Problem:
    """Record a problem (`facts` of `record`) and hand it over (`task` of `hand_over`) in one act, or neither.

    What is heard at a visit is handed over on the spot.
    """
    problem = record(**facts, by=by, at=at)
    hand_over(problem, **task, on_the_spot=problem.visit_id is not None, by=by, at=at)
    problem.refresh_from_db()
    return problem


@transaction.atomic
def join(problem: Problem, assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """Put a problem under an assignment that already runs (并入交办), so that one task serves several problems."""
    problem = lock_problem(problem)
    perms.check_hand_over(by, problem)
    task = (
        Assignment.objects.select_for_update(of=("self",)).select_related("lead_unit").get(pk=assignment.pk)
    )
    perms.check_join(by, task)
    record_hand_over(problem, task, by=by, at=at)
    return task


def move_to_assignment(problem: Problem, task: Assignment | None) -> None:
    """Set the assignment of a problem (None: it has none any more) and recount the problems of the old and the new one."""
    previous, problem.assignment = problem.assignment, task
    problem.save(update_fields=["assignment"])
    for assignment in (previous, task):
        if assignment is not None:
            assignments.set_problems_served(assignment, problems=assignment.problems.count())


def record_hand_over(problem: Problem, task: Assignment, *, by: Account | None, at: datetime) -> None:
    """Put a problem under an assignment and record its event (交办)."""
    move_to_assignment(problem, task)
    record_event(ProblemEvent.HANDED_OVER, subject=problem, by=by, at=at, **told_of_hand_over(task))


def told_of_hand_over(task: Assignment) -> dict[str, Any]:
    """What the event of a hand-over keeps."""
    return {"unit": task.lead_unit.name, "number": task.number, "assignment": task.pk}
