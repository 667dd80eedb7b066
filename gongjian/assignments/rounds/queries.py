"""The chain of rounds (重新交办链): why each began and how it ended; and every dispatch to a unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from gongjian.audit.models import Event
from gongjian.engines.clock import events as clock
from gongjian.engines.clock.dues import Dues


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
    """One dispatch: to which unit, when and why, and the unit's objection if any."""

    unit: str
    on: date
    why: str = ""
    objection: str = ""


def rounds_of(story: Iterable[Event]) -> list[Round]:
    """All rounds, first to last, from the events oldest first."""
    rounds: list[Round] = []
    for event, on in _typed(story):
        if isinstance(event, clock.Imported):
            rounds.append(_imported(event))
        elif isinstance(event, clock.HandedOver):
            rounds.append(Round(event.round, on, event.dues.due.isoformat(), why=event.reason or ""))
        elif isinstance(event, clock.Reopened):
            number = rounds[-1].number + 1 if rounds else 1
            rounds.append(Round(number, on, event.dues.due.isoformat(), why=event.reason))
        elif rounds:
            rounds[-1] = _with_event(rounds[-1], event, on)
    return rounds


def _imported(event: clock.Imported) -> Round:
    """The round an older ledger told of, with its own days."""
    round_ = Round(event.round, event.since, event.dues.due.isoformat(), why=event.reason or "")
    word, text = event.outcome_word, event.text
    return replace(round_, resolved_on=event.resolved_on, outcome=word, text=text, closed_on=event.closed_on)


def _typed(story: Iterable[Event]) -> Iterator[tuple[clock.Event, date]]:
    """The typed events of the clock among these events, each with its day."""
    for event in story:
        if event.name in clock.KINDS:
            yield clock.read_event(event.name, event.data), timezone.localdate(event.at)


def _with_event(current: Round, event: clock.Event, on: date) -> Round:
    if isinstance(event, clock.Resolved):
        return replace(current, resolved_on=on, outcome=event.outcome_word, text=event.text)
    if isinstance(event, clock.Returned):
        return replace(current, resolved_on=None, outcome="", text="")
    if isinstance(event, clock.Closed):
        return replace(current, closed_on=on)
    dues: Dues | None = getattr(event, "dues", None)
    return replace(current, due=dues.due.isoformat()) if dues else current


def dispatches_of(story: Iterable[Event]) -> list[Dispatch]:
    """Every dispatch to a unit, in order."""
    dispatches: list[Dispatch] = []
    for event, on in _typed(story):
        if isinstance(event, clock.HandedOver | clock.Reassigned):
            on = event.since if isinstance(event, clock.Imported) else on
            dispatches.append(Dispatch(event.unit, on, why=event.reason or ""))
        elif isinstance(event, clock.Objected) and dispatches:
            dispatches[-1] = replace(dispatches[-1], objection=event.reason)
    return dispatches
