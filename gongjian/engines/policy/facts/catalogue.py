"""The catalogue of facts as the engine sees it (数据目录): names, units, kinds, periods. Read from a TOML file."""

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from gongjian.engines.policy.facts.periods import PeriodKind
from gongjian.engines.policy.facts.units import MeasureUnit, unit_of_fact


class Kind(StrEnum):
    """The type of a fact's values."""

    NUMBER = "NUMBER"
    FLAG = "FLAG"
    TEXT = "TEXT"
    DATE = "DATE"
    SET = "SET"


class Gather(StrEnum):
    """How a fact of a longer period is computed from shorter periods when it has no value itself."""

    SUM = "SUM"  # as revenue: a quarter is the sum of its months
    LAST = "LAST"  # as employees at the end of the period: a quarter has those of its last month
    NONE = "NONE"  # as a rate, which cannot be computed from shorter periods


@dataclass(frozen=True)
class FactDef:
    """One fact: `key` (Chinese), `english` (an identifier), unit as recorded, kind, periods (none = standing).

    `choices`: the values a text or a set may take, when they are a closed list. `names`: other names in use.
    `usual`: titles in use, by which a misspelt one is found. `negative`: whether it may be
    below zero in a table. `source`: "firm" for what stands in the register of firms itself.
    """

    key: str
    english: str
    unit: str = ""
    kind: Kind = Kind.NUMBER
    periods: tuple[PeriodKind, ...] = ()
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    source: str = ""
    gather: Gather = Gather.SUM
    usual: tuple[str, ...] = ()
    negative: bool = True

    @cached_property
    def measure(self) -> MeasureUnit:
        """The unit with its kind and power of ten."""
        return unit_of_fact(self.unit)

    @classmethod
    def of(cls, entry: dict[str, Any]) -> Self:
        """A fact from one `[[fact]]` table. Raises ValueError for an unknown kind or period."""
        return cls(
            key=entry["key"],
            english=entry["english"],
            unit=entry.get("unit", ""),
            kind=Kind(entry.get("kind", "NUMBER")),
            periods=tuple(PeriodKind(p) for p in entry.get("periods", ())),
            choices=tuple(entry.get("choices", ())),
            names=tuple(entry.get("names", ())),
            source=entry.get("source", ""),
            gather=Gather(entry.get("gather", "SUM")),
            usual=tuple(entry.get("usual", ())),
            negative=bool(entry.get("negative", True)),
        )


@dataclass(frozen=True)
class Catalogue:
    """All facts a condition may name. Raises ValueError when a name stands for two facts."""

    facts: tuple[FactDef, ...]
    _index: dict[str, FactDef] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        index: dict[str, FactDef] = {}
        for fact in self.facts:
            for name in (fact.key, fact.english, *fact.names):
                if index.setdefault(name.casefold(), fact) is not fact:
                    raise ValueError(f"two facts are called {name}")
        object.__setattr__(self, "_index", index)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The catalogue of a TOML file with `[[fact]]` tables, where only what is marked `negative` may be. Raises ValueError when a name stands for two facts."""
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["fact"]
        return cls.of({"negative": False} | entry for entry in entries)

    @classmethod
    def of(cls, entries: Iterable[dict[str, Any]]) -> Self:
        """A catalogue from tables already read."""
        return cls(tuple(FactDef.of(entry) for entry in entries))

    def find(self, name: str) -> FactDef | None:
        """The fact with this Chinese, English or other name; None if there is none."""
        return self._index.get(name.casefold())

    def names(self) -> list[str]:
        """All names of all facts, as written."""
        return [name for fact in self.facts for name in (fact.key, fact.english, *fact.names)]

    def suggest(self, name: str) -> str:
        """The most similar name of a fact, or "" if none is similar."""
        return closest(name, self.names())

    def titles(self) -> FactDef | None:
        """The fact of kind SET that HAS('...') refers to; None unless there is exactly one."""
        sets = [fact for fact in self.facts if fact.kind is Kind.SET]
        return sets[0] if len(sets) == 1 else None


def closest(word: str, words: Iterable[str]) -> str:
    """The most similar word of a list, or "" if none is similar."""
    folded = {w.casefold(): w for w in words}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    return folded[near[0]] if near else ""
