"""The ladder (催办、督办、约谈): from which day each step is due, and the cycle it belongs to. Pure.

A cycle is one checkpoint of one round with one unit and one promise: a new round, another unit, the next checkpoint or
an extension begins a new one; time on hold or a newly announced holiday only moves its days. In a cycle every step is
taken once, in order, on working days only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.clock.states import CLIMBING, Step
from gongjian.engines.workdays.calendar import Calendar


@dataclass(frozen=True)
class Thresholds:
    """Working days before the time limit for the reminder, and after it for the other steps."""

    reminder_before: int = 2
    supervision_after: int = 1
    interview_after: int = 8


@dataclass(frozen=True)
class StepDue:
    """A step that is due and the day since which it has been due."""

    step: Step
    since: date


def step_days(thresholds: Thresholds, *, due: date, sent: date, calendar: Calendar) -> tuple[date, ...]:
    """The day from which each step is due, in order; the reminder never falls on the day of the hand-over."""
    last = calendar.add(due, -1) if not calendar.is_working(due) else due
    before = thresholds.reminder_before
    early = calendar.add(last, -before) if before else last
    return (
        max(early, calendar.add(sent, 1)),
        calendar.add(due, thresholds.supervision_after),
        calendar.add(due, thresholds.interview_after),
    )


def steps_due(
    snapshot: Snapshot, *, today: date, thresholds: Thresholds, calendar: Calendar
) -> Sequence[StepDue]:
    """The steps of the present cycle that are due today and not yet taken, in order."""
    if snapshot.state not in CLIMBING or not calendar.is_working(today):
        return ()
    sent = max(snapshot.dispatched_at.date(), snapshot.start.date())
    planned = step_days(thresholds, due=snapshot.next.due_on, sent=sent, calendar=calendar)
    due = []
    for step, since in zip(Step, planned, strict=True):
        if since > today:
            break
        if step not in snapshot.climbed:
            due.append(StepDue(step, since))
    return due


def time_limit_bounds(today: date, thresholds: Thresholds, calendar: Calendar) -> dict[Step, date]:
    """For each step, the day before which the time limit must lie for the step to be due today."""
    return {
        Step.REMINDER: calendar.add(today, thresholds.reminder_before + 1),
        Step.SUPERVISION: calendar.add(today, 1 - thresholds.supervision_after),
        Step.INTERVIEW: calendar.add(today, 1 - thresholds.interview_after),
    }
