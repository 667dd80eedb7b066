"""Folding events into what an assignment is (重放). Pure: the events alone decide, no calendar, no database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from gongjian.engines.clock import supporting_units as supports
from gongjian.engines.clock.lights import Because, CheckpointDue, Reading, light, next_of
from gongjian.engines.clock.supporting_units import SupportDue
from gongjian.engines.workdays.calendar import Calendar

STEPS = ("REMINDER", "SUPERVISION", "INTERVIEW")
BY_WORKING_DAYS = ("HOURS", "WORKING_DAYS", "DATE")
DATES = ("due_on", "warn_on", "grave_on", "fixed", "met_on")


@dataclass(frozen=True)
class Hold:
    """A time on hold: from, to (None while it lasts), why."""

    since: date
    reason: str
    until: date | None = None
    working_days: int = 0


@dataclass(frozen=True)
class Snapshot:
    """An assignment as its events left it."""

    state: str
    unit: int
    person: int
    regime_name: str
    grade_name: str
    rule: tuple[Mapping[str, Any], ...]
    start: datetime
    dispatched_at: datetime
    checkpoints: tuple[CheckpointDue, ...]
    provisional: bool = False
    round: int = 1
    resolved_on: date | None = None
    outcome: str = ""
    closed_on: date | None = None
    extension_until: date | None = None
    granted: tuple[tuple[date, str], ...] = ()
    holds: tuple[Hold, ...] = ()
    objections: int = 0
    objection_final: bool = False
    dispatches: int = 1
    supports: tuple[SupportDue, ...] = ()
    escalations: tuple[tuple[str, str], ...] = ()

    @property
    def cycle(self) -> str:
        """What the ladder is climbed for: round, unit, checkpoint, promise. See `ladder.py`."""
        owed = self.next
        return f"{self.round}.{self.dispatches}.{owed.key}.{owed.nth}.{len(self.granted)}"

    @property
    def climbed(self) -> tuple[str, ...]:
        """Steps taken in the present cycle, in order."""
        return tuple(step for cycle, step in self.escalations if cycle == self.cycle)

    @property
    def due_on(self) -> date:
        """Time limit of the whole matter."""
        return self.checkpoints[-1].due_on

    @property
    def next(self) -> CheckpointDue:
        """What is owed next."""
        return next_of(self.checkpoints)


def dump(checkpoints: Iterable[CheckpointDue]) -> list[dict[str, Any]]:
    """Checkpoints as event data."""
    return [
        {k: v.isoformat() if isinstance(v, date | datetime) else v for k, v in asdict(one).items()}
        for one in checkpoints
    ]


def load(data: Iterable[Mapping[str, Any]]) -> tuple[CheckpointDue, ...]:
    """Checkpoints from event data."""
    found = []
    for entry in data:
        facts = {**entry, **{k: date.fromisoformat(entry[k]) if entry.get(k) else None for k in DATES}}
        facts["due_at"] = datetime.fromisoformat(entry["due_at"]) if entry.get("due_at") else None
        found.append(CheckpointDue(**facts))
    return tuple(found)


Data = Mapping[str, Any]


def _day(at: datetime, data: Data) -> date:
    return date.fromisoformat(data["day"]) if "day" in data else at.date()


def _handed_over(_none: Snapshot | None, data: Data, at: datetime, _by: str) -> Snapshot:
    return Snapshot(
        state="ASSIGNED",
        unit=data["unit_id"],
        person=data["person_id"],
        regime_name=data["regime"],
        grade_name=data["grade"],
        rule=tuple(data["rule"]),
        start=at,
        dispatched_at=at,
        checkpoints=load(data["checkpoints"]),
        provisional=data["provisional"],
        round=data.get("round", 1),  # a matter branched off goes on counting
        supports=supports.load(data.get("supports", ())),
    )


def met(
    checkpoints: Iterable[CheckpointDue], kind: str, day: date, *, every: bool
) -> tuple[CheckpointDue, ...]:
    """Mark checkpoints met: all of the kind, or only the first."""
    done, marked = False, []
    for one in checkpoints:
        hit = one.met_on is None and one.met_by == kind and (every or not done)
        done = done or hit
        marked.append(replace(one, met_on=day) if hit else one)
    return tuple(marked)


def _accepted(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    return replace(
        s, state="IN_PROGRESS", checkpoints=met(s.checkpoints, "accept", _day(at, data), every=True)
    )


def _objected(s: Snapshot, _data: Data, _at: datetime, _by: str) -> Snapshot:
    return replace(s, state="OBJECTED", objections=s.objections + 1)


def _overruled(s: Snapshot, _data: Data, _at: datetime, _by: str) -> Snapshot:
    return replace(s, state="ASSIGNED", objection_final=True)


def _dues(s: Snapshot, data: Data) -> Snapshot:
    s = _supports(s, data)
    if "checkpoints" not in data:
        return s
    return replace(s, checkpoints=load(data["checkpoints"]), provisional=data["provisional"])


def _supports(s: Snapshot, data: Data) -> Snapshot:
    return replace(s, supports=supports.load(data["supports"])) if "supports" in data else s


def _supports_changed(s: Snapshot, data: Data, _at: datetime, _by: str) -> Snapshot:
    return _supports(s, data)


def _support_accepted(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    facts = {"state": "IN_PROGRESS", "accepted_on": _day(at, data)}
    return replace(s, supports=supports.changed(s.supports, data["unit_id"], **facts))


def _support_replied(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    facts = {"state": "REPLIED", "replied_on": _day(at, data), "text": data["text"]}
    return replace(s, supports=supports.changed(s.supports, data["unit_id"], **facts))


def _reassigned(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    moved = replace(
        _dues(s, data),
        state="ASSIGNED",
        unit=data["unit_id"],
        person=data["person_id"],
        dispatched_at=at,
        dispatches=s.dispatches + 1,
        objections=0,
        objection_final=False,
    )
    return replace(moved, extension_until=None)


def _reported(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    reported = replace(s, checkpoints=met(s.checkpoints, "report", _day(at, data), every=False))
    return _dues(reported, data)  # a repeating checkpoint has opened its next occurrence


def _extension_asked(s: Snapshot, data: Data, _at: datetime, _by: str) -> Snapshot:
    return replace(s, extension_until=date.fromisoformat(data["until"]))


def _extension_granted(s: Snapshot, data: Data, _at: datetime, by: str) -> Snapshot:
    granted = (*s.granted, (date.fromisoformat(data["until"]), by))
    return replace(_dues(s, data), extension_until=None, granted=granted)


def _extension_refused(s: Snapshot, _data: Data, _at: datetime, _by: str) -> Snapshot:
    return replace(s, extension_until=None)


def _held(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    return replace(s, state="ON_HOLD", holds=(*s.holds, Hold(since=_day(at, data), reason=data["reason"])))


def _resumed(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    day = _day(at, data)
    ended = replace(s.holds[-1], until=day, working_days=data["working_days"])
    running = replace(_dues(s, data), state="IN_PROGRESS", holds=(*s.holds[:-1], ended))
    # held before it was signed for: nobody can sign a running matter, so going on counts as signing
    return replace(running, checkpoints=met(running.checkpoints, "accept", day, every=True))


def _resolved(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    return replace(
        s, state="RESOLVED", resolved_on=_day(at, data), outcome=data["outcome"], extension_until=None
    )


def _returned(s: Snapshot, _data: Data, _at: datetime, _by: str) -> Snapshot:
    return replace(s, state="IN_PROGRESS", resolved_on=None, outcome="")


def _checked(s: Snapshot, _data: Data, _at: datetime, _by: str) -> Snapshot:
    return replace(s, state="CHECKED")


def _closed(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    day = _day(at, data)
    done = tuple(one if one.met_on else replace(one, met_on=s.resolved_on or day) for one in s.checkpoints)
    return replace(s, state="CLOSED", closed_on=day, checkpoints=done)


def _reopened(s: Snapshot, data: Data, at: datetime, _by: str) -> Snapshot:
    fresh = replace(_dues(s, data), state="IN_PROGRESS", round=s.round + 1, start=at, granted=(), holds=())
    if "rule" in data:  # a limit of its own for putting right
        fresh = replace(fresh, rule=tuple(data["rule"]), regime_name=data["regime"], grade_name=data["grade"])
    fresh = replace(
        fresh, checkpoints=met(fresh.checkpoints, "accept", _day(at, data), every=True)
    )  # signed for long ago
    return replace(fresh, resolved_on=None, outcome="", closed_on=None)


def _withdrawn(s: Snapshot, _data: Data, _at: datetime, _by: str) -> Snapshot:
    return replace(s, state="WITHDRAWN")


def _escalated(s: Snapshot, data: Data, _at: datetime, _by: str) -> Snapshot:
    return replace(s, escalations=(*s.escalations, (data["cycle"], data["step"])))


def _same(s: Snapshot, _data: Data, _at: datetime, _by: str) -> Snapshot:
    return s


def _recomputed(s: Snapshot, data: Data, _at: datetime, _by: str) -> Snapshot:
    return _dues(s, data)


Fold = Callable[[Any, Data, datetime, str], Snapshot]
FOLDS: dict[str, Fold] = {
    "assignment.handed_over": _handed_over,
    "assignment.accepted": _accepted,
    "assignment.objected": _objected,
    "assignment.overruled": _overruled,
    "assignment.reassigned": _reassigned,
    "assignment.reported": _reported,
    "assignment.extension_asked": _extension_asked,
    "assignment.extension_granted": _extension_granted,
    "assignment.extension_refused": _extension_refused,
    "assignment.held": _held,
    "assignment.resumed": _resumed,
    "assignment.resolved": _resolved,
    "assignment.check_passed": _checked,
    "assignment.returned": _returned,
    "assignment.closed": _closed,
    "assignment.reopened": _reopened,
    "assignment.withdrawn": _withdrawn,
    "assignment.reminded": _same,
    "assignment.reminder_withdrawn": _same,
    "assignment.instructed": _same,
    "assignment.support_accepted": _support_accepted,
    "assignment.support_replied": _support_replied,
    "assignment.support_returned": _supports_changed,
    "assignment.support_added": _supports_changed,
    "assignment.support_released": _supports_changed,
    "assignment.escalated": _escalated,
    "assignment.due_recomputed": _recomputed,
}


def fold(snapshot: Snapshot | None, *, name: str, data: Data, at: datetime, by: str) -> Snapshot:
    """One event more. `at` in the city's time zone. KeyError for a name that is no event of an assignment."""
    return FOLDS[name](snapshot, data, at, by)


def read_clock(*, snapshot: Snapshot, today: date, calendar: Calendar) -> Reading:
    """Light, working days left and the reason, from the events, the calendar and the date."""
    s, owed = snapshot, snapshot.next
    shown = light(
        state=s.state,
        warn_on=owed.warn_on,
        due_on=owed.due_on,
        grave_on=owed.grave_on,
        resolved_on=s.resolved_on,
        today=today,
    )
    left = (
        calendar.between(today, owed.due_on) if s.state in ("ASSIGNED", "OBJECTED", "IN_PROGRESS") else None
    )
    return Reading(shown, left, tuple(_because(s, owed, today, calendar)), s.checkpoints)


def _because(s: Snapshot, owed: CheckpointDue, today: date, calendar: Calendar) -> Iterable[Because]:
    start = s.start.date()
    facts = {
        "start": start,
        "due": owed.due_on,
        "next": owed.name,
        "round": s.round,
        "regime": f"{s.regime_name}·{s.grade_name}",
    }
    yield Because(("rule" if s.rule else "date") + ("_again" if s.round > 1 else ""), facts)
    yield from _counting(s, owed, start, calendar)
    yield from _standing(s, owed, today, calendar)


def _counting(s: Snapshot, owed: CheckpointDue, start: date, calendar: Calendar) -> Iterable[Because]:
    yield from _days_off(owed, start, calendar)
    if held := sum(hold.working_days for hold in s.holds):
        yield Because("held", {"days": held})
    for until, by in s.granted:
        yield Because("extended", {"by": by, "until": until})
    if s.extension_until:
        yield Because("asked", {"until": s.extension_until})
    if years := calendar.provisional(start, owed.due_on):
        yield Because("provisional", {"years": years})


def _days_off(owed: CheckpointDue, start: date, calendar: Calendar) -> Iterable[Because]:
    if owed.span not in BY_WORKING_DAYS:  # every calendar day counts: nothing is skipped
        return
    if skipped := calendar.skipped(start, owed.due_on):
        yield Because("skipped", {"days": skipped})
    if worked := calendar.make_up_days(start, owed.due_on):
        yield Because("make_up", {"days": worked})


def _standing(s: Snapshot, owed: CheckpointDue, today: date, calendar: Calendar) -> Iterable[Because]:
    if s.state == "ON_HOLD":
        yield Because("on_hold", {"day": s.holds[-1].since, "reason": s.holds[-1].reason})
    elif s.state in ("RESOLVED", "CHECKED"):
        yield Because("resolved", {"day": s.resolved_on})
    elif s.state == "CLOSED":
        yield Because("closed", {"day": s.closed_on})
    elif s.state == "WITHDRAWN":
        yield Because("withdrawn", {})
    else:
        left = calendar.between(today, owed.due_on)
        if today == owed.due_on:
            yield Because("today", {})
        elif today < owed.due_on:
            yield Because("left", {"days": left})
        else:
            yield Because("late", {"days": -left}) if left else Because("late_rest", {})
