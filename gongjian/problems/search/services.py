"""Keeping the search rows: after every event about a record whose words they hold, and all of them after a comparison."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from gongjian.audit.followers import follow
from gongjian.problems.models import Problem
from gongjian.problems.search.queries import (
    CHUNK,
    DERIVED,
    RELATED,
    SearchDifferences,
    differences,
    records_shown,
    row_of,
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
    """Write anew the search rows of the problems that show these records, where they differ."""
    if len(keys) > 1:
        _renew_together(path, keys)
        return
    problems = Problem.objects.select_related(*RELATED).filter(**{path: keys[0]}).order_by("pk")
    write(
        (problem.pk, row)
        for problem in problems.iterator(chunk_size=CHUNK)
        if (row := row_of(problem)) != stored(problem.pk, problem.pk).get(problem.pk)
    )


def _renew_together(path: str, keys: Sequence[int]) -> None:
    """The same for many records: written without a look at what is stored."""
    for first in range(0, len(keys), TOGETHER):
        wanted = {f"{path}__in": keys[first : first + TOGETHER]}
        write(rows_of(Problem.objects.filter(**wanted).order_by("pk")))


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
        problems = Problem.objects.select_related(*RELATED).filter(pk__in=keys)
        write((problem.pk, row_of(problem)) for problem in problems)
    forget(found.left_over)
    return replace(found, names=misspelt)
