"""Which of several sources counts (来源取舍): the one decided on, else the most official, else the latest. Pure."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _ranks() -> tuple[tuple[tuple[str, ...], int], ...]:
    file = Path(__file__).resolve().parent / "sources.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple((tuple(line["holds"]), line["rank"]) for line in data["source"])


@cache
def rank_of(source: str) -> int:
    """How official a source is, 1 being the most official, by the list in `sources.toml`."""
    return next(rank for holds, rank in _ranks() if any(part in source for part in holds))


@dataclass(frozen=True)
class SourceValue:
    """The value one source gives of one fact in one period."""

    value: Any
    source: str
    recorded_at: datetime
    pk: int


@dataclass(frozen=True)
class ChosenValue:
    """The value that counts; `differs` when sources differ undecided, `decided` when somebody chose its source."""

    source_value: SourceValue
    differs: bool
    decided: bool


def choose_value(values: Sequence[SourceValue], *, decided: str | None) -> ChosenValue:
    """The value that counts, of at least one; a decision for a source that gives no value is ignored."""
    differs = len(values) > 1 and len({value.value for value in values}) > 1
    for value in values:
        if value.source == decided:
            return ChosenValue(value, differs=False, decided=True)
    best = min(values, key=lambda w: (rank_of(w.source), -w.recorded_at.timestamp(), -w.pk))
    return ChosenValue(best, differs=differs, decided=False)
