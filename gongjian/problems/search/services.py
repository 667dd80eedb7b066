"""Keeping the search rows: after every event about a record whose words they hold, and all of them after a comparison."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from gongjian.audit.followers import follow
from gongjian.problems.models import Problem
from gongjian.problems.search.queries import (
    CHUNK,
    DERIVED,
    SearchDifferences,
    differences,
    records_shown,
    rows_of,
    wrong_names,
)
from gongjian.problems.search.table import forget, stored, write

TOGETHER = 500  # records looked up in one statement


def follow_records() -> None:
    """Let every event about a record that a search row shows renew the rows that show it."""
    for kind, path in records_shown().items():
        follow(kind, lambda keys, path=path: renew(path, keys))  # type: ignore[misc]  # the default binds the path


def renew(path: str, keys: Sequence[int]) -> None:
    """Write anew the search rows of the problems that show these records; one alone only where it differs."""
    for first in range(0, len(keys), TOGETHER):
        rows = rows_of(
            Problem.objects.filter(**{f"{path}__in": keys[first : first + TOGETHER]}).order_by("pk")
        )
        write(rows if len(keys) > 1 else ((pk, row) for pk, row in rows if row != stored(pk, pk).get(pk)))


@transaction.atomic
def mend() -> SearchDifferences:
    """Put right what is stored of names, then every search row that differs from the ledger; returns what was found."""
    misspelt = wrong_names()
    for row in misspelt:
        derived = DERIVED[type(row)]
        for field, value in derived.items():
            setattr(row, field, value(row))
        row.save(update_fields=list(derived))
    found = differences()
    wrong = sorted({*found.missing, *found.stale})
    for first in range(0, len(wrong), CHUNK):
        keys = wrong[first : first + CHUNK]
        write(rows_of(Problem.objects.filter(pk__in=keys)))
    forget(found.left_over)
    return replace(found, names=misspelt)
