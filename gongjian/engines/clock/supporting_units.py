"""What supporting units owe (协办): each with its own day and its own light. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from gongjian.engines.clock.lights import light, window
from gongjian.engines.workdays.calendar import Calendar

DATES = ("start", "due_on", "warn_on", "grave_on", "accepted_on", "replied_on")


@dataclass(frozen=True)
class SupportDue:
    """One supporting unit on one assignment. `amount` working days from `start`, moved by `shift`, never past the whole."""

    unit: int
    name: str
    amount: int
    start: date
    due_on: date
    warn_on: date
    grave_on: date
    shift: int = 0
    state: str = "ASSIGNED"
    accepted_on: date | None = None
    replied_on: date | None = None
    text: str = ""


def opened(*, unit: int, name: str, amount: int, start: date, limit: date, calendar: Calendar) -> SupportDue:
    """A unit is asked to support from `start` on; its answer is due before the whole matter is."""
    empty = SupportDue(
        unit=unit, name=name, amount=amount, start=start, due_on=limit, warn_on=limit, grave_on=limit
    )
    return placed(empty, limit, calendar)


def placed(one: SupportDue, limit: date, calendar: Calendar) -> SupportDue:
    """The same with its dates counted anew."""
    due = min(calendar.add(one.start, one.amount + one.shift), max(limit, one.start))
    warn_on, grave_on = window(one.start, due, calendar)
    return replace(one, due_on=due, warn_on=warn_on, grave_on=grave_on)


def counted(supports: Iterable[SupportDue], limit: date, calendar: Calendar) -> list[SupportDue]:
    """Those who still owe an answer, counted anew; the others stay."""
    return [one if one.replied_on else placed(one, limit, calendar) for one in supports]


def again(supports: Iterable[SupportDue], start: date, limit: date, calendar: Calendar) -> list[SupportDue]:
    """A new round: everybody is asked again; who had signed has signed."""
    fresh = [
        replace(one, start=start, shift=0, replied_on=None, text="", state=_standing(one)) for one in supports
    ]
    return [placed(one, limit, calendar) for one in fresh]


def _standing(one: SupportDue) -> str:
    return "IN_PROGRESS" if one.accepted_on else "ASSIGNED"


def changed(supports: Iterable[SupportDue], unit: int, **facts: Any) -> tuple[SupportDue, ...]:
    """One unit's line with new facts."""
    return tuple(replace(one, **facts) if one.unit == unit else one for one in supports)


def dump(supports: Iterable[SupportDue]) -> list[dict[str, Any]]:
    """As event data."""
    return [{k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(s).items()} for s in supports]


def load(data: Iterable[Mapping[str, Any]]) -> tuple[SupportDue, ...]:
    """From event data."""
    return tuple(
        SupportDue(**{**e, **{k: date.fromisoformat(e[k]) if e[k] else None for k in DATES}}) for e in data
    )


def support_light(
    *,
    whole: str,
    resolved_on: date | None,
    replied_on: date | None,
    warn_on: date,
    due_on: date,
    grave_on: date,
    today: date,
) -> str:
    """The light of one supporting unit; once the whole matter rests, is done or ended, so is the duty to support."""
    if whole in ("CLOSED", "WITHDRAWN"):
        return "DONE"
    stopped = replied_on or resolved_on
    if whole == "ON_HOLD" and not stopped:
        return "GREY"
    dates = {"warn_on": warn_on, "due_on": due_on, "grave_on": grave_on}
    return light(state="RESOLVED" if stopped else "IN_PROGRESS", resolved_on=stopped, today=today, **dates)
