"""Every assignment replayed from its events and compared with its row."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from gongjian.assignments.models import Assignment
from gongjian.assignments.projection import columns
from gongjian.assignments.queries import snapshot_of
from gongjian.audit.models import Event
from gongjian.audit.tampering.queries import Difference
from gongjian.engines.clock.events import KINDS

TABLE = Assignment._meta.db_table


def differing_columns() -> Iterator[Difference]:
    """The columns of assignments that a replay of their events gives otherwise, and assignments without any event."""
    kind = Assignment._meta.label_lower
    events = Event.objects.filter(subject_kind=kind, name__in=KINDS).order_by("subject_id", "seq")
    rows = {row.pk: row for row in Assignment.objects.all()}
    for key, story in groupby(events.iterator(chunk_size=5000), key=lambda event: event.subject_id):
        row = rows.pop(key, None)
        if row is None:
            yield Difference(TABLE, key, "id", None, key)
            continue
        for column, replayed in columns(snapshot_of(row, story)).items():
            stored = getattr(row, column)
            if stored != replayed:
                yield Difference(TABLE, key, column, _plain(stored), _plain(replayed))
    for key in rows:
        yield Difference(TABLE, key, "id", key, None)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
