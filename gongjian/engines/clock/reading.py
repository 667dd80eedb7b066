"""Reading the clock (看表): the light, the working days left, and the reason as sentences to fill in. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.engines.clock.checkpoints import CheckpointDue, day_off_passed
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.clock.states import RUNNING, WAITING, Light, Span, State
from gongjian.engines.workdays.calendar import Calendar

BY_WORKING_DAYS = (Span.HOURS, Span.WORKING_DAYS, Span.DATE)

SENTENCES: dict[str, str] = {
    "rule": "%(start)s交办，按%(regime)s，“%(next)s”应于%(due)s前完成。",
    "date": "%(start)s交办，约定%(due)s前完成。",
    "rule_again": "第%(round)s轮自%(start)s起重新计时，按%(regime)s，“%(next)s”应于%(due)s前完成。",
    "date_again": "第%(round)s轮自%(start)s起重新计时，应于%(due)s前完成。",
    "skipped": "其间不计：%(days)s。",
    "make_up": "调休上班照计：%(days)s。",
    "day_off": "%(day)s是休息日，到期日顺延到其后第一个工作日。",
    "held": "挂账%(days)s个工作日，时限已顺延。",
    "extended": "经%(by)s批准，延期至%(until)s。",
    "asked": "已申请延期至%(until)s，尚未批复。",
    "provisional": "%(years)s年放假安排尚未公布，先按法定节日放假推算，时限待定，公布后自动重算。",
    "left": "还剩%(days)s个工作日。",
    "today": "今天到期。",
    "late": "已超期%(days)s个工作日。",
    "late_rest": "已过期，其后尚无工作日。",
    "on_hold": "%(day)s起挂账，时钟暂停：%(reason)s",
    "resolved": "%(day)s办结，时钟停在当天，等待核查和企业评价。",
    "closed": "%(day)s销号。",
    "withdrawn": "交办已撤回。",
}


@dataclass(frozen=True)
class Reason:
    """One part of the reason: a key of SENTENCES and the values that fill it."""

    key: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        """The sentence with its values as they stand; the room above words dates and runs of days for people."""
        return SENTENCES[self.key] % self.values


@dataclass(frozen=True)
class ClockReading:
    """What the clock shows: light, working days left (None while stopped), reason and checkpoints."""

    light: Light
    working_days_left: int | None
    reasons: tuple[Reason, ...]
    checkpoints: tuple[CheckpointDue, ...]


def read_clock(*, snapshot: Snapshot, today: date, calendar: Calendar) -> ClockReading:
    """The light, working days left and reason, computed from the snapshot, the calendar and the date."""
    days_left = (
        calendar.working_days_between(today, snapshot.next.due_on) if snapshot.state in RUNNING else None
    )
    reasons = tuple(_reasons(snapshot, today, calendar))
    return ClockReading(snapshot.light_on(today), days_left, reasons, snapshot.checkpoints)


def _reasons(s: Snapshot, today: date, calendar: Calendar) -> Iterable[Reason]:
    owed, start = s.next, s.start.date()
    facts = {
        "start": start,
        "due": owed.due_on,
        "next": owed.name,
        "round": s.round,
        "regime": f"{s.regime_name}·{s.grade_name}",
    }
    yield Reason(("rule" if s.rule else "date") + ("_again" if s.round > 1 else ""), facts)
    yield from _how_counted(s, owed, start, calendar)
    yield from _how_it_stands(s, owed, today, calendar)


def _how_counted(s: Snapshot, owed: CheckpointDue, start: date, calendar: Calendar) -> Iterable[Reason]:
    yield from _days_off(owed, start, calendar)
    if day := day_off_passed(owed, s.start, calendar):
        yield Reason("day_off", {"day": day})
    if held := sum(hold.working_days for hold in s.holds):
        yield Reason("held", {"days": held})
    for extension in s.granted:
        yield Reason("extended", {"by": extension.by, "until": extension.until})
    if s.extension_until:
        yield Reason("asked", {"until": s.extension_until})
    if years := calendar.provisional(start, owed.due_on):
        yield Reason("provisional", {"years": years})


def _days_off(owed: CheckpointDue, start: date, calendar: Calendar) -> Iterable[Reason]:
    if owed.span not in BY_WORKING_DAYS:  # every calendar day counts: nothing is skipped
        return
    if skipped := calendar.skipped(start, owed.due_on):
        yield Reason("skipped", {"days": skipped})
    if worked := calendar.make_up_days(start, owed.due_on):
        yield Reason("make_up", {"days": worked})


def _how_it_stands(s: Snapshot, owed: CheckpointDue, today: date, calendar: Calendar) -> Iterable[Reason]:
    if s.state == State.ON_HOLD:
        yield Reason("on_hold", {"day": s.holds[-1].since, "reason": s.holds[-1].reason})
    elif s.state in WAITING:
        yield Reason("resolved", {"day": s.resolved_on})
    elif s.state == State.CLOSED:
        yield Reason("closed", {"day": s.closed_on})
    elif s.state == State.WITHDRAWN:
        yield Reason("withdrawn", {})
    else:
        yield _days_left(owed, today, calendar)


def _days_left(owed: CheckpointDue, today: date, calendar: Calendar) -> Reason:
    days_left = calendar.working_days_between(today, owed.due_on)
    if today == owed.due_on:
        return Reason("today", {})
    if today < owed.due_on:
        return Reason("left", {"days": days_left})
    return Reason("late", {"days": -days_left}) if days_left else Reason("late_rest", {})
