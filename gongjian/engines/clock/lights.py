"""The clock (时钟): deadlines from a regime, three dates that make a light, and the reason in words. Pure.

Day counting: the start day does not count. Working days are those of the State Council calendar, make-up days included.
Working hours run only in office hours; clock hours run day and night and roll on to the next office hour.
A checkpoint is yellow from the first day on which 70 % of its working days are used or at most two are left, red from
the day after it is due, dark red from the first day more than seven working days after it is due.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from gongjian.engines.clock.vocabulary import BY_DATE
from gongjian.engines.workdays.calendar import Calendar, add_calendar_days, add_months, day_of_month

USED_TENTHS = 7
FEW_LEFT = 2
GRAVE_AFTER = 7


@dataclass(frozen=True)
class CheckpointDue:
    """One checkpoint with its dates. `fixed` replaces the counted date, `shift` adds working days spent on hold.

    `repeat`: once met the next occurrence (`nth`) opens, until the whole is resolved. `anchor`: of several days of one
    month (or year) the one that decides which month it is; 0 means the checkpoint's own.
    """

    key: str
    name: str
    span: str
    amount: int
    met_by: str
    due_on: date
    warn_on: date
    grave_on: date
    due_at: datetime | None = None
    fixed: date | None = None
    shift: int = 0
    met_on: date | None = None
    repeat: bool = False
    nth: int = 1
    anchor: int = 0


@dataclass(frozen=True)
class Because:
    """One part of the reason: a key of SENTENCES and the values that fill it."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """What the clock says: light, working days left (None when it rests), the parts of the reason, the checkpoints."""

    light: str
    working_days_left: int | None
    because: tuple[Because, ...]
    checkpoints: tuple[CheckpointDue, ...]


SENTENCES: dict[str, str] = {
    "rule": "%(start)s交办，按%(regime)s，“%(next)s”应于%(due)s前完成。",
    "date": "%(start)s交办，约定%(due)s前完成。",
    "rule_again": "第%(round)s轮自%(start)s起重新计时，按%(regime)s，“%(next)s”应于%(due)s前完成。",
    "date_again": "第%(round)s轮自%(start)s起重新计时，应于%(due)s前完成。",
    "skipped": "其间不计：%(days)s。",
    "make_up": "调休上班照计：%(days)s。",
    "held": "挂账%(days)s个工作日，时限已顺延。",
    "extended": "经%(by)s批准，延期至%(until)s。",
    "asked": "已申请延期至%(until)s，尚未批复。",
    "provisional": "%(years)s年放假安排尚未公布，时限待定，公布后自动重算。",
    "left": "还剩%(days)s个工作日。",
    "today": "今天到期。",
    "late": "已超期%(days)s个工作日。",
    "late_rest": "已过期，其后尚无工作日。",
    "on_hold": "%(day)s起挂账，时钟暂停：%(reason)s",
    "resolved": "%(day)s办结，时钟停在当天，等待核查和企业评价。",
    "closed": "%(day)s销号。",
    "withdrawn": "交办已撤回。",
}


Counted = tuple[date, datetime | None]


def _moment(moment: datetime) -> Counted:
    return moment.date(), moment


def _month_day(one: CheckpointDue, day: date) -> date:
    """That day of the month, in the first month whose anchor day is not yet past."""
    late = day > day_of_month(day.year, day.month, one.anchor or one.amount)
    return day_of_month(day.year, day.month + late + one.nth - 1, one.amount)


def _year_day(one: CheckpointDue, day: date) -> date:
    """The same within the year; 331 stands for 31 March."""
    month, of_month = divmod(one.anchor or one.amount, 100)
    year = day.year + (day > day_of_month(day.year, month, of_month)) + one.nth - 1
    return day_of_month(year, *divmod(one.amount, 100))


COUNTS: dict[str, Callable[[CheckpointDue, datetime, Calendar], Counted]] = {
    "HOURS": lambda one, start, calendar: _moment(calendar.add_hours(start, one.amount * one.nth)),
    "CLOCK_HOURS": lambda one, start, calendar: _moment(
        calendar.add_hours(start + timedelta(hours=one.amount * one.nth), 0)
    ),
    "WORKING_DAYS": lambda one, start, calendar: (calendar.add(start.date(), one.amount * one.nth), None),
    "CALENDAR_DAYS": lambda one, start, _c: (add_calendar_days(start.date(), one.amount * one.nth), None),
    "MONTHS": lambda one, start, _c: (add_months(start.date(), one.amount * one.nth), None),
    "MONTH_DAY": lambda one, start, _c: (_month_day(one, start.date()), None),
    "YEAR_DAY": lambda one, start, _c: (_year_day(one, start.date()), None),
    "SAME_DAY": lambda _one, start, _c: (start.date(), None),
    "DATE": lambda _one, start, _c: (start.date(), None),
}


def window(start: date, due: date, calendar: Calendar) -> tuple[date, date]:
    """The day a checkpoint turns yellow and the day it turns dark red."""
    total = calendar.between(start, due)
    last = due if calendar.is_working(due) else calendar.add(due, -1)
    few = calendar.add(last, -FEW_LEFT)
    used = calendar.add(start, -(-USED_TENTHS * total // 10)) if total > 0 else start
    return max(start, min(few, used)), calendar.add(due, GRAVE_AFTER + 1)


def place(checkpoint: CheckpointDue, start: datetime, calendar: Calendar) -> CheckpointDue:
    """The checkpoint with all its dates computed anew from how it is counted."""
    due, moment = COUNTS[checkpoint.span](checkpoint, start, calendar)
    if checkpoint.fixed is not None:
        due, moment = checkpoint.fixed, None
    if checkpoint.shift:
        due, moment = calendar.add(due, checkpoint.shift), None
    warn_on, grave_on = window(start.date(), due, calendar)
    return replace(checkpoint, due_on=due, due_at=moment, warn_on=warn_on, grave_on=grave_on)


def timeline(
    checkpoints: Iterable[Mapping[str, Any]], start: datetime, calendar: Calendar, *, due: date | None = None
) -> tuple[CheckpointDue, ...]:
    """All checkpoints of a grade from `start`; `due` overrides the last and bounds the others.

    Without checkpoints a single one, “办结”, on `due`. ValueError when neither is given.
    """
    listed = list(checkpoints)
    if not listed:
        if due is None:
            raise ValueError("no checkpoint and no date")
        listed = [BY_DATE]
    placed = []
    for number, entry in enumerate(listed, 1):
        last = number == len(listed)
        empty = CheckpointDue(
            key=entry["key"],
            name=entry["name"],
            span=entry["span"],
            amount=int(entry["amount"]),
            met_by=entry.get("met_by", "resolve" if last else "report"),
            due_on=start.date(),
            warn_on=start.date(),
            grave_on=start.date(),
            fixed=due if last else None,
            repeat=bool(entry.get("repeat", False)),
            anchor=int(entry.get("anchor", 0)),
        )
        one = place(empty, start, calendar)
        if due is not None and one.due_on > due:
            one = place(replace(empty, fixed=due), start, calendar)
        placed.append(one)
    return tuple(placed)


def next_of(checkpoints: Sequence[CheckpointDue]) -> CheckpointDue:
    """What is owed next: the earliest checkpoint not met, else the last one."""
    unmet = [one for one in checkpoints if one.met_on is None]
    return min(unmet, key=lambda one: one.due_on) if unmet else checkpoints[-1]


def light(
    *, state: str, warn_on: date, due_on: date, grave_on: date, resolved_on: date | None, today: date
) -> str:
    """The light by the one rule; the same comparison stands in SQL in `queries.light_case`."""
    if state in ("CLOSED", "WITHDRAWN"):
        return "DONE"
    if state == "ON_HOLD":
        return "GREY"
    on = resolved_on if state in ("RESOLVED", "CHECKED") and resolved_on else today
    if on >= grave_on:
        return "DARK_RED"
    if on > due_on:
        return "RED"
    return "YELLOW" if on >= warn_on else "GREEN"
