"""Headings an office has taught (记住的表头), by an import or by a superior's form; the caller leaves the event."""

from collections.abc import Mapping
from datetime import datetime

from gongjian.engines.tables.folding import folded
from gongjian.imports.models import LearntHeading
from gongjian.imports.states import ImportKind
from gongjian.people.models import Area


def learn_headings(area: Area, kind: ImportKind | str, said: Mapping[str, str], *, at: datetime) -> None:
    """Keep what these headings mean in the ledgers of an area's office; "" is a column that is not read."""
    for heading, field in said.items():
        if folded(heading):
            LearntHeading.objects.update_or_create(
                area=area,
                kind=ImportKind(kind),
                heading=heading[:120],
                defaults={"field": field, "learnt_at": at},
            )
