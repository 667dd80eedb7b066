"""How dues change: at the opening, after a hold, by an extension, in a new round, when a year is announced. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongjian.engines.clock.checkpoints import CheckpointDue, RuleData, meet_first, place, timeline
from gongjian.engines.clock.dues import Dues, RuleUsed
from gongjian.engines.clock.held_days import held_by_new_calendar, shift_by_new_calendar
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.clock.states import MetBy, Span
from gongjian.engines.clock.supporting_units import (
    Supports,
    add_working_days,
    recount_supports,
    supports_in_new_round,
)
from gongjian.engines.clock.vocabulary import BY_DATE, DISSATISFIED, PUT_RIGHT
from gongjian.engines.workdays.calendar import Calendar

Rule = Sequence[RuleData]


@dataclass(frozen=True)
class Recount:
    """The result of a recount: dues, supporting units (None if there are none), the rule and the days of holds if changed."""

    dues: Dues
    supports: Supports | None = None
    rule_used: RuleUsed | None = None
    holds: tuple[int, ...] | None = None


def dues_of(checkpoints: Sequence[CheckpointDue], start: date, calendar: Calendar) -> Dues:
    """The dues made up of these checkpoints; provisional if they reach into a year not yet announced."""
    last_day = max(checkpoint.due_on for checkpoint in checkpoints)
    return Dues(checkpoints=tuple(checkpoints), provisional=bool(calendar.provisional(start, last_day)))


def needs_a_date(rule: Rule) -> bool:
    """Whether somebody has to give the final date: there is no rule, or it ends with an agreed date."""
    return not rule or rule[-1]["span"] == Span.DATE


def opening_dues(rule: Rule, start: datetime, calendar: Calendar, *, due: date | None) -> Dues:
    """The dues of a round that starts at `start` under a rule; `due` is the agreed final date, if any."""
    return dues_of(timeline(rule, start, calendar, due=due), start.date(), calendar)


def new_round(snapshot: Snapshot, start: datetime, calendar: Calendar, *, due: date | None) -> Recount:
    """The dues of a new round by the same rule; an agreed date becomes as many working days as before."""
    working_days = 0
    if due is None and needs_a_date(snapshot.rule):
        working_days = max(1, calendar.working_days_between(snapshot.start.date(), snapshot.due_on))
        due = calendar.add(start.date(), working_days)
    dues = opening_dues(snapshot.rule, start, calendar, due=due)
    if working_days:
        dues = _ending_after(working_days, dues, start, calendar)
    return Recount(dues, _supports_again(snapshot, start, dues, calendar))


def _ending_after(working_days: int, dues: Dues, start: datetime, calendar: Calendar) -> Dues:
    """The dues with the last one counted in working days, and so counted anew with the calendar."""
    last = replace(dues.checkpoints[-1], span=Span.WORKING_DAYS, amount=working_days, fixed=None)
    return dues_of([*dues.checkpoints[:-1], place(last, start, calendar)], start.date(), calendar)


def days_rule(working_days: int) -> Rule:
    """The rule of a matter that is due so many working days after its start."""
    return ({**BY_DATE, "span": Span.WORKING_DAYS.value, "amount": working_days},)


def round_to_put_right(
    snapshot: Snapshot, start: datetime, calendar: Calendar, *, working_days: int, regime: str
) -> Recount:
    """The dues of a new round to put right what dissatisfied the firm, with its own limit in working days."""
    rule: Rule = (
        {
            "key": "recheck",
            "name": PUT_RIGHT,
            "span": Span.WORKING_DAYS.value,
            "amount": working_days,
            "met_by": MetBy.RESOLVE.value,
        },
    )
    dues = opening_dues(rule, start, calendar, due=None)
    used = RuleUsed(rule=tuple(rule), regime=regime, grade=DISSATISFIED)
    return Recount(dues, _supports_again(snapshot, start, dues, calendar), used)


def _supports_again(snapshot: Snapshot, start: datetime, dues: Dues, calendar: Calendar) -> Supports | None:
    if not snapshot.supports:
        return None
    return supports_in_new_round(snapshot.supports, start.date(), dues.due, calendar)


def dues_after_hold(snapshot: Snapshot, working_days: int, calendar: Calendar) -> Recount:
    """The dues with open checkpoints and answers moved by the working days spent on hold."""
    checkpoints = [
        checkpoint
        if checkpoint.met_on
        else place(replace(checkpoint, shift=checkpoint.shift + working_days), snapshot.start, calendar)
        for checkpoint in snapshot.checkpoints
    ]
    dues = dues_of(checkpoints, snapshot.start.date(), calendar)
    supports = recount_supports(add_working_days(snapshot.supports, working_days), dues.due, calendar)
    return Recount(dues, supports or None)


def dues_after_extension(snapshot: Snapshot, until: date, calendar: Calendar) -> Dues:
    """The dues with `until` as the final date; the other checkpoints stay."""
    last = place(replace(snapshot.checkpoints[-1], fixed=until, shift=0), snapshot.start, calendar)
    return dues_of([*snapshot.checkpoints[:-1], last], snapshot.start.date(), calendar)


def dues_by_new_calendar(snapshot: Snapshot, calendar: Calendar) -> Recount | None:
    """The dues with open checkpoints recounted by the calendar now known; None when nothing changes."""
    held = held_by_new_calendar(snapshot.holds, calendar)
    checkpoints = [
        checkpoint
        if checkpoint.met_on
        else place(shift_by_new_calendar(checkpoint, snapshot.holds, held), snapshot.start, calendar)
        for checkpoint in snapshot.checkpoints
    ]
    dues = dues_of(checkpoints, snapshot.start.date(), calendar)
    moved = [shift_by_new_calendar(support, snapshot.holds, held) for support in snapshot.supports]
    supports = recount_supports(moved, dues.due, calendar)
    before = Dues(checkpoints=snapshot.checkpoints, provisional=snapshot.provisional)
    same_holds = held == tuple(hold.working_days for hold in snapshot.holds)
    if (dues, supports) == (before, snapshot.supports) and same_holds:
        return None
    return Recount(dues, supports or None, holds=None if same_holds else held)


def dues_after_report(snapshot: Snapshot, day: date, calendar: Calendar) -> Dues | None:
    """The dues with the next occurrence of a repeating checkpoint met by a report; None if none was met."""
    before, after = snapshot.checkpoints, meet_first(snapshot.checkpoints, MetBy.REPORT, day)
    for index, (was, now) in enumerate(zip(before, after, strict=True)):
        if now.repeat and now.met_on != was.met_on:
            following = _next_occurrence(now, snapshot.start, day, calendar)
            checkpoints = [*after[: index + 1], following, *after[index + 1 :]]
            return dues_of(checkpoints, snapshot.start.date(), calendar)
    return None


def _next_occurrence(
    checkpoint: CheckpointDue, start: datetime, day: date, calendar: Calendar
) -> CheckpointDue:
    following = replace(checkpoint, met_on=None, fixed=None)
    while following.nth == checkpoint.nth or following.due_on <= day:
        following = place(replace(following, nth=following.nth + 1), start, calendar)
    return following
