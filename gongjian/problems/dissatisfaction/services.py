"""A dissatisfied firm: its matter is handled again. Out of a common measure it goes on by itself, the others keep theirs."""

from datetime import datetime

from django.db import transaction

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.audit.services import record
from gongjian.problems.events import ProblemEvent
from gongjian.problems.hand_over.services import hand_to
from gongjian.problems.models import Problem


@transaction.atomic
def set_right(problem: Problem, *, reason: str, at: datetime) -> Assignment:
    """A new round (重新交办) of the assignment, or, for one firm among several of a common measure, an assignment of its own."""
    task, common = problem.assignment, problem.common
    assert task is not None  # noqa: S101  a word is given on what was handed over
    others = task.problems.exclude(enterprise=problem.enterprise_id)
    if common is None or common.assignment_id != task.pk or not others.exists():
        return assignments.put_right(task, reason=reason, by=None, at=at)
    made = assignments.branch_off(task, reason=reason, by=None, at=at)
    problem.common, problem.split_from = None, common
    problem.save(update_fields=["common", "split_from"])
    told = {"number": made.number, "reason": reason}
    record(
        ProblemEvent.COMMON_PARTED,
        subject=common,
        by=None,
        at=at,
        firm=str(problem.enterprise),
        numbers=problem.number,
        **told,
    )
    hand_to(problem, made, by=None, at=at)
    return made
