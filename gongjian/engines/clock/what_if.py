"""What would have become of a matter under another rule: its own events once more, the dues counted anew. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from gongjian.engines.clock.deadlines import again, by_date, extended, opening, rolled, shifted
from gongjian.engines.clock.replay import Snapshot, fold, load
from gongjian.engines.workdays.calendar import Calendar

Rule = Sequence[Mapping[str, Any]]
Happened = tuple[str, Mapping[str, Any], datetime, str]  # name, data, at in the city's time, by
COUNTED = ("checkpoints", "provisional", "due")


def rerun(events: Iterable[Happened], *, rule: Rule | None, calendar: Calendar) -> Snapshot:
    """The matter as it would stand had it been handed over under `rule` (None: its own), by the calendar now known."""
    found: Snapshot | None = None
    for event in events:
        name, _data, at, by = event
        found = fold(
            found, name=name, data=_counted(found, event, rule=rule, calendar=calendar), at=at, by=by
        )
    if found is None:
        raise ValueError("no events")
    return found


def _counted(
    s: Snapshot | None, event: Happened, *, rule: Rule | None, calendar: Calendar
) -> Mapping[str, Any]:
    """The event's data with its dues counted anew; a round put right under a limit of its own stays as it is."""
    name, data, at, _by = event
    if s is None:
        return _opened(data, at, rule, calendar)
    anew = ANEW.get(name)
    if anew is None or "rule" in data:
        return data
    bare = {key: value for key, value in data.items() if key not in COUNTED}
    return bare | {key: value for key, value in anew(s, data, at, calendar).items() if key in COUNTED}


def _opened(
    data: Mapping[str, Any], at: datetime, rule: Rule | None, calendar: Calendar
) -> Mapping[str, Any]:
    used = list(data["rule"] if rule is None else rule)
    used = [] if len(used) == 1 and by_date(used) else used
    fixed = _fixed(data)
    due = fixed or date.fromisoformat(data["due"]) if by_date(used) else fixed
    return {**data, **opening(used, at, calendar, due=due), "rule": used}


def _fixed(data: Mapping[str, Any]) -> date | None:
    """The date somebody gave for the whole; None where the rule counted it."""
    return load(data["checkpoints"])[-1].fixed


def _reassigned(s: Snapshot, data: Mapping[str, Any], _at: datetime, calendar: Calendar) -> dict[str, Any]:
    until = _fixed(data) if "checkpoints" in data else None
    return extended(s, until, calendar) if until else {}


ANEW: dict[str, Callable[[Snapshot, Mapping[str, Any], datetime, Calendar], dict[str, Any]]] = {
    "assignment.reassigned": _reassigned,
    "assignment.reported": lambda s, _data, at, calendar: rolled(s, at.date(), calendar),
    "assignment.extension_granted": lambda s, data, _at, calendar: extended(
        s, date.fromisoformat(data["until"]), calendar
    ),
    "assignment.resumed": lambda s, data, _at, calendar: shifted(s, data["working_days"], calendar),
    "assignment.reopened": lambda s, data, at, calendar: again(s, at, calendar, due=_fixed(data)),
    "assignment.due_recomputed": lambda _s, _data, _at, _calendar: {},
}
