"""Answers about an upload (what columns hold, what names are) that two people give at once: each answer for itself."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Answers:
    """Those to keep, and those another has answered otherwise since the page was drawn: question -> (theirs, mine)."""

    kept: dict[str, str]
    clashes: dict[str, tuple[str, str]]


def settle(mine: Mapping[str, str], opened: Mapping[str, str], now: Mapping[str, str]) -> Answers:
    """What this person changed is kept; what he left alone stays as it is by now. `now` holds only what has been answered."""
    kept: dict[str, str] = {}
    clashes: dict[str, tuple[str, str]] = {}
    for question, answer in mine.items():
        was, by_now = opened.get(question), now.get(question)
        if by_now is None or by_now == answer or was in (None, by_now):
            kept[question] = answer
        elif answer != was:
            clashes[question] = (by_now, answer)
    return Answers(kept, clashes)
