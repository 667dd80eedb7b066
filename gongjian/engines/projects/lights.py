"""The light of a project (亮灯) by a table of rules, the line that turned it on, and what follows a run of lights."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from operator import ge, gt, le, lt
from pathlib import Path
from typing import Any

from gongjian.engines.forecast.months import MONTHS
from gongjian.engines.forecast.pace import HUNDRED, Pace
from gongjian.engines.workdays.calendar import add_months

FILE = Path(__file__).resolve().parent / "lights.toml"
COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "OVER": gt,
    "FROM": ge,
    "UP_TO": le,
    "UNDER": lt,
}


class Light(StrEnum):
    """From mild to grave; UNKNOWN where nothing was reported, which is no green."""

    UNKNOWN = "UNKNOWN"
    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"


GRAVITY = {light: gravity for gravity, light in enumerate(Light)}


class Dimension(StrEnum):
    """What a rule looks at."""

    START = "START"  # months not started without a reason, the month it was due counted
    PROGRESS = "PROGRESS"  # percentage points of the year plan behind what was due
    FUNDS = "FUNDS"  # what was to be paid and was not
    ENTRY = "ENTRY"  # months since the start, not in the statistics
    CUMULATIVE = "CUMULATIVE"  # per cent of what was due by which it is behind
    MONTH_TASK = "MONTH_TASK"  # month tasks missed running


@dataclass(frozen=True)
class Line:
    """A light that a value turns on when the comparison with the threshold holds."""

    comparison: str
    threshold: Decimal
    light: Light

    def holds(self, value: Decimal) -> bool:
        """Whether it holds of a value."""
        return COMPARED[self.comparison](value, self.threshold)


@dataclass(frozen=True)
class Step:
    """What follows `running` lights of this kind after each other."""

    light: Light
    running: int
    key: str
    text: str


@dataclass(frozen=True)
class Table:
    """The rules of one practice; its steps stand from mild to grave."""

    key: str
    name: str
    source: str
    rules: Mapping[Dimension, tuple[Line, ...]]
    steps: tuple[Step, ...] = ()
    least_plan: Decimal | None = None

    def covers(self, year_plan: Decimal) -> bool:
        """Whether a project with this year plan (10,000 yuan) is looked at."""
        return self.least_plan is None or year_plan >= self.least_plan


@dataclass(frozen=True)
class Reading:
    """A light and its reason: the value, and the line that holds of it (None is green or unknown)."""

    dimension: Dimension
    light: Light
    value: Decimal | None
    line: Line | None


@cache
def shipped() -> dict[str, Table]:
    """The tables that ship with the product, by key."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)["table"]
    return {table["key"]: read_table(table) for table in tables}


def read_table(table: Mapping[str, Any]) -> Table:
    """A table from its settings. Raises ValueError or KeyError for what is no dimension, comparison, light or number."""
    rules = {Dimension(rule["dimension"]): tuple(map(_line, rule["lines"])) for rule in table["rule"]}
    steps = tuple(
        Step(Light(light), running, key, text) for light, running, key, text in table.get("steps", ())
    )
    least = table.get("least_plan")
    plan = None if least is None else Decimal(least)
    return Table(table["key"], table["name"], table["source"], rules, steps, plan)


def _line(given: Sequence[Any]) -> Line:
    comparison, threshold, light = given
    if comparison not in COMPARED:
        raise ValueError(f"{comparison!r} is no comparison")
    return Line(comparison, Decimal(threshold), Light(light))


def light_of(table: Table, dimension: Dimension, value: Decimal | None) -> Reading:
    """The gravest light of the lines that hold of a value; green when none does, unknown without a value."""
    if value is None:
        return Reading(dimension, Light.UNKNOWN, None, None)
    held = [line for line in table.rules[dimension] if line.holds(value)]
    line = max(held, key=lambda line: GRAVITY[line.light], default=None)
    return Reading(dimension, line.light if line else Light.GREEN, value, line)


def gravest(readings: Iterable[Reading]) -> Reading | None:
    """The reading a project is shown by: the gravest, the first of equals; unknown only where nothing is known."""
    return max(readings, key=lambda reading: GRAVITY[reading.light], default=None)


def steps_of(table: Table, lights: Sequence[Light]) -> tuple[tuple[Step, ...], ...]:
    """What follows each month of a run of lights, oldest first: every step once and in order, anew after a green month.

    A step above one that was taken is taken, one below it no more. A month that nothing is known of ends a run and takes nothing back.
    """
    found: list[tuple[Step, ...]] = []
    taken, running, before = -1, 0, Light.GREEN
    for light in lights:
        running = running + 1 if light == before else 1
        before = light
        if light == Light.GREEN:
            taken = -1
        due = [
            number
            for number, step in enumerate(table.steps)
            if step.light == light and step.running <= running and number > taken
        ]
        found.append(tuple(table.steps[number] for number in due))
        taken = max(due, default=taken)
    return tuple(found)


def months_not_started(due: date, *, started: date | None, today: date, excused: bool) -> Decimal:
    """Months for which a start is owed, the month it was due counted; 0 before it, once started, and with a reason."""
    if (started is not None and started <= today) or excused:
        return Decimal(0)
    return Decimal(max((today.year - due.year) * MONTHS + today.month - due.month + 1, 0))


def points_behind(pace: Pace) -> Decimal:
    """Percentage points of the plan behind what was due; below zero when ahead."""
    return -pace.lead * HUNDRED


def share_behind(pace: Pace) -> Decimal:
    """Per cent of what was due by which it is behind; 0 while nothing is due."""
    return -pace.lead / pace.due * HUNDRED if pace.due else Decimal(0)


def months_not_entered(started: date | None, *, entered: date | None, today: date) -> Decimal:
    """Months since the start without entry, whole ones and the part of the running one; 0 without a start and once entered."""
    if started is None or started > today or (entered is not None and entered <= today):
        return Decimal(0)
    whole = (today.year - started.year) * MONTHS + today.month - started.month
    if add_months(started, whole) > today:
        whole -= 1
    reached, following = add_months(started, whole), add_months(started, whole + 1)
    return whole + Decimal((today - reached).days) / (following - reached).days


def months_missed(tasks: Sequence[bool | None]) -> Decimal | None:
    """How many month tasks were missed up to the last, oldest first; None where the last is not known."""
    if not tasks or tasks[-1] is None:
        return None
    missed = 0
    for done in reversed(tasks):
        if done is not False:
            break
        missed += 1
    return Decimal(missed)
