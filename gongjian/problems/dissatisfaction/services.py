"""What follows when a firm is dissatisfied: its problem is handled again, alone if it was part of a common measure."""

from datetime import datetime

from django.db import transaction

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.audit.services import record
from gongjian.problems.events import ProblemEvent
from gongjian.problems.hand_over.services import record_hand_over
from gongjian.problems.models import Problem


@transaction.atomic
def handle_again(problem: Problem, *, reason: str, at: datetime) -> Assignment:
    """Have a problem handled again; returns the assignment it is now handled under.

    As a rule that is a new round (重新交办) of its assignment. One firm among several of a common measure gets an
    assignment of its own, and the others stay under theirs.
    """
    task, common = problem.assignment, problem.common
    assert task is not None  # noqa: S101  a word is given on what was handed over
    others = task.problems.exclude(enterprise=problem.enterprise_id)
    if common is None or common.assignment_id != task.pk or not others.exists():
        return assignments.put_right(task, reason=reason, by=None, at=at)
    own = assignments.branch_off(task, reason=reason, by=None, at=at)
    problem.common, problem.split_from = None, common
    problem.save(update_fields=["common", "split_from"])
    record(
        ProblemEvent.COMMON_PARTED,
        subject=common,
        by=None,
        at=at,
        firm=str(problem.enterprise),
        numbers=problem.number,
        number=own.number,
        reason=reason,
    )
    record_hand_over(problem, own, by=None, at=at)
    return own
