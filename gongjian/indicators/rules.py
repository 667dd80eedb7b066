"""Months, formulas of derived indicators, lights and odd values (指标口径). Pure; thresholds are in `thresholds.toml`."""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from statistics import median
from typing import Any

from gongjian.engines.workdays.calendar import add_months, day_of_month
from gongjian.enterprises.facts.rules import JumpQuestion, KnownValue, find_jump, nearest_values

FEBRUARY = 2
YEAR = 12  # months
CENT = Decimal("0.01")
FORMULA = re.compile(r"^\s*([a-z_]+)\s*\(([^()]*)\)\s*$")
KEY = re.compile(r"^[a-z][a-z0-9_]*$")
Lookup = Callable[[str, date], Decimal | None]


class FormulaKind(StrEnum):
    """How a derived indicator is computed."""

    SUM = "sum"
    GROWTH = "growth"
    SHARE = "share"
    PER_HEAD = "per_head"


class BadFormula(Exception):
    """A formula that cannot be read."""


@dataclass(frozen=True)
class Formula:
    """A read formula: its kind, the keys of its operands and, per head, the factor between their units."""

    kind: FormulaKind
    of: tuple[str, ...]
    factor: Decimal = Decimal(1)


@cache
def thresholds() -> dict[str, Any]:
    """The thresholds of lights and of odd values."""
    return tomllib.loads((Path(__file__).resolve().parent / "thresholds.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1000)
def read_formula(text: str) -> Formula:
    """sum(a, b), growth(a), share(a, b), per_head(a, people) or per_head(a, people, factor); raises BadFormula."""
    found = FORMULA.match(text)
    if found is None or found.group(1) not in set(FormulaKind):
        raise BadFormula(text)
    kind, given = FormulaKind(found.group(1)), [part.strip() for part in found.group(2).split(",")]
    factor = Decimal(1)
    if kind == FormulaKind.PER_HEAD and len(given) == 3 and re.fullmatch(r"\d+", given[2]):  # noqa: PLR2004  value, people, factor
        factor = Decimal(given.pop())
    wanted = {FormulaKind.GROWTH: (1, 1), FormulaKind.SUM: (2, 20)}.get(kind, (2, 2))
    if not wanted[0] <= len(given) <= wanted[1] or not all(KEY.match(key) for key in given) or not factor:
        raise BadFormula(text)
    return Formula(kind, tuple(given), factor)


def year_before(month: date) -> date:
    """The same month a year before."""
    return add_months(month, -YEAR)


def growth(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Growth in per cent; None where one is unknown or there is nothing to grow from."""
    if value is None or before is None or before <= 0:
        return None
    return ((value - before) / before * 100).quantize(CENT)


def compute(formula: Formula, month: date, lookup: Lookup) -> Decimal | None:
    """A derived value of a month; None as soon as one of its parts is unknown."""
    first = lookup(formula.of[0], month)
    if formula.kind == FormulaKind.GROWTH:
        return growth(first, lookup(formula.of[0], year_before(month)))
    parts = [first, *(lookup(key, month) for key in formula.of[1:])]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if formula.kind == FormulaKind.SUM:
        return sum(known, Decimal(0))
    if not known[1]:
        return None
    times = Decimal(100) if formula.kind == FormulaKind.SHARE else formula.factor
    return (known[0] / known[1] * times).quantize(CENT)


def is_expected(month: date, *, joined: bool) -> bool:
    """Whether a month has a figure of its own: of an indicator joined over the new year, January has none."""
    return not (joined and month.month == 1)


def due_on(month: date, day: int) -> date:
    """The last day on which a figure of the month is in time: that day of the month after."""
    return day_of_month(month.year, month.month + 1, day)


def light_of(change: Decimal | None, *, more_is_better: bool, in_points: bool) -> str:
    """The light of a change against the same month last year: growth in per cent, or points."""
    if change is None:
        return "GREY"
    good = change if more_is_better else -change
    limit = Decimal(str(thresholds()["light"]["rate_points" if in_points else "percent"]))
    if good >= 0:
        return "GREEN"
    return "YELLOW" if good >= -limit else "RED"


def question_about(
    value: Decimal, known: Iterable[KnownValue], *, period: date, column: str, unit: str
) -> JumpQuestion | None:
    """Why a value is a question beside the area's own earlier ones; None where it is not, or there are none."""
    nearest = nearest_values(known, period=period, source=column)
    if not nearest:
        return None
    odd = thresholds()["odd"]
    small = odd["small"].get(unit, odd["small"]["usual"])
    instead = {"factor": odd["times_own"], "small": small, "from_zero": small * odd["from_zero"]}
    return find_jump(value, nearest, key="", unit=unit, period_kind="MONTH", instead=instead)


def outlier(value: Decimal, others: Sequence[Decimal]) -> Decimal | None:
    """The median of the other areas where a first value lies out of all proportion to it; else None."""
    limits = thresholds()["odd"]
    if len(others) < limits["others_least"]:
        return None
    middle = median(others)
    low, high = sorted((abs(middle), abs(value)))
    return middle if low and high / low > limits["times_others"] else None
