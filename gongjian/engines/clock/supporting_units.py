"""What supporting units owe (协办), each with its own due day and its own light. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from gongjian.engines.clock.lights import light, warning_days
from gongjian.engines.clock.states import ENDED, Light, State, SupportState
from gongjian.engines.workdays.calendar import Calendar

DATES = ("start", "due_on", "warn_on", "grave_on", "accepted_on", "replied_on")


@dataclass(frozen=True)
class SupportDue:
    """One supporting unit, due `amount` + `shift` working days after `start`, not after the whole matter."""

    unit: int
    name: str
    amount: int
    start: date
    due_on: date
    warn_on: date
    grave_on: date
    shift: int = 0
    state: SupportState = SupportState.ASSIGNED
    accepted_on: date | None = None
    replied_on: date | None = None
    text: str = ""
    proxies: tuple[
        str, ...
    ] = ()  # the verbs the office made for it; returning its answer keeps the signature's


Supports = tuple[SupportDue, ...]
STORED = tuple(field.name for field in fields(SupportDue))


def new_support(
    *, unit: int, name: str, amount: int, start: date, limit: date, calendar: Calendar
) -> SupportDue:
    """The part of a unit asked to support from `start` on; its answer is due no later than `limit`."""
    empty = SupportDue(
        unit=unit, name=name, amount=amount, start=start, due_on=limit, warn_on=limit, grave_on=limit
    )
    return with_dates(empty, limit, calendar)


def with_dates(support: SupportDue, limit: date, calendar: Calendar) -> SupportDue:
    """The supporting unit's part with its dates recounted."""
    due = min(calendar.add(support.start, support.amount + support.shift), max(limit, support.start))
    warn_on, grave_on = warning_days(support.start, due, calendar)
    return replace(support, due_on=due, warn_on=warn_on, grave_on=grave_on)


def recount_supports(supports: Iterable[SupportDue], limit: date, calendar: Calendar) -> Supports:
    """The supports with the dates of those who still owe an answer recounted; the others stay."""
    return tuple(
        support if support.replied_on else with_dates(support, limit, calendar) for support in supports
    )


def add_working_days(supports: Iterable[SupportDue], working_days: int) -> Supports:
    """The supports with more working days for those who still owe an answer; their dates are not yet recounted."""
    return tuple(
        support if support.replied_on else replace(support, shift=support.shift + working_days)
        for support in supports
    )


def supports_in_new_round(
    supports: Iterable[SupportDue], start: date, limit: date, calendar: Calendar
) -> Supports:
    """The supports of a new round: every unit is asked again; those that had signed need not sign again."""
    return tuple(with_dates(_fresh(support, start), limit, calendar) for support in supports)


def return_to_unit(
    supports: Iterable[SupportDue], unit: int, *, start: date, limit: date, calendar: Calendar
) -> Supports:
    """The supports with one unit's answer sent back: it gets the same number of working days from `start`."""
    return tuple(
        with_dates(replace(_fresh(support, start), state=SupportState.IN_PROGRESS), limit, calendar)
        if support.unit == unit
        else support
        for support in supports
    )


def _fresh(support: SupportDue, start: date) -> SupportDue:
    state = SupportState.IN_PROGRESS if support.accepted_on else SupportState.ASSIGNED
    signed = tuple(verb for verb in support.proxies if verb == "accept_support")
    return replace(support, start=start, shift=0, replied_on=None, text="", state=state, proxies=signed)


def update_unit(supports: Iterable[SupportDue], unit: int, **facts: Any) -> Supports:
    """The supports with some facts of one unit changed."""
    return tuple(replace(support, **facts) if support.unit == unit else support for support in supports)


def without_unit(supports: Iterable[SupportDue], unit: int) -> Supports:
    """The supports without this unit."""
    return tuple(support for support in supports if support.unit != unit)


def supports_as_data(supports: Iterable[SupportDue]) -> list[dict[str, Any]]:
    """The supporting units as event data, in JSON values only."""
    return [
        {key: _as_json(value) for key in STORED if (value := getattr(support, key)) or key != "proxies"}
        for support in supports
    ]


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, SupportState) else value


def supports_from_data(data: Iterable[Mapping[str, Any]]) -> Supports:
    """The supporting units from event data; a key that an older version did not write takes its default."""
    return tuple(
        SupportDue(
            **{
                **entry,
                **{key: date.fromisoformat(entry[key]) if entry.get(key) else None for key in DATES},
                "state": SupportState(entry.get("state", SupportState.ASSIGNED)),
                "proxies": tuple(entry.get("proxies", ())),
            }
        )
        for entry in data
    )


def support_light(
    *,
    whole: State,
    resolved_on: date | None,
    replied_on: date | None,
    warn_on: date,
    due_on: date,
    grave_on: date,
    today: date,
) -> Light:
    """The light of one supporting unit; once the whole matter is on hold, resolved or ended, so is its support."""
    stopped_on = replied_on or resolved_on
    state = whole
    if whole not in ENDED and (stopped_on or whole != State.ON_HOLD):
        state = State.RESOLVED if stopped_on else State.IN_PROGRESS
    return light(
        state=state, warn_on=warn_on, due_on=due_on, grave_on=grave_on, resolved_on=stopped_on, today=today
    )
