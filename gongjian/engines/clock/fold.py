"""Folds events into the state of an assignment (重放), one function per kind of event. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from gongjian.engines.clock import events
from gongjian.engines.clock.checkpoints import meet_all, meet_first
from gongjian.engines.clock.dues import Dues
from gongjian.engines.clock.events import Event, Happened
from gongjian.engines.clock.snapshot import GrantedExtension, Hold, Snapshot, StepTaken
from gongjian.engines.clock.states import MetBy, State, SupportState
from gongjian.engines.clock.supporting_units import SupportDue, update_unit

MORNING = time(9)  # when a matter began of which only the day is known
SUPPORTERS_VERBS = (events.SupportAccepted.VERB, events.SupportReplied.VERB)


def fold(before: Snapshot | None, happened: Happened) -> Snapshot:
    """The snapshot of the assignment after one more event; `before` is None for the first, the hand-over."""
    event = happened.event
    if isinstance(event, events.Imported):
        return _imported(event, happened)
    if isinstance(event, events.HandedOver):
        return _with_signing(_handed_over(event, happened))
    if before is None:
        raise ValueError(f"{event.NAME} before the hand-over")
    after = FOLDS[type(event)](before, event, happened)
    return _with_signing(_with_proxy(after, event))


def _with_proxy(s: Snapshot, event: Event) -> Snapshot:
    """Remember a move the office made for the lead unit."""
    if not isinstance(event, events.UnitMove) or event.proxy is None or event.VERB in SUPPORTERS_VERBS:
        return s
    return s if event.VERB in s.proxies else replace(s, proxies=(*s.proxies, event.VERB))


def _with_signing(s: Snapshot) -> Snapshot:
    """While the unit has not signed, the day it has to sign by follows the open checkpoint."""
    if s.signed_on is not None:
        return s
    open_ones = (c.due_on for c in s.checkpoints if c.met_by == MetBy.ACCEPT and not c.met_on)
    return replace(s, sign_due_on=next(open_ones, None))


def replay(story: Iterable[Happened]) -> Snapshot | None:
    """The snapshot of the assignment after all its events, oldest first; None when there are no events."""
    snapshot: Snapshot | None = None
    for happened in story:
        snapshot = fold(snapshot, happened)
    return snapshot


def _counted(dues: Dues | None, supports: tuple[SupportDue, ...] | None = None) -> dict[str, Any]:
    """What changes by the dues and supporting units an event counted; None leaves them as they are."""
    changes: dict[str, Any] = {} if supports is None else {"supports": supports}
    return changes | {"checkpoints": dues.checkpoints, "provisional": dues.provisional} if dues else changes


def _handed_over(event: events.HandedOver, happened: Happened) -> Snapshot:
    return Snapshot(
        state=State.ASSIGNED,
        unit=event.unit_id,
        person=event.person_id,
        regime_name=event.rule_used.regime,
        grade_name=event.rule_used.grade,
        rule=event.rule_used.rule,
        start=happened.at,
        dispatched_at=happened.at,
        checkpoints=event.dues.checkpoints,
        provisional=event.dues.provisional,
        round=event.round,  # a matter that went on by itself goes on counting
        supports=event.supports,
    )


def _imported(event: events.Imported, happened: Happened) -> Snapshot:
    """As far as the older ledger says it had come; whether and when the unit had signed, it does not say."""
    start = datetime.combine(event.since, MORNING, happened.at.tzinfo)
    s = _handed_over(event, replace(happened, at=start))
    state, day = State.IN_PROGRESS, event.closed_on or event.resolved_on
    if day is not None:
        state = State.CLOSED if event.closed_on else State.RESOLVED
        s = replace(s, checkpoints=tuple(replace(c, met_on=event.resolved_on or day) for c in s.checkpoints))
    return replace(
        s,
        state=state,
        resolved_on=event.resolved_on,
        outcome=event.outcome or "",
        closed_on=event.closed_on,
        lacks=event.lacks,
    )


def _accepted(s: Snapshot, _event: events.Accepted, happened: Happened) -> Snapshot:
    signed = meet_all(s.checkpoints, MetBy.ACCEPT, happened.at.date())
    return replace(s, state=State.IN_PROGRESS, checkpoints=signed, signed_on=happened.at.date())


def _objected(s: Snapshot, _event: events.Objected, _happened: Happened) -> Snapshot:
    return replace(s, state=State.OBJECTED, objections=s.objections + 1)


def _overruled(s: Snapshot, _event: events.Overruled, _happened: Happened) -> Snapshot:
    return replace(s, state=State.ASSIGNED, objection_final=True)


def _reassigned(s: Snapshot, event: events.Reassigned, happened: Happened) -> Snapshot:
    return replace(
        s,
        **_counted(event.dues, event.supports),
        state=State.ASSIGNED,
        unit=event.unit_id,
        person=event.person_id,
        dispatched_at=happened.at,
        dispatches=s.dispatches + 1,
        objections=0,
        objection_final=False,
        extension_until=None,
        signed_on=None,
        proxies=(),
    )


def _taken_over(s: Snapshot, event: events.TakenOver, _happened: Happened) -> Snapshot:
    return replace(s, **_counted(None, event.supports), unit=event.unit_id, person=event.person_id)


def _person_changed(s: Snapshot, event: events.PersonChanged, _happened: Happened) -> Snapshot:
    return replace(s, person=event.person_id)


def _withdrawn(s: Snapshot, _event: events.Withdrawn, _happened: Happened) -> Snapshot:
    return replace(s, state=State.WITHDRAWN)


def _reported(s: Snapshot, event: events.Reported, happened: Happened) -> Snapshot:
    if event.dues:  # a repeating checkpoint is met and has opened its next occurrence
        return replace(s, **_counted(event.dues))
    return replace(s, checkpoints=meet_first(s.checkpoints, MetBy.REPORT, happened.at.date()))


def _extension_asked(s: Snapshot, event: events.ExtensionAsked, _happened: Happened) -> Snapshot:
    return replace(s, extension_until=event.until)


def _extension_granted(s: Snapshot, event: events.ExtensionGranted, happened: Happened) -> Snapshot:
    granted = (*s.granted, GrantedExtension(event.until, happened.by))
    return replace(s, **_counted(event.dues), extension_until=None, granted=granted)


def _extension_refused(s: Snapshot, _event: events.ExtensionRefused, _happened: Happened) -> Snapshot:
    return replace(s, extension_until=None)


def _held(s: Snapshot, event: events.Held, happened: Happened) -> Snapshot:
    hold = Hold(happened.at.date(), event.reason, unsigned=s.state == State.ASSIGNED)
    return replace(s, state=State.ON_HOLD, holds=(*s.holds, hold))


def _resumed(s: Snapshot, event: events.Resumed, happened: Happened) -> Snapshot:
    day = happened.at.date()
    ended = replace(s.holds[-1], until=day, working_days=event.working_days)
    changes = _counted(event.dues, event.supports)
    state = State.ASSIGNED if event.to_sign else State.IN_PROGRESS
    if not event.to_sign:  # older events let a matter go on unsigned, and counted that as signing
        changes["checkpoints"] = meet_all(event.dues.checkpoints, MetBy.ACCEPT, day)
    return replace(s, **changes, state=state, holds=(*s.holds[:-1], ended))


def _escalated(s: Snapshot, event: events.Escalated, _happened: Happened) -> Snapshot:
    return replace(s, steps_taken=(*s.steps_taken, StepTaken(event.cycle, event.step)))


def _due_recomputed(s: Snapshot, event: events.DueRecomputed, _happened: Happened) -> Snapshot:
    holds = s.holds
    if event.holds is not None:
        held = zip(s.holds, event.holds, strict=True)
        holds = tuple(replace(hold, working_days=days) for hold, days in held)
    return replace(s, **_counted(event.dues, event.supports), holds=holds)


def _resolved(s: Snapshot, event: events.Resolved, happened: Happened) -> Snapshot:
    day = happened.at.date()
    return replace(s, state=State.RESOLVED, resolved_on=day, outcome=event.outcome, extension_until=None)


def _check_passed(s: Snapshot, _event: events.CheckPassed, _happened: Happened) -> Snapshot:
    return replace(s, state=State.CHECKED)


def _returned(s: Snapshot, _event: events.Returned, _happened: Happened) -> Snapshot:
    return replace(
        s, state=State.IN_PROGRESS, resolved_on=None, outcome="", proxies=_without_resolving(s.proxies)
    )


def _closed(s: Snapshot, _event: events.Closed, happened: Happened) -> Snapshot:
    day = happened.at.date()
    done = tuple(
        checkpoint if checkpoint.met_on else replace(checkpoint, met_on=s.resolved_on or day)
        for checkpoint in s.checkpoints
    )
    return replace(s, state=State.CLOSED, closed_on=day, checkpoints=done)


def _reopened(s: Snapshot, event: events.Reopened, happened: Happened) -> Snapshot:
    changes = _counted(event.dues, event.supports)
    # signed for long ago
    changes["checkpoints"] = meet_all(event.dues.checkpoints, MetBy.ACCEPT, happened.at.date())
    if used := event.rule_used:  # a limit of its own for putting right
        changes |= {"rule": used.rule, "regime_name": used.regime, "grade_name": used.grade}
    return replace(
        s,
        **changes,
        state=State.IN_PROGRESS,
        round=s.round + 1,
        start=happened.at,
        granted=(),
        holds=(),
        resolved_on=None,
        outcome="",
        closed_on=None,
        proxies=_without_resolving(s.proxies),
    )


def _without_resolving(proxies: tuple[str, ...]) -> tuple[str, ...]:
    """What was done for the unit, once its result no longer counts."""
    return tuple(verb for verb in proxies if verb != events.Resolved.VERB)


def _support_accepted(s: Snapshot, event: events.SupportAccepted, happened: Happened) -> Snapshot:
    facts = {"state": SupportState.IN_PROGRESS, "accepted_on": happened.at.date()}
    return replace(s, supports=update_unit(s.supports, event.unit_id, **facts, **_by_proxy(s, event)))


def _by_proxy(s: Snapshot, event: events.SupportAccepted | events.SupportReplied) -> dict[str, Any]:
    """The supporting unit's moves made by the office, with this one where it is one of them."""
    before = next((part.proxies for part in s.supports if part.unit == event.unit_id), ())
    return {"proxies": (*before, event.VERB)} if event.proxy is not None else {}


def _support_replied(s: Snapshot, event: events.SupportReplied, happened: Happened) -> Snapshot:
    facts = {"state": SupportState.REPLIED, "replied_on": happened.at.date(), "text": event.text}
    return replace(s, supports=update_unit(s.supports, event.unit_id, **facts, **_by_proxy(s, event)))


def _supports_changed(s: Snapshot, event: events.SupportsChanged, _happened: Happened) -> Snapshot:
    return replace(s, supports=event.supports)


def _unchanged(s: Snapshot, _event: Event, _happened: Happened) -> Snapshot:
    return s


FOLDS: dict[type[Event], Callable[[Snapshot, Any, Happened], Snapshot]] = {
    events.Accepted: _accepted,
    events.Objected: _objected,
    events.Overruled: _overruled,
    events.Reassigned: _reassigned,
    events.TakenOver: _taken_over,
    events.PersonChanged: _person_changed,
    events.Withdrawn: _withdrawn,
    events.Reported: _reported,
    events.ExtensionAsked: _extension_asked,
    events.ExtensionGranted: _extension_granted,
    events.ExtensionRefused: _extension_refused,
    events.Held: _held,
    events.Resumed: _resumed,
    events.Reminded: _unchanged,
    events.ReminderWithdrawn: _unchanged,
    events.Instructed: _unchanged,
    events.Escalated: _escalated,
    events.DueRecomputed: _due_recomputed,
    events.Resolved: _resolved,
    events.CheckPassed: _check_passed,
    events.Returned: _returned,
    events.Closed: _closed,
    events.Reopened: _reopened,
    events.SupportAccepted: _support_accepted,
    events.SupportReplied: _support_replied,
    events.SupportReturned: _supports_changed,
    events.SupportAdded: _supports_changed,
    events.SupportReleased: _supports_changed,
}
