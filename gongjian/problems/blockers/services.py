"""Naming the project that a problem stands in the way of (项目卡点)."""

from datetime import datetime

from django.db import transaction

from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem
from gongjian.problems.recording.services import lock_problem
from gongjian.projects.models import Project


@transaction.atomic
def name_project(problem: Problem, project: Project | None, *, by: Account, at: datetime) -> Problem:
    """Say which project a problem is about, or that it is about none; at any point of its life."""
    problem = lock_problem(problem)
    perms.check_record(by, problem.area)
    changes = set_fields(problem, {"project": project})
    if changes["values"]:
        problem.save(update_fields=["project"])
        record(ProblemEvent.EDITED, subject=problem, by=by, at=at, **changes)
    return problem
