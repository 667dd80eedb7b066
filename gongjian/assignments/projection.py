"""From events to the row: the columns that hold a snapshot, and the only way to append an event."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.events import AssignmentEvent
from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.states import MOVE
from gongjian.audit import required_text
from gongjian.audit.services import record, shown_name
from gongjian.engines.clock.events import Event, Happened
from gongjian.engines.clock.fold import fold
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.clock.supporting_units import SupportDue
from gongjian.people.models import Account

NAMES = {name.value: name for name in AssignmentEvent}
SUPPORT_COLUMNS = ("state", "due_on", "warn_on", "grave_on", "accepted_on", "replied_on", "text")
BETWEEN = ","  # the verbs made by proxy, in one column


def columns(snapshot: Snapshot) -> dict[str, Any]:
    """The values of the row's columns for a snapshot."""
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
        "signed_on": snapshot.signed_on,
        "sign_due_on": snapshot.sign_due_on,
        "proxies": BETWEEN.join(snapshot.proxies),
        "lacks": BETWEEN.join(snapshot.lacks),
    }


def locked(assignment: Assignment) -> Assignment:
    """The row as it stands, locked until the transaction ends."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "area", "lead_unit", "regime", "responsible_person"
    )
    return rows.get(pk=assignment.pk)


def open_move(assignment: Assignment, verb: str, *, by: Account | None) -> Assignment:
    """Return the locked row if the table lets this account make the move; `append` then writes it."""
    row = locked(assignment)
    perms.check_move(by, row, verb)
    return row


def apply(
    assignment: Assignment,
    verb: str,
    event: Event,
    *,
    by: Account | None,
    at: datetime,
    snapshot: Snapshot | None = None,
) -> Assignment:
    """Check a move against the table, then `append` its event; `assignment` must be locked."""
    perms.check_move(by, assignment, verb)
    return append(assignment, event, by=by, at=at, snapshot=snapshot)


def append(
    assignment: Assignment,
    event: Event,
    *,
    by: Account | None,
    at: datetime,
    snapshot: Snapshot | None = None,
) -> Assignment:
    """Record an event and update the row, which the caller has checked and locked; returns the assignment.

    `snapshot` is the state before, if already loaded; an unsaved assignment begins with this event.
    """
    begins = assignment.pk is None
    before = None if begins else snapshot or snapshot_of(assignment)
    after = fold(before, Happened(event=event, at=timezone.localtime(at), by=shown_name(by)))
    put_columns(assignment, after)
    assignment.save()  # before its event, which speaks of its number and renews what follows the row
    if before is None or after.supports != before.supports:
        write_supports(assignment, after)
    data = event.as_data()
    assignment.last_event = record(NAMES[event.NAME], subject=assignment, by=by, at=at, **data).seq
    assignment.save(update_fields=["last_event"])
    return assignment


def write_supports(assignment: Assignment, snapshot: Snapshot) -> None:
    """Write the rows of supporting units as the snapshot has them; others are deleted."""
    assignment.supports.exclude(unit__in=[support.unit for support in snapshot.supports]).delete()
    for support in snapshot.supports:
        assignment.supports.update_or_create(unit_id=support.unit, defaults=_support_columns(support))


def _support_columns(support: SupportDue) -> dict[str, Any]:
    facts = {name: getattr(support, name) for name in SUPPORT_COLUMNS}
    return facts | {"proxies": BETWEEN.join(support.proxies)}


def supports_of(assignment: Assignment, snapshot: Snapshot) -> list[Support]:
    """The rows of supporting units of an assignment that begins, not yet saved."""
    return [
        Support(assignment=assignment, unit_id=support.unit, **_support_columns(support))
        for support in snapshot.supports
    ]


def put_columns(assignment: Assignment, snapshot: Snapshot) -> Snapshot:
    """Set the columns of a row, which is not yet saved, by a snapshot; returns the snapshot."""
    for column, value in columns(snapshot).items():
        setattr(assignment, column, value)
    return snapshot


def set_problems_served(assignment: Assignment, *, problems: int) -> None:
    """Store how many problems the assignment covers (所办问题数), so that lights are counted without them."""
    assignment.served = problems
    assignment.save(update_fields=["served"])


def proxy_of(assignment: Assignment, verb: str, reason: str, *, by: Account | None) -> str | None:
    """The reason for a move the office makes for the lead unit (代办); None where the unit makes it itself."""
    if not perms.acts_for_unit(by, assignment, verb):
        return None
    return proxy_reason_given(assignment.lead_unit.name, MOVE[verb].label, reason)


def proxy_reason_given(unit: str, move: object, reason: str) -> str:
    """The reason for acting for a unit; Refused where it is blank."""
    ask = _("代%(unit)s%(move)s要写明理由，如“单位没有账号，纸质签收”。") % {"unit": unit, "move": move}
    return required_text(reason, ask, field="proxy_reason")


def reason_given(reason: str) -> str:
    """The reason without blanks around it; Refused where it is blank."""
    return required_text(reason, _("请写明理由。"), field="reason")
