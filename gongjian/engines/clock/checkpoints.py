"""Checkpoints (节点): how each is counted from the start, which is owed next, and their form as event data. Pure.

Day counting: the start day does not count. Working days are those of the State Council calendar, make-up days included.
Working hours run only in office hours; clock hours run day and night and roll on to the next office hour.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from gongjian.engines.clock.lights import warning_days
from gongjian.engines.clock.states import MetBy, Span
from gongjian.engines.clock.vocabulary import BY_DATE
from gongjian.engines.workdays.calendar import Calendar, add_calendar_days, add_months, day_of_month

DATES = ("due_on", "warn_on", "grave_on", "fixed", "met_on")
SPANS = {span.value: span for span in Span}  # a look-up, since every replay reads them
MOVES_THAT_MEET = {met_by.value: met_by for met_by in MetBy}
RuleData = Mapping[str, Any]  # one checkpoint of a regime's grade, as `regime_file` has checked it


@dataclass(frozen=True)
class CheckpointDue:
    """One checkpoint with its dates. `fixed` replaces the counted date, `shift` adds working days spent on hold.

    `repeat`: once met the next occurrence (`nth`) opens, until the whole is resolved. `anchor`: of several days of one
    month (or year) the one that decides which month it is; 0 means the checkpoint's own. `off_days_pass`: counted onto a day
    off, it is due on the next working day.
    """

    key: str
    name: str
    span: Span
    amount: int
    met_by: MetBy
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
    off_days_pass: bool = False


STORED = tuple(field.name for field in fields(CheckpointDue))
Counted = tuple[date, datetime | None]


def _moment(moment: datetime) -> Counted:
    return moment.date(), moment


def _month_day(checkpoint: CheckpointDue, day: date) -> date:
    """That day of the month, in the first month whose anchor day is not yet past."""
    late = day > day_of_month(day.year, day.month, checkpoint.anchor or checkpoint.amount)
    return day_of_month(day.year, day.month + late + checkpoint.nth - 1, checkpoint.amount)


def _year_day(checkpoint: CheckpointDue, day: date) -> date:
    """The same within the year; 331 stands for 31 March."""
    month, of_month = divmod(checkpoint.anchor or checkpoint.amount, 100)
    year = day.year + (day > day_of_month(day.year, month, of_month)) + checkpoint.nth - 1
    return day_of_month(year, *divmod(checkpoint.amount, 100))


def _clock_hours(checkpoint: CheckpointDue, start: datetime, calendar: Calendar) -> Counted:
    return _moment(calendar.add_hours(start + timedelta(hours=checkpoint.amount * checkpoint.nth), 0))


COUNTS: dict[Span, Callable[[CheckpointDue, datetime, Calendar], Counted]] = {
    Span.HOURS: lambda c, start, calendar: _moment(calendar.add_hours(start, c.amount * c.nth)),
    Span.CLOCK_HOURS: _clock_hours,
    Span.WORKING_DAYS: lambda c, start, calendar: (calendar.add(start.date(), c.amount * c.nth), None),
    Span.CALENDAR_DAYS: lambda c, start, _: (add_calendar_days(start.date(), c.amount * c.nth), None),
    Span.MONTHS: lambda c, start, _: (add_months(start.date(), c.amount * c.nth), None),
    Span.MONTH_DAY: lambda c, start, _: (_month_day(c, start.date()), None),
    Span.YEAR_DAY: lambda c, start, _: (_year_day(c, start.date()), None),
    Span.SAME_DAY: lambda _c, start, _: (start.date(), None),
    Span.DATE: lambda _c, start, _: (start.date(), None),
}


def place(checkpoint: CheckpointDue, start: datetime, calendar: Calendar) -> CheckpointDue:
    """The checkpoint with all its dates recomputed by its own counting rule."""
    due, moment = COUNTS[checkpoint.span](checkpoint, start, calendar)
    if checkpoint.off_days_pass and not calendar.is_working(due):
        due, moment = calendar.add(due, 0), None
    if checkpoint.fixed is not None:
        due, moment = checkpoint.fixed, None
    if checkpoint.shift:
        due, moment = calendar.add(due, checkpoint.shift), None
    warn_on, grave_on = warning_days(start.date(), due, calendar)
    return replace(checkpoint, due_on=due, due_at=moment, warn_on=warn_on, grave_on=grave_on)


def timeline(
    rule: Iterable[RuleData], start: datetime, calendar: Calendar, *, due: date | None = None
) -> tuple[CheckpointDue, ...]:
    """All checkpoints of a grade counted from `start`; `due` replaces the last date and caps the others.

    A grade without checkpoints gets a single one, “办结”, on `due`. Raises ValueError without either.
    """
    entries = list(rule)
    if not entries:
        if due is None:
            raise ValueError("no checkpoint and no date")
        entries = [BY_DATE]
    placed = []
    for number, entry in enumerate(entries, 1):
        last = number == len(entries)
        empty = CheckpointDue(
            key=entry["key"],
            name=entry["name"],
            span=Span(entry["span"]),
            amount=int(entry["amount"]),
            met_by=MetBy(entry.get("met_by", MetBy.RESOLVE if last else MetBy.REPORT)),
            due_on=start.date(),
            warn_on=start.date(),
            grave_on=start.date(),
            fixed=due if last else None,
            repeat=bool(entry.get("repeat", False)),
            anchor=int(entry.get("anchor", 0)),
            off_days_pass=bool(entry.get("off_days_pass", False)),
        )
        counted = place(empty, start, calendar)
        if due is not None and counted.due_on > due:
            counted = place(replace(empty, fixed=due), start, calendar)
        placed.append(counted)
    return tuple(placed)


def day_off_passed(checkpoint: CheckpointDue, start: datetime, calendar: Calendar) -> date | None:
    """The day off onto which the checkpoint was counted, and from which it went on; None if it was not."""
    if not checkpoint.off_days_pass or checkpoint.fixed is not None:
        return None
    counted, _moment_of_day = COUNTS[checkpoint.span](checkpoint, start, calendar)
    return None if calendar.is_working(counted) else counted


def next_of(checkpoints: Sequence[CheckpointDue]) -> CheckpointDue:
    """The checkpoint owed next: the earliest one not yet met, or the last one when all are met."""
    unmet = [checkpoint for checkpoint in checkpoints if checkpoint.met_on is None]
    return min(unmet, key=lambda checkpoint: checkpoint.due_on) if unmet else checkpoints[-1]


def meet_all(checkpoints: Iterable[CheckpointDue], met_by: MetBy, day: date) -> tuple[CheckpointDue, ...]:
    """The checkpoints, with every open checkpoint that this move meets marked as met on the day."""
    return tuple(
        replace(checkpoint, met_on=day)
        if checkpoint.met_on is None and checkpoint.met_by == met_by
        else checkpoint
        for checkpoint in checkpoints
    )


def meet_first(checkpoints: Sequence[CheckpointDue], met_by: MetBy, day: date) -> tuple[CheckpointDue, ...]:
    """The checkpoints, with the first open checkpoint that this move meets marked as met on the day."""
    for index, checkpoint in enumerate(checkpoints):
        if checkpoint.met_on is None and checkpoint.met_by == met_by:
            return (*checkpoints[:index], replace(checkpoint, met_on=day), *checkpoints[index + 1 :])
    return tuple(checkpoints)


def checkpoints_as_data(checkpoints: Iterable[CheckpointDue]) -> list[dict[str, Any]]:
    """The checkpoints as event data, in JSON values only; `off_days_pass` only where it holds, as before there was one."""
    return [
        {key: _as_json(value) for key in STORED if (value := getattr(each, key)) or key != "off_days_pass"}
        for each in checkpoints
    ]


def _as_json(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Span | MetBy) else value


def checkpoints_from_data(data: Iterable[Mapping[str, Any]]) -> tuple[CheckpointDue, ...]:
    """The checkpoints read from event data; a key that an older version did not write takes its default."""
    return tuple(_checkpoint_from_data(entry) for entry in data)


def _checkpoint_from_data(entry: Mapping[str, Any]) -> CheckpointDue:
    facts = dict(entry)
    for key in DATES:
        facts[key] = date.fromisoformat(entry[key]) if entry.get(key) else None
    facts["due_at"] = datetime.fromisoformat(entry["due_at"]) if entry.get("due_at") else None
    facts["span"], facts["met_by"] = SPANS[entry["span"]], MOVES_THAT_MEET[entry["met_by"]]
    return CheckpointDue(**facts)
