"""Which line of a table of lights a value falls under (亮灯规则). Pure; the lines are rows of the office, `library.toml` ships some."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from operator import ge, gt, le, lt
from pathlib import Path
from typing import Any, Protocol, TypeVar

LIGHTS = ("YELLOW", "ORANGE", "RED")  # from mild to grave
COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "OVER": gt,
    "FROM": ge,
    "UP_TO": le,
    "UNDER": lt,
}
FILE = Path(__file__).resolve().parent / "library.toml"
HUNDRED = Decimal(100)


class Line(Protocol):
    """One line of a table: the light a value turns on when the comparison with the threshold holds."""

    @property
    def comparison(self) -> str:
        """One of OVER, FROM, UP_TO, UNDER."""

    @property
    def threshold(self) -> Decimal:
        """In the unit of the measure."""

    @property
    def light(self) -> str:
        """YELLOW, ORANGE or RED."""


Row = TypeVar("Row", bound=Line)


def gravest(lines: Iterable[Row], value: Decimal) -> Row | None:
    """The line with the gravest light among those that hold of a value; None is green.

    Of two lines with the same light the one that is harder to meet, so that the reason names the nearest threshold.
    """
    held = [line for line in lines if COMPARED[line.comparison](value, line.threshold)]
    return max(held, key=lambda line: (LIGHTS.index(line.light), -abs(value - line.threshold)), default=None)


def behind_points(completion: Decimal, due: Decimal) -> Decimal:
    """How far a completion is behind what was due, in percentage points; below zero when it is ahead. Both are shares."""
    return (due - completion) * HUNDRED


def behind_share(completion: Decimal, due: Decimal) -> Decimal | None:
    """How far it is below what was due, in per cent of that; None where nothing was due."""
    return (due - completion) / due * HUNDRED if due > 0 else None


def of_what_was_due(completion: Decimal, due: Decimal) -> Decimal | None:
    """How much of what was due is done, in per cent; None where nothing was due."""
    return completion / due * HUNDRED if due > 0 else None


def running(months: Iterable[bool | None]) -> int:
    """How many months running something is so, newest first; an unknown month ends the run."""
    count = 0
    for month in months:
        if not month:
            break
        count += 1
    return count


@cache
def shipped() -> tuple[dict[str, Any], ...]:
    """The lines that come with the product, one dictionary a line, in their order."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))["table"]
    lines: list[dict[str, Any]] = []
    for table in tables:
        told = {key: value for key, value in table.items() if key != "lines"}
        for comparison, threshold, light, follow_up in table["lines"]:
            line = {"comparison": comparison, "threshold": Decimal(str(threshold)), "light": light}
            lines.append(told | line | {"follow_up": follow_up, "order": len(lines) + 1})
    return tuple(lines)
