"""Milestones that wait for each other (节点计划): when each ends, what is critical, how much float is left, what slipped. Working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from gongjian.engines.workdays.calendar import Calendar


class BadSchedule(Exception):
    """A plan that cannot be made; `why` is a word for it, `keys` the milestones it is about."""

    def __init__(self, why: str, *keys: str) -> None:
        super().__init__(f"{why} {' '.join(keys)}".strip())
        self.why, self.keys = why, keys


@dataclass(frozen=True)
class Task:
    """A milestone: the working days it takes once all it waits for is over. `done`: the day it really ended."""

    key: str
    days: int
    after: tuple[str, ...] = ()
    not_before: date | None = None
    done: date | None = None


@dataclass(frozen=True)
class Planned:
    """A milestone in its plan. `begins` is the day from which its days are counted, that day itself not counted.

    `total_float`: working days it can end later without moving the end of all; None once it is done.
    """

    key: str
    begins: date
    ends: date
    total_float: int | None


@dataclass(frozen=True)
class Schedule:
    """A plan by key; `critical_path` is the chain that the end hangs on, from its first milestone."""

    tasks: Mapping[str, Planned]
    ends: date
    critical_path: tuple[str, ...]

    @property
    def critical(self) -> tuple[str, ...]:
        """Every milestone whose delay moves the end."""
        return tuple(key for key, task in self.tasks.items() if task.total_float == 0)


def plan(tasks: Iterable[Task], start: date, calendar: Calendar, *, today: date | None = None) -> Schedule:
    """The earliest plan from a day on; the start day does not count, as with every deadline.

    With `today` it is the present plan: what is not done ends today at the earliest, or on the next working day, and what waits for it moves along.
    Raises BadSchedule for none, a key twice, days below zero, a milestone that is not there, and those that wait for each other.
    """
    by_key = _checked(tuple(tasks))
    order = _ordered(by_key)
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    for key in order:
        task = by_key[key]
        begins[key] = max((ends[before] for before in task.after), default=0)
        if task.not_before is not None:
            begins[key] = max(begins[key], calendar.working_days_between(start, task.not_before))
        ends[key] = begins[key] + task.days
        if today is not None:
            ends[key] = max(ends[key], calendar.working_days_between(start, calendar.add(today, 0)))
        if task.done is not None:
            ends[key] = calendar.working_days_between(start, task.done)
            begins[key] = min(begins[key], ends[key])
    last = max(ends.values())
    latest = _latest(by_key, order, last)
    planned = {
        key: Planned(
            key,
            start if not begins[key] else calendar.add(start, begins[key]),
            by_key[key].done or (calendar.add(start, ends[key]) if ends[key] else start),
            None if by_key[key].done else latest[key] - ends[key],
        )
        for key in by_key
    }
    ended = max(task.ends for task in planned.values())
    return Schedule(planned, ended, _path(by_key, begins, ends))


def _checked(tasks: tuple[Task, ...]) -> dict[str, Task]:
    by_key = {task.key: task for task in tasks}
    if not tasks:
        raise BadSchedule("none")
    for task in tasks:
        if by_key[task.key] is not task:
            raise BadSchedule("twice", task.key)
        if task.days < 0:
            raise BadSchedule("days", task.key)
        for before in task.after:
            if before not in by_key:
                raise BadSchedule("unknown", task.key, before)
    return by_key


def _ordered(by_key: Mapping[str, Task]) -> list[str]:
    try:
        return list(TopologicalSorter({key: task.after for key, task in by_key.items()}).static_order())
    except CycleError as circle:
        raise BadSchedule("circle", *circle.args[1]) from circle


def _latest(by_key: Mapping[str, Task], order: list[str], last: int) -> dict[str, int]:
    """Until when each may end without moving the end of all; what is done holds up nobody before it."""
    latest = dict.fromkeys(order, last)
    for key in reversed(order):
        task = by_key[key]
        if task.done is None:
            for before in task.after:
                latest[before] = min(latest[before], latest[key] - task.days)
    return latest


def _path(by_key: Mapping[str, Task], begins: Mapping[str, int], ends: Mapping[str, int]) -> tuple[str, ...]:
    """The chain back from what ends last, by what each waited for; it begins where a day or the start was waited for."""
    key: str | None = max(ends, key=lambda key: ends[key])
    path: list[str] = []
    while key is not None:
        path.append(key)
        held = [before for before in by_key[key].after if ends[before] == begins[key]]
        key = held[0] if held else None
    return tuple(reversed(path))


def slips(baseline: Schedule, present: Schedule, calendar: Calendar) -> dict[str, int]:
    """Working days by which each milestone of both plans ends later than first planned; below zero is earlier."""
    return {
        key: calendar.working_days_between(planned.ends, present.tasks[key].ends)
        for key, planned in baseline.tasks.items()
        if key in present.tasks
    }
