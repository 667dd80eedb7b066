"""The problems that stand in a project's way, as an account sees them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongjian.assignments.states import OPEN
from gongjian.people.models import Account
from gongjian.problems.models import Problem
from gongjian.problems.queries import RELATED, LedgerRow, visible_to, with_readings
from gongjian.projects.models import Project

MOST = 12  # on the page of a project; the ledger has all


@dataclass(frozen=True)
class Blocker:
    """One problem of a project with its reading; `days` since it was recorded, None once it is settled."""

    row: LedgerRow
    days: int | None


def blockers_of(project: Project, account: Account, *, today: date) -> list[Blocker]:
    """The problems of a project that the account may open, unsettled ones first, those that wait longest before others."""
    rows = visible_to(account).filter(project=project).select_related(*RELATED).order_by("recorded_at", "pk")
    found = sorted(rows, key=lambda problem: not is_unsettled(problem))[:MOST]
    return [Blocker(row, _days(row.problem, today)) for row in with_readings(found, today=today)]


def is_unsettled(problem: Problem) -> bool:
    """Whether it is still in the way: not answered, or handed over and not closed."""
    if problem.assignment is None:
        return problem.answered_on is None
    return problem.assignment.state in OPEN


def _days(problem: Problem, today: date) -> int | None:
    return (today - timezone.localdate(problem.recorded_at)).days if is_unsettled(problem) else None


def number_of_each(problems: QuerySet[Any]) -> Coalesce:
    """How many of these problems a project has, as an expression."""
    rows = problems.filter(project=OuterRef("pk")).order_by().values("project")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
