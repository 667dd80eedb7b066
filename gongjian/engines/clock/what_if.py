"""An assignment under another rule: its own events replayed, the dues recounted. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from gongjian.engines.clock import events
from gongjian.engines.clock.deadlines import (
    Recount,
    Rule,
    dues_after_extension,
    dues_after_hold,
    dues_after_report,
    needs_a_date,
    new_round,
    opening_dues,
)
from gongjian.engines.clock.dues import Dues
from gongjian.engines.clock.events import Event, Happened
from gongjian.engines.clock.fold import fold
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.workdays.calendar import Calendar


def replay_under_rule(story: Iterable[Happened], *, rule: Rule | None, calendar: Calendar) -> Snapshot:
    """The snapshot as if handed over under `rule` (None: the rule it has), counted by the calendar now known.

    A round that was put right under a limit of its own stays as it was. Raises ValueError without events.
    """
    snapshot: Snapshot | None = None
    for happened in story:
        event, at = happened.event, happened.at
        if isinstance(event, events.HandedOver) and not isinstance(event, events.Imported):
            event = _handed_over(event, at, rule, calendar)
        elif snapshot is not None and type(event) in COUNTED_ANEW:
            event = COUNTED_ANEW[type(event)](snapshot, event, at, calendar)
        snapshot = fold(snapshot, replace(happened, event=event))
    if snapshot is None:
        raise ValueError("no events")
    return snapshot


def _handed_over(
    event: events.HandedOver, at: datetime, rule: Rule | None, calendar: Calendar
) -> events.HandedOver:
    used = event.rule_used.rule if rule is None else tuple(rule)
    used = () if len(used) == 1 and needs_a_date(used) else used
    fixed = _fixed(event.dues)
    due = fixed or event.dues.due if needs_a_date(used) else fixed
    dues = opening_dues(used, at, calendar, due=due)
    return replace(event, dues=dues, rule_used=replace(event.rule_used, rule=used))


def _fixed(dues: Dues) -> date | None:
    """The date somebody gave for the whole; None where the rule counted it."""
    return dues.checkpoints[-1].fixed


def _reassigned(
    s: Snapshot, event: events.Reassigned, _at: datetime, calendar: Calendar
) -> events.Reassigned:
    until = _fixed(event.dues) if event.dues else None
    return replace(event, dues=dues_after_extension(s, until, calendar) if until else None)


def _reported(s: Snapshot, event: events.Reported, at: datetime, calendar: Calendar) -> events.Reported:
    return replace(event, dues=dues_after_report(s, at.date(), calendar))


def _extension_granted(
    s: Snapshot, event: events.ExtensionGranted, _at: datetime, calendar: Calendar
) -> events.ExtensionGranted:
    return replace(event, dues=dues_after_extension(s, event.until, calendar))


def _resumed(s: Snapshot, event: events.Resumed, _at: datetime, calendar: Calendar) -> events.Resumed:
    return replace(event, dues=dues_after_hold(s, event.working_days, calendar).dues)


def _reopened(s: Snapshot, event: events.Reopened, at: datetime, calendar: Calendar) -> events.Reopened:
    if event.rule_used:
        return event
    counted: Recount = new_round(s, at, calendar, due=_fixed(event.dues))
    return replace(event, dues=counted.dues)


def _due_recomputed(
    s: Snapshot, event: events.DueRecomputed, _at: datetime, _calendar: Calendar
) -> events.DueRecomputed:
    """The calendar now known has already counted: the dues stay as they are."""
    return replace(event, dues=Dues(checkpoints=s.checkpoints, provisional=s.provisional), holds=None)


COUNTED_ANEW: dict[type[Event], Callable[[Snapshot, Any, datetime, Calendar], Event]] = {
    events.Reassigned: _reassigned,
    events.Reported: _reported,
    events.ExtensionGranted: _extension_granted,
    events.Resumed: _resumed,
    events.Reopened: _reopened,
    events.DueRecomputed: _due_recomputed,
}
