"""The rows whose fields differ from what their last event says, the head of an earlier day, the soundness of the database file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models

from gongjian.audit.changes import LONG, stored_value
from gongjian.audit.models import Event

FEW = 20  # lines of a damaged file that are shown


@dataclass(frozen=True)
class Difference:
    """One field of one row that is not as its events left it; `stored` and `recorded` as the trail keeps values."""

    table: str
    row: int
    field: str
    stored: Any
    recorded: Any


def head_was(length: int, digest: str) -> bool:
    """Whether the chain had this head when it was `length` events long: what a printed and signed day says."""
    return Event.objects.filter(seq=length, digest=digest).exists()


def damages() -> list[str]:
    """What the database says of its own file: pages that cannot be read, rows that point nowhere. Empty when all is well."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        told = [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        told += [f"{table} {row} -> {parent}" for table, row, parent, _n in cursor.fetchall()]
    return told[:FEW]


def differing_fields() -> Iterator[Difference]:
    """Fields whose last recorded change is not what stands in the row now.

    Compared are the fields of a row's own changes that hold values, not other records; a row that is gone is no difference,
    and neither is a field that a later event of another kind may have moved: an act that says what it did in its own words.
    """
    last: dict[tuple[str, int], dict[str, Any]] = {}
    rows = Event.objects.order_by("seq").values_list("subject_kind", "subject_id", "data")
    for kind, key, data in rows.iterator(chunk_size=5000):
        values = data.get("values")
        if isinstance(values, dict) and data.get("of", kind) == kind:
            last.setdefault((kind, key), {}).update(values)
        else:
            last.pop((kind, key), None)
    by_kind: dict[str, dict[int, dict[str, Any]]] = {}
    for (kind, key), values in last.items():
        by_kind.setdefault(kind, {})[key] = values
    for kind, keys in by_kind.items():
        yield from _differing(kind, keys)


def _differing(kind: str, keys: dict[int, dict[str, Any]]) -> Iterator[Difference]:
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return  # a room that is no more
    names = sorted({name for values in keys.values() for name in values if _holds_a_value(model, name)})
    numbers = list(keys)
    for start in range(0, len(numbers), 500):
        for row in model._base_manager.filter(pk__in=numbers[start : start + 500]).values("pk", *names):
            for name, pair in keys[row["pk"]].items():
                if name not in names or not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004  old and new
                    continue
                stored = stored_value(row[name])
                if stored != pair[1] and not _is_long(stored, pair[1]):
                    yield Difference(model._meta.db_table, row["pk"], name, stored, pair[1])


def _holds_a_value(model: type[models.Model], name: str) -> bool:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return (
        isinstance(field, models.Field) and not field.is_relation and not isinstance(field, models.JSONField)
    )


def _is_long(stored: Any, recorded: Any) -> bool:
    """Of a long text the event keeps the lines that differ: each of them must stand in the row."""
    if not isinstance(stored, str) or not isinstance(recorded, str) or len(stored) <= LONG:
        return False
    standing = set(stored.splitlines())
    return all(line in standing for line in recorded.splitlines())
