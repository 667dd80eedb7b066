"""From events to the row: what a snapshot leaves in the projection, and the one way to append an event to it."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.events import AssignmentEvent
from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import snapshot_of
from gongjian.audit import required_text
from gongjian.audit.services import record
from gongjian.engines.clock.replay import Snapshot, fold
from gongjian.people.models import Account

SUPPORT_COLUMNS = ("state", "due_on", "warn_on", "grave_on", "accepted_on", "replied_on", "text")


def columns(snapshot: Snapshot) -> dict[str, Any]:
    """The projection of a snapshot, column by column."""
    owed = snapshot.next
    return {
        "state": snapshot.state,
        "lead_unit_id": snapshot.unit,
        "responsible_person_id": snapshot.person,
        "round": snapshot.round,
        "due_on": snapshot.due_on,
        "provisional": snapshot.provisional,
        "next_name": owed.name,
        "next_due_on": owed.due_on,
        "next_warn_on": owed.warn_on,
        "next_grave_on": owed.grave_on,
        "resolved_on": snapshot.resolved_on,
        "outcome": snapshot.outcome,
        "closed_on": snapshot.closed_on,
        "extension_until": snapshot.extension_until,
        "objections": snapshot.objections,
        "dispatches": snapshot.dispatches,
        "climbed": snapshot.climbed[-1] if snapshot.climbed else "",
    }


def locked(assignment: Assignment) -> Assignment:
    """The row as it stands, locked until the transaction ends."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "area", "lead_unit", "regime", "responsible_person"
    )
    return rows.get(pk=assignment.pk)


def open_move(assignment: Assignment, verb: str, *, by: Account | None) -> Assignment:
    """The row, locked, where the table lets this account make the move; `append` then writes it."""
    row = locked(assignment)
    perms.check_move(by, row, verb)
    return row


def apply(
    assignment: Assignment,
    verb: str,
    name: AssignmentEvent,
    *,
    by: Account | None,
    at: datetime,
    snapshot: Snapshot | None = None,
    **data: Any,
) -> Assignment:
    """A move of the table: check, record, fold, write. `assignment` must be locked."""
    perms.check_move(by, assignment, verb)
    return append(assignment, name, by=by, at=at, snapshot=snapshot, **data)


def append(
    assignment: Assignment,
    name: AssignmentEvent,
    *,
    by: Account | None,
    at: datetime,
    snapshot: Snapshot | None = None,
    **data: Any,
) -> Assignment:
    """Record, fold, write: the only way an assignment changes. The caller has checked and locked."""
    before = snapshot or snapshot_of(assignment)
    event = record(name, subject=assignment, by=by, at=at, **data)
    after = fold(before, name=event.name, data=data, at=timezone.localtime(at), by=event.by_name)
    if after.supports != before.supports:
        write_supports(assignment, after)
    return write(assignment, after, event.seq)


def write_supports(assignment: Assignment, snapshot: Snapshot) -> None:
    """The rows of supporting units, as the snapshot has them."""
    assignment.supports.exclude(unit__in=[one.unit for one in snapshot.supports]).delete()
    for one in snapshot.supports:
        facts = {name: getattr(one, name) for name in SUPPORT_COLUMNS}
        assignment.supports.update_or_create(unit_id=one.unit, defaults=facts)


def write(assignment: Assignment, snapshot: Snapshot, seq: int) -> Assignment:
    """Put a snapshot into the row."""
    for column, value in columns(snapshot).items():
        setattr(assignment, column, value)
    assignment.last_event = seq
    assignment.save()
    return assignment


def serve(assignment: Assignment, *, problems: int) -> None:
    """How many problems it answers for (所办问题数): lights are counted without a look at each problem."""
    assignment.served = problems
    assignment.save(update_fields=["served"])


def reason_given(reason: str) -> str:
    """A reason, never empty."""
    return required_text(reason, _("请写明理由。"), field="reason")
