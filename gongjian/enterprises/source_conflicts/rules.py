"""Which of several sources counts (来源取舍): the recorded decision, else the more official, else the later. Pure."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    """How official a source is; 1 is the most official. `sources.toml` holds the list."""
    return next(rank for holds, rank in _ranks() if any(part in source for part in holds))


@dataclass(frozen=True)
class Said:
    """What one source says of one fact in one period."""

    value: Any
    source: str
    recorded_at: datetime
    pk: int


@dataclass(frozen=True)
class Chosen:
    """The value that counts, and whether sources differ without a decision."""

    said: Said
    differs: bool
    decided: bool


def choose(words: Sequence[Said], *, decided: str | None) -> Chosen:
    """Pick one of at least one. A decision for a source that no longer says anything is as none."""
    differs = len(words) > 1 and len({word.value for word in words}) > 1
    for word in words:
        if word.source == decided:
            return Chosen(word, differs=False, decided=True)
    best = min(words, key=lambda w: (rank_of(w.source), -w.recorded_at.timestamp(), -w.pk))
    return Chosen(best, differs=differs, decided=False)


def latest(days: Iterable[tuple[date, Any]], *, today: date) -> Any:
    """Of values of a standing fact the one of the latest day not after `today`; None without one."""
    known = [(day, value) for day, value in days if day <= today]
    return max(known, key=lambda pair: pair[0])[1] if known else None
