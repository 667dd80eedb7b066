"""What every page that shows an assignment hands to its template: history, files, supporting units, rounds."""

from datetime import date
from typing import Any

from gongjian.assignments.models import Assignment
from gongjian.assignments.rounds.queries import dispatches_of, rounds_of
from gongjian.assignments.states import OPEN
from gongjian.audit.models import Event
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.web.assignments.instructions.views import READY
from gongjian.web.assignments.supporting_units.views import supports_of
from gongjian.web.attachments.file_panel import files_of


def around(account: Account, found: Assignment, told: list[Event], today: date) -> dict[str, Any]:
    """What stands around an assignment on every page that shows it: its story, supporting units, rounds, instructing."""
    files = files_of(account, found, *found.problems.all())
    return {
        "files": files,
        "events": told[::-1],
        "supports": supports_of(account, found, today),
        "rounds": rounds_of(told),
        "dispatches": dispatches_of(told),
        "ready": READY if account.role == Role.LEADER and found.state in OPEN else {},
    }
