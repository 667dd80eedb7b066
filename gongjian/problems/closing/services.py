"""Striking a problem off (销号)."""

from datetime import datetime

from django.db import transaction

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.audit.services import record
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.common_problems.member_words import consent_to
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.recording.services import locked
from gongjian.problems.states import CommonState, Consent


@transaction.atomic
def close(problem: Problem, *, by: Account, at: datetime) -> Assignment:
    """Strike it off (销号): after the check, and with the firm satisfied in this round."""
    problem = locked(problem)
    perms.check_close(by, problem)
    assert problem.assignment is not None  # noqa: S101  checked above
    closed = assignments.close(problem.assignment, by=by, at=at)
    record_closed(closed, by=by, at=at)
    return closed


def record_closed(closed: Assignment, *, by: Account, at: datetime) -> None:
    """The events of closing: who had spoken closes on its word; of a common measure the silent are told apart."""
    common = CommonProblem.objects.filter(assignment=closed, state=CommonState.LANDED).first()
    silent: set[int] = set()
    if common is not None:
        found = consent_to(common)
        silent = {one.pk for member in found.silent for one in member.problems}
        numbers = {name: len(found.of(Consent(name.upper()))) for name in ("confirmed", "silent", "apart")}
        names = [str(one.enterprise) for one in found.silent]
        record(
            ProblemEvent.COMMON_CLOSED,
            subject=common,
            by=by,
            at=at,
            total=len(found.members),
            share=found.share,
            silent_firms=names,
            **numbers,
        )
    for one in closed.problems.order_by("pk"):
        name = ProblemEvent.CLOSED_SILENT if one.pk in silent else ProblemEvent.CLOSED
        record(name, subject=one, by=by, at=at)
