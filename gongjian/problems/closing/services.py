"""Closing a problem (销号)."""

from datetime import datetime

from django.db import transaction

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.audit.services import record
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.common_problems.member_words import member_consent
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.recording.services import lock_problem
from gongjian.problems.states import CommonState, Consent


@transaction.atomic
def close(problem: Problem, *, by: Account, at: datetime) -> Assignment:
    """Close a problem (销号).

    Refused unless the office has checked the result and the firm is not dissatisfied with this round.
    """
    problem = lock_problem(problem)
    perms.check_close(by, problem)
    assert problem.assignment is not None  # noqa: S101  checked above
    closed = assignments.close(problem.assignment, by=by, at=at)
    record_closed(closed, by=by, at=at)
    return closed


def record_closed(closed: Assignment, *, by: Account, at: datetime) -> None:
    """Record the closing of every problem under an assignment.

    Under a common measure the problems of firms that have given no word get an event of their own (CLOSED_SILENT).
    """
    common = CommonProblem.objects.filter(assignment=closed, state=CommonState.LANDED).first()
    silent: set[int] = set()
    if common is not None:
        consent = member_consent(common)
        silent = {problem.pk for firm in consent.silent for problem in firm.problems}
        counts = {
            name: len(consent.with_consent(Consent(name.upper())))
            for name in ("confirmed", "silent", "apart")
        }
        record(
            ProblemEvent.COMMON_CLOSED,
            subject=common,
            by=by,
            at=at,
            total=len(consent.members),
            share=consent.share,
            silent_firms=[str(firm.enterprise) for firm in consent.silent],
            **counts,
        )
    for problem in closed.problems.order_by("pk"):
        name = ProblemEvent.CLOSED_SILENT if problem.pk in silent else ProblemEvent.CLOSED
        record(name, subject=problem, by=by, at=at)
