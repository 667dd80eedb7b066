"""What every page that shows an assignment hands to its template: history, files, supporting units, rounds."""

from datetime import date
from typing import Any

from gongjian.assignments.models import Assignment
from gongjian.assignments.rounds.queries import dispatches_of, rounds_of
from gongjian.assignments.states import OPEN
from gongjian.audit.models import Event
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.problems.queries import covered_by
from gongjian.web.assignments.instructions.views import READY
from gongjian.web.assignments.supporting_units.views import supports_of
from gongjian.web.attachments.file_panel import files_of


def shared_context(
    account: Account, assignment: Assignment, events: list[Event], today: date
) -> dict[str, Any]:
    """Context of every page that shows an assignment: its files, events, supporting units, rounds, ready instructions."""
    problems, _hidden = covered_by(assignment, account)
    files = files_of(account, assignment, *problems, area=assignment.area)
    return {
        "files": files,
        "events": events[::-1],
        "supports": supports_of(account, assignment, today),
        "rounds": rounds_of(events),
        "dispatches": dispatches_of(events),
        "ready": READY if account.role == Role.LEADER and assignment.state in OPEN else {},
    }
