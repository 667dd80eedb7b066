"""Writing a problem down: the row, its search words, its event. Who may is asked by the callers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.audit import Refused
from gongjian.audit.services import record as record_event
from gongjian.people.models import Account
from gongjian.problems import search_index
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem

SHOWN = 80  # characters of a text in its event


def note(*, text: str, by: Account, at: datetime, **facts: Any) -> Problem:
    """One thing a firm said; called inside the caller's transaction."""
    problem = Problem.objects.create(text=said(text), recorded_by=by, recorded_at=at, **facts)
    search_index.index([problem])
    record_event(
        ProblemEvent.RECORDED, subject=problem, by=by, at=at, text=problem.text[:SHOWN], firm=problem.enterprise_id
    )  # fmt: skip
    return problem


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
        ProblemEvent.HANDED_OVER, subject=problem, by=by, at=at,
        unit=task.lead_unit.name, number=task.number, assignment=task.pk,
    )  # fmt: skip


def said(text: str) -> str:
    """What was said, never empty."""
    if not text.strip():
        raise Refused(_("请写明问题。一次只记一件事。"), field="text")
    return text.strip()
