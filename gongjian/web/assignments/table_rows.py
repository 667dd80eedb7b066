"""Assignments as list rows, with their clock reading and firms; the queries do not grow with the lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import ClockInWords, readings
from gongjian.people.models import Account
from gongjian.problems.queries import visible_to

Shown = list[tuple[Assignment, ClockInWords]]
NAMED = ("assignment", "enterprise__name", "enterprise__short_name")


def firms_of(account: Account, path: str = "problems") -> "Prefetch[Any]":
    """The problems an assignment covers that the account may open, with their firms, to be fetched with a list."""
    seen = visible_to(account).select_related("enterprise").only(*NAMED)
    return Prefetch(path, seen, to_attr="seen_problems")


def rows_with_clocks(
    lists: Mapping[str, Sequence[Assignment]], today: date, account: Account
) -> dict[str, Shown]:
    """Rows of each list, ready to draw for an account: one query for all firms, one for the calendar."""
    rows = {row.pk: row for assignments in lists.values() for row in assignments}
    prefetch_related_objects(list(rows.values()), firms_of(account))
    read = dict(zip(rows, readings(rows.values(), today), strict=True))
    return {key: [(rows[row.pk], read[row.pk]) for row in assignments] for key, assignments in lists.items()}
