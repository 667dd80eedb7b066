"""Queries that many pages ask again and again, kept as the SQL they come to: Django needs longer to write one than SQLite to answer it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

ANY_RECORD = -(2**40)  # stands for the key of a record
KEPT = 1000  # texts a process keeps; the one asked for longest ago goes first


@dataclass(frozen=True)
class _Asked:
    """A query by its key; how it is built counts only when it is not kept."""

    key: Hashable
    build: Callable[[], QuerySet[Any]] = field(compare=False)


@lru_cache(maxsize=KEPT)
def _text(asked: _Asked) -> tuple[str, tuple[Any, ...]] | None:
    try:
        sql, params = asked.build().query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(params)


def rows_as_kept(
    key: Hashable, build: Callable[[], QuerySet[Any]], *, record: int | None = None
) -> list[tuple[Any, ...]]:
    """The rows of a query of plain columns, words and numbers (`values_list`), as the database gives them.

    `key` names the query and holds everything its text and values depend on, day and reader included; `build` is called
    only when no query of this key is kept, and must itself ask the database nothing. A query of one record is built for
    ANY_RECORD and kept for all of them; `record` is the key of the one that is asked for.
    """
    text = _text(_Asked(key, build))
    if text is None:
        return []
    sql, values = text
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [record if value == ANY_RECORD else value for value in values])
        return list(cursor.fetchall())
