"""A matter of its own out of a shared one (分出重办): the same unit, the same task, a new round of days from today."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.events import AssignmentEvent as Name
from gongjian.assignments.models import Assignment
from gongjian.assignments.notices_to_units.services import tell_again
from gongjian.assignments.projection import columns, locked, reason_given
from gongjian.assignments.queries import snapshot_of
from gongjian.audit.services import record
from gongjian.engines.clock.deadlines import again, putting_right
from gongjian.engines.clock.replay import Snapshot, fold
from gongjian.people.models import Account


def dues_again(row: Assignment, snapshot: Snapshot, start: datetime) -> dict[str, Any]:
    """The days of a round after the firm was dissatisfied: the regime's limit for putting right, else the same rule."""
    days = row.regime.recheck_working_days if row.regime else None
    calendar = current_calendar()
    if row.regime is None or days is None:
        return again(snapshot, start, calendar, due=None)
    return putting_right(snapshot, start, calendar, working_days=days, regime=row.regime.name)


@transaction.atomic
def branch_off(assignment: Assignment, *, reason: str, by: Account | None, at: datetime) -> Assignment:
    """One firm's part of a shared assignment goes on by itself; supporting units are asked anew by the office if needed."""
    row = locked(assignment)
    before, start = snapshot_of(row), timezone.localtime(at)
    unit, person = row.lead_unit, row.responsible_person
    kept = {"rule": list(before.rule), "regime": before.regime_name, "grade": before.grade_name}
    data = (
        kept
        | dues_again(row, before, start)
        | {
            "supports": [],
            "copied": [],
            "unit": unit.name,
            "unit_id": unit.pk,
            "person": person.name,
            "person_id": person.pk,
            "task": row.task,
            "on_the_spot": False,
            "branched_from": row.number,
            "round": before.round + 1,
            "reason": reason_given(reason),
        }
    )
    snapshot = fold(None, name=Name.HANDED_OVER.value, data=data, at=start, by=str(by or ""))
    made = Assignment(
        source=row.source,
        task=row.task,
        area=row.area,
        responsible_leader=row.responsible_leader,
        regime=row.regime,
        grade=row.grade,
        about=row.about,
        on_the_spot=False,
        handed_over_by=row.handed_over_by,
        handed_over_at=at,
        **columns(snapshot),
    )
    made.save()
    made.last_event = record(Name.HANDED_OVER, subject=made, by=by, at=at, **data).seq
    made.save(update_fields=["last_event"])
    tell_again(made, data["reason"], by=by, at=at)
    return made
