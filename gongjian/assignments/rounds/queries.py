"""The chain of rounds (重新交办链): what was asked, what was answered, why it was opened again; and how often it was passed on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from gongjian.assignments.events import AssignmentEvent as Name
from gongjian.audit.models import Event


@dataclass(frozen=True)
class Round:
    """One round: from when, why it began (empty for the first), until when, and how it was resolved."""

    number: int
    since: date
    due: str
    why: str = ""
    resolved_on: date | None = None
    outcome: str = ""
    text: str = ""
    closed_on: date | None = None


@dataclass(frozen=True)
class Dispatch:
    """One time it was given to a unit: to whom, when, and the objection it met."""

    unit: str
    on: date
    why: str = ""
    objection: str = ""


def rounds_of(story: Iterable[Event]) -> list[Round]:
    """All rounds, first to last, from the events oldest first."""
    found: list[Round] = []
    for event in story:
        on = timezone.localdate(event.at)
        if event.name == Name.HANDED_OVER:
            why = event.data.get("reason", "")
            found.append(Round(event.data.get("round", 1), on, event.data["due"], why=why))
        elif event.name == Name.REOPENED:
            found.append(
                Round(found[-1].number + 1 if found else 1, on, event.data["due"], why=event.data["reason"])
            )
        elif found:
            found[-1] = _told(found[-1], event, on)
    return found


def _told(current: Round, event: Event, on: date) -> Round:
    if event.name == Name.RESOLVED:
        return replace(current, resolved_on=on, outcome=event.data["outcome_word"], text=event.data["text"])
    if event.name == Name.RETURNED:
        return replace(current, resolved_on=None, outcome="", text="")
    if event.name == Name.CLOSED:
        return replace(current, closed_on=on)
    return (
        replace(current, due=event.data["due"])
        if "due" in event.data and "checkpoints" in event.data
        else current
    )


def dispatches_of(story: Iterable[Event]) -> list[Dispatch]:
    """Every unit it was given to, in order."""
    found: list[Dispatch] = []
    for event in story:
        on = timezone.localdate(event.at)
        if event.name in (Name.HANDED_OVER, Name.REASSIGNED):
            found.append(Dispatch(event.data["unit"], on, why=event.data.get("reason", "")))
        elif event.name == Name.OBJECTED and found:
            found[-1] = replace(found[-1], objection=event.data["reason"])
    return found
