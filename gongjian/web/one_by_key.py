"""One row found by its key, with SQL that is worked out once: what is asked on every page costs no more than the asking.

For: the account of a request. Not for: rows that one more condition narrows.
"""

from copy import copy
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
ANY_KEY = -1  # stands in the SQL where the key will


class OneByKey(Generic[Row]):
    """Rows of a kind, with all that is read beside them; one is found at a time."""

    def __init__(self, rows: QuerySet[Row]) -> None:
        self._rows = rows.order_by().filter(pk=ANY_KEY)
        self._compiler = self._rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._values = self._compiler.as_sql()
        if list(self._values).count(ANY_KEY) != 1:
            raise ValueError(self._sql)

    def find(self, key: int) -> Row | None:
        """The row with this key, or None."""
        values = tuple(key if value == ANY_KEY else value for value in self._values)
        compiler, query = copy(self._compiler), copy(self._rows.query)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        compiler.as_sql = lambda *_how, **_more: (self._sql, values)
        query.get_compiler = lambda *_how, **_more: compiler  # type: ignore[method-assign]  # this query alone
        found: Any = QuerySet(self._rows.model, query, DEFAULT_DB_ALIAS)
        return next(iter(found), None)
