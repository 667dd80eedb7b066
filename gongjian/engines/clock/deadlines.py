"""How dues change: at the opening, after a hold, by an extension, in a new round, when a year is announced."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from gongjian.engines.clock import supporting_units
from gongjian.engines.clock.lights import CheckpointDue, place, timeline
from gongjian.engines.clock.replay import Snapshot, dump, met
from gongjian.engines.clock.vocabulary import DISSATISFIED, PUT_RIGHT
from gongjian.engines.workdays.calendar import Calendar


def facts(checkpoints: Sequence[CheckpointDue], start: date, calendar: Calendar) -> dict[str, Any]:
    """Dues as event data: the dates, and whether they reach into a year not yet announced."""
    due = max(one.due_on for one in checkpoints)
    return {
        "checkpoints": dump(checkpoints),
        "provisional": bool(calendar.provisional(start, due)),
        "due": checkpoints[-1].due_on.isoformat(),
    }


def by_date(rule: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the time limit of the whole is a date to be given: no rule, or one that ends with an agreed date."""
    return not rule or rule[-1]["span"] == "DATE"


def opening(
    rule: Sequence[Mapping[str, Any]], start: datetime, calendar: Calendar, *, due: date | None
) -> dict[str, Any]:
    """The dues of a new round."""
    return facts(timeline(rule, start, calendar, due=due), start.date(), calendar)


def again(snapshot: Snapshot, start: datetime, calendar: Calendar, *, due: date | None) -> dict[str, Any]:
    """A new round: the same rule from the new start; where a date was agreed as many working days as the first time."""
    if due is None and by_date(snapshot.rule):
        given = max(1, calendar.between(snapshot.start.date(), snapshot.due_on))
        due = calendar.add(start.date(), given)
    found = opening(snapshot.rule, start, calendar, due=due)
    return found | _asked_again(snapshot, start, found, calendar)


def _asked_again(
    snapshot: Snapshot, start: datetime, found: dict[str, Any], calendar: Calendar
) -> dict[str, Any]:
    if not snapshot.supports:
        return {}
    limit = date.fromisoformat(found["due"])
    return {
        "supports": supporting_units.dump(
            supporting_units.again(snapshot.supports, start.date(), limit, calendar)
        )
    }


def putting_right(
    snapshot: Snapshot, start: datetime, calendar: Calendar, *, working_days: int, regime: str
) -> dict[str, Any]:
    """A new round with a limit of its own: what the firm was dissatisfied with is put right within so many days."""
    rule = [
        {
            "key": "recheck",
            "name": PUT_RIGHT,
            "span": "WORKING_DAYS",
            "amount": working_days,
            "met_by": "resolve",
        }
    ]
    found = opening(rule, start, calendar, due=None)
    named = {"rule": rule, "regime": regime, "grade": DISSATISFIED}
    return found | named | _asked_again(snapshot, start, found, calendar)


def shifted(snapshot: Snapshot, working_days: int, calendar: Calendar) -> dict[str, Any]:
    """Checkpoints still open move by the working days spent on hold."""
    moved = [
        one if one.met_on else place(replace(one, shift=one.shift + working_days), snapshot.start, calendar)
        for one in snapshot.checkpoints
    ]
    found = facts(moved, snapshot.start.date(), calendar)
    later = [
        one if one.replied_on else replace(one, shift=one.shift + working_days) for one in snapshot.supports
    ]
    return found | _supports(later, found, calendar)


def _supports(
    listed: Sequence[supporting_units.SupportDue], found: dict[str, Any], calendar: Calendar
) -> dict[str, Any]:
    if not listed:
        return {}
    limit = date.fromisoformat(found["due"])
    return {"supports": supporting_units.dump(supporting_units.counted(listed, limit, calendar))}


def extended(snapshot: Snapshot, until: date, calendar: Calendar) -> dict[str, Any]:
    """The time limit of the whole becomes `until`; other checkpoints stay."""
    last = place(replace(snapshot.checkpoints[-1], fixed=until, shift=0), snapshot.start, calendar)
    return facts([*snapshot.checkpoints[:-1], last], snapshot.start.date(), calendar)


def recomputed(snapshot: Snapshot, calendar: Calendar) -> dict[str, Any] | None:
    """Open checkpoints counted anew by the calendar now known; None when nothing changes."""
    fresh = [one if one.met_on else place(one, snapshot.start, calendar) for one in snapshot.checkpoints]
    found = facts(fresh, snapshot.start.date(), calendar)
    found |= _supports(snapshot.supports, found, calendar)
    same = tuple(fresh) == snapshot.checkpoints and found["provisional"] == snapshot.provisional
    same = same and supporting_units.load(found.get("supports", ())) == snapshot.supports
    return None if same else found


def rolled(snapshot: Snapshot, day: date, calendar: Calendar) -> dict[str, Any]:
    """After a report that meets a repeating checkpoint: its next occurrence, the first after `day`. Empty when none does."""
    before, after = snapshot.checkpoints, met(snapshot.checkpoints, "report", day, every=False)
    for index, (was, now) in enumerate(zip(before, after, strict=True)):
        if now.repeat and now.met_on != was.met_on:
            fresh = _occurrence(now, snapshot.start, day, calendar)
            return facts([*after[: index + 1], fresh, *after[index + 1 :]], snapshot.start.date(), calendar)
    return {}


def _occurrence(one: CheckpointDue, start: datetime, day: date, calendar: Calendar) -> CheckpointDue:
    fresh = replace(one, met_on=None, fixed=None)
    while fresh.nth == one.nth or fresh.due_on <= day:
        fresh = place(replace(fresh, nth=fresh.nth + 1), start, calendar)
    return fresh
