"""Stored dues (存下的时限) counted in working days: which models keep one, and what counts them anew with the calendar.

A room above registers its own when it is loaded (`apps.py`), so that no year is put in force without it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from gongjian.people.models import Account


class Recount(Protocol):
    """Counts anew the open dues that a year's notice can change, with their events; returns how many changed."""

    def __call__(self, *, year: int, by: Account | None, at: datetime) -> int:
        """Count them anew by the calendar now in force."""


_registered: dict[str, Recount] = {}


def counts_anew(*models: str) -> Callable[[Recount], Recount]:
    """Mark what counts anew the dues of these models (`app.Model`)."""

    def register(recount: Recount) -> Recount:
        for model in models:
            _registered[model] = recount
        return recount

    return register


def registered_models() -> frozenset[str]:
    """The models whose dues are counted anew."""
    return frozenset(_registered)


def recount_all(*, year: int, by: Account | None, at: datetime) -> int:
    """Count every stored due anew by the calendar now in force; returns how many changed."""
    recounts = dict.fromkeys(_registered.values())
    return sum(recount(year=year, by=by, at=at) for recount in recounts)
