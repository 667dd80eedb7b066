"""Keeping the search rows: after every event about a record whose words they hold, and all of them after a comparison."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gongjian.audit.followers import follow
from gongjian.audit.kept_sql import ANY_RECORD, rows_as_kept
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
    if len(keys) == 1:
        shown = [
            pk for (pk,) in rows_as_kept(("shown", path), lambda: _showing(path, ANY_RECORD), record=keys[0])
        ]
        rows = rows_of(Problem.objects.filter(pk__in=shown).order_by("pk")) if shown else ()
        write((pk, row) for pk, row in rows if row != stored(pk, pk).get(pk))
        return
    for first in range(0, len(keys), TOGETHER):
        write(
            rows_of(Problem.objects.filter(**{f"{path}__in": keys[first : first + TOGETHER]}).order_by("pk"))
        )


def _showing(path: str, record: int) -> QuerySet[Any]:
    shown: QuerySet[Any] = Problem.objects.filter(**{path: record}).order_by("pk").values_list("pk")
    return shown


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
