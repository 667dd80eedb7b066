"""Entry into the statistics (入统): the papers of a kind of project, which are missing, from whom, and by which day."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from gongjian.engines.workdays.calendar import add_calendar_days, day_of_month

FILE = Path(__file__).resolve().parent / "statistics_entry.toml"


class Kind(StrEnum):
    """What the investment is in."""

    BUILDING = "BUILDING"
    PURCHASE = "PURCHASE"  # equipment alone


@dataclass(frozen=True)
class Paper:
    """A paper; one of a `group` stands for the others."""

    key: str
    name: str
    source_of: str
    kinds: tuple[Kind, ...]
    group: str = ""


@dataclass(frozen=True)
class DayRule:
    """What is owed by a day of each month, or so many days after the bureau's opening; for totals from `least` to below `below`."""

    key: str
    name: str
    least: Decimal
    below: Decimal | None = None
    day: int | None = None
    after: int | None = None

    def holds(self, total: Decimal) -> bool:
        """Whether a project of this total investment owes it."""
        return self.least <= total and (self.below is None or total < self.below)

    def due(self, today: date, opening: date | None) -> date | None:
        """The next day it is owed by, today counted; None while the opening is not known."""
        if self.after is not None:
            return add_calendar_days(opening, self.after) if opening else None
        day = self.day or 1
        this_month = day_of_month(today.year, today.month, day)
        return this_month if this_month >= today else day_of_month(today.year, today.month + 1, day)


@dataclass(frozen=True)
class Rules:
    """The papers and days of an office; below `least` (10,000 yuan) nothing is entered."""

    least: Decimal
    papers: tuple[Paper, ...]
    days: tuple[DayRule, ...]


@dataclass(frozen=True)
class Duty:
    """What is owed, and by which day; None while the bureau has not told when it opens."""

    rule: DayRule
    due: date | None


@dataclass(frozen=True)
class Missing:
    """One paper is wanted of these, which stand for each other."""

    any_of: tuple[Paper, ...]


@dataclass(frozen=True)
class Checklist:
    """How a project stands before the statistics. `outside`: too small to be entered."""

    outside: bool
    missing: tuple[Missing, ...]
    duties: tuple[Duty, ...]

    @property
    def complete(self) -> bool:
        """Whether it could be entered: with this and no entry it is “complete but not in the statistics”."""
        return not self.outside and not self.missing


@cache
def shipped() -> Rules:
    """The papers and days that ship with the product."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    papers = (Paper(**each | {"kinds": tuple(map(Kind, each["kinds"]))}) for each in table["paper"])
    amounts = ("least", "below")
    days = (
        DayRule(**each | {name: Decimal(each[name]) for name in amounts if name in each})
        for each in table["day"]
    )
    return Rules(Decimal(table["least"]), tuple(papers), tuple(days))


def checklist(
    kind: Kind,
    total: Decimal,
    held: Collection[str],
    *,
    today: date,
    opening: date | None = None,
    rules: Rules | None = None,
) -> Checklist:
    """What a project of this kind and total investment (10,000 yuan) still wants; `held` are the keys of papers that are there.

    `opening` is the day the bureau opens its pages this month.
    """
    rules = rules or shipped()
    if total < rules.least:
        return Checklist(outside=True, missing=(), duties=())
    groups: dict[str, list[Paper]] = {}
    for paper in rules.papers:
        if kind in paper.kinds:
            groups.setdefault(paper.group or paper.key, []).append(paper)
    missing = tuple(
        Missing(tuple(group)) for group in groups.values() if not any(paper.key in held for paper in group)
    )
    duties = tuple(Duty(rule, rule.due(today, opening)) for rule in rules.days if rule.holds(total))
    return Checklist(outside=False, missing=missing, duties=duties)
