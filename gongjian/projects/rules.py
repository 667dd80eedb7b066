"""Which stage a project has reached by what is written of it, and what the next one still wants; pure.

`stages()` reads `stages.toml`, which is data. `filled` is the set of fields that hold something.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LIBRARY = Path(__file__).with_name("stages.toml")
FUNDS = ("fiscal_funds", "own_funds", "loans", "other_funds")
OWNERS = ("enterprise", "owner_unit")


@dataclass(frozen=True)
class StageRule:
    """What one stage wants: see the head of `stages.toml`."""

    key: str
    needs: tuple[str, ...]
    day: str = ""
    after: tuple[str, ...] = ()
    by: str = ""
    skipped: bool = False


@dataclass(frozen=True)
class Standing:
    """The stage reached, and the next one with what it wants and what of that is missing; no next one at the end."""

    reached: StageRule
    next: StageRule | None
    missing: tuple[str, ...]


@cache
def stages() -> tuple[StageRule, ...]:
    """All stages, the first one reached by every project."""
    lines = tomllib.loads(LIBRARY.read_text(encoding="utf-8"))["stage"]
    return tuple(
        StageRule(
            key=line["key"],
            needs=tuple(line["needs"]),
            day=line.get("day", ""),
            after=tuple(line.get("after", ())),
            by=line.get("by", ""),
            skipped=line.get("skipped", False),
        )
        for line in lines
    )


def ladder(filled: Collection[str], rules: Sequence[StageRule] | None = None) -> list[StageRule]:
    """The stages this project goes through: what a unit builds itself goes without those of firms."""
    of_unit = "owner_unit" in filled and "enterprise" not in filled
    return [rule for rule in rules or stages() if not (rule.skipped and of_unit)]


def filled_fields(facts: Mapping[str, Any]) -> set[str]:
    """The fields that hold something, with "owner" and "funds" where one of theirs does; zero is something."""
    filled = {name for name, value in facts.items() if value is not None and value != ""}
    return filled | _any("owner", OWNERS, filled) | _any("funds", FUNDS, filled)


def _any(name: str, parts: Iterable[str], filled: Collection[str]) -> set[str]:
    return {name} if any(part in filled for part in parts) else set()


def standing(filled: Collection[str], rules: Sequence[StageRule] | None = None) -> Standing:
    """The last stage whose wants, and those of all stages before it, are met."""
    steps = ladder(filled, rules)
    reached = steps[0]
    for rule in steps[1:]:
        missing = tuple(name for name in rule.needs if name not in filled)
        if missing:
            return Standing(reached, rule, missing)
        reached = rule
    return Standing(reached, None, ())


def too_early(days: Mapping[str, date | None]) -> tuple[str, str] | None:
    """The first evidence that lies before a day it must not come before, with that day's field; None if all fit."""
    for rule in stages():
        day = days.get(rule.day)
        for name in rule.after:
            before = days.get(name)
            if day and before and day < before:
                return rule.day, name
    return None
