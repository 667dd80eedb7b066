"""Handing a problem over (交办), and joining one to an assignment that already runs (并入交办)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment, Regime
from gongjian.assignments.states import Source
from gongjian.audit.services import record as record_event
from gongjian.people.models import Account, Person, Unit
from gongjian.problems import perms, search_index
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem
from gongjian.problems.recording.services import locked


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
        by=by,
        at=at,
    )
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


def put_under(problem: Problem, task: Assignment | None) -> None:
    """Under this assignment, or under none any more; both assignments know how many they answer for."""
    left, problem.assignment = problem.assignment, task
    problem.save(update_fields=["assignment"])
    search_index.index([problem])
    for one in (left, task):
        if one is not None:
            assignments.serve(one, problems=one.problems.count())


def hand_to(problem: Problem, task: Assignment, *, by: Account | None, at: datetime) -> None:
    """Under this assignment, and the event of it (交办)."""
    put_under(problem, task)
    record_event(
        ProblemEvent.HANDED_OVER,
        subject=problem,
        by=by,
        at=at,
        unit=task.lead_unit.name,
        number=task.number,
        assignment=task.pk,
    )
