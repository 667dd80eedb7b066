"""Inserts many facts as rows instead of objects, in a quarter of the time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db import connection

from gongjian.enterprises.facts.catalogue import all_facts
from gongjian.enterprises.models import Fact, FactBatch
from gongjian.people.models import Account

Row = tuple[int, str, str, date, Decimal | None, str]  # firm, key, kind of period, first day, number, word
NAMES = (
    "enterprise",
    "key",
    "period_kind",
    "period",
    "value",
    "text",
    "unit",
    "source",
    "batch",
    "recorded_by",
    "recorded_at",
)
CHUNK = 2000


def insert_facts(
    rows: Iterable[Row],
    *,
    source: str,
    batch: FactBatch | None,
    by: Account,
    at: datetime,
    on_existing: Literal["refused", "kept"],
) -> int:
    """Insert facts and return how many. A value this source already gave is kept, or raises IntegrityError."""
    fields: list[Any] = [Fact._meta.get_field(name) for name in NAMES]
    ready = {name: field.get_db_prep_save for name, field in zip(NAMES, fields, strict=True)}
    units = {key: entry.unit for key, entry in all_facts().items()}
    last = (source, batch.pk if batch else None, by.pk, ready["recorded_at"](at, connection))
    days: dict[date, Any] = {}

    def prepared(row: Row) -> tuple[Any, ...]:
        firm, key, kind, period, value, text = row
        if period not in days:
            days[period] = ready["period"](period, connection)
        number = None if value is None else ready["value"](value, connection)
        return (firm, key, kind, days[period], number, text, units[key], *last)

    return _execute(_statement(fields, on_existing), [prepared(row) for row in rows])


def _statement(fields: Sequence[Any], on_existing: str) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    tail = " ON CONFLICT DO NOTHING" if on_existing == "kept" else ""
    return f"INSERT INTO {quote(Fact._meta.db_table)} ({columns}) VALUES ({marks}){tail}"  # noqa: S608  names of our own columns only


def _execute(statement: str, rows: Sequence[tuple[Any, ...]]) -> int:
    written = 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), CHUNK):
            cursor.executemany(statement, rows[start : start + CHUNK])
            written += max(cursor.rowcount, 0)
    return written
