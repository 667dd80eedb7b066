"""Scenes built once a process: what building them wrote is kept, and written again in a tenth of the time.

Only on SQLite and inside a test's own transaction, because only there the keys of new rows begin anew with each test.
"""

import pickle
from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.utils import timezone

P = ParamSpec("P")
Scene = TypeVar("Scene")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
Statement = tuple[str, Any, bool]

_kept: dict[Any, tuple[list[Statement], bytes]] = {}


def kept(build: Callable[P, Scene]) -> Callable[P, Scene]:
    """A scene that is built by its function the first time; again when the test begins from other rows or another day."""

    @wraps(build)
    def scene(*args: P.args, **more: P.kwargs) -> Scene:
        if connection.vendor != "sqlite" or not connection.in_atomic_block:
            return build(*args, **more)
        key = (build.__name__, args, tuple(more.items()), timezone.localdate(), keys_so_far())
        if key not in _kept:
            written: list[Statement] = []
            with ExitStack() as stack:
                stack.enter_context(connection.execute_wrapper(_noting(written)))
                made = build(*args, **more)
            _kept[key] = written, pickle.dumps(made)
            return made
        written, made_before = _kept[key]
        with connection.cursor() as cursor:
            for sql, params, many in written:
                (cursor.executemany if many else cursor.execute)(sql, params)
        again: Scene = pickle.loads(made_before)  # noqa: S301  written by this process
        return again

    return scene


def keys_so_far() -> tuple[Any, ...]:
    """The last key of each table: equal only where the same rows have been created before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        return tuple(cursor.fetchall())


def _noting(written: list[Statement]) -> Callable[..., Any]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001, PLR0917  as Django calls it
        if sql.lstrip().upper().startswith(WRITES):
            written.append((sql, [tuple(row) for row in params] if many else params, many))
        return execute(sql, params, many, context)

    return note
