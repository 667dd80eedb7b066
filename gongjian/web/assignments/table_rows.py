"""Assignments as list rows, with their clock reading and firms; the queries do not grow with the lists."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import ClockInWords, readings
from gongjian.problems.models import Problem

Shown = list[tuple[Assignment, ClockInWords]]
NAMED = ("assignment", "enterprise__name", "enterprise__short_name")
FIRMS = Prefetch("problems", Problem.objects.select_related("enterprise").only(*NAMED))


def with_firms(rows: Iterable[Assignment]) -> None:
    """Fetch the firms behind these rows in one query."""
    prefetch_related_objects(list(rows), FIRMS)


def rows_with_clocks(lists: Mapping[str, Sequence[Assignment]], today: date) -> dict[str, Shown]:
    """Rows of each list, ready to draw: one query for all firms, one for the calendar."""
    rows = {row.pk: row for assignments in lists.values() for row in assignments}
    with_firms(rows.values())
    read = dict(zip(rows, readings(rows.values(), today), strict=True))
    return {key: [(rows[row.pk], read[row.pk]) for row in assignments] for key, assignments in lists.items()}
