"""What units said as they moved on."""

from typing import Any

from django.db.models import QuerySet

from gongjian.assignments.models import Assignment
from gongjian.audit.models import Event
from gongjian.engines.clock.events import Imported, Reported, Resolved


def last_words(keys: QuerySet[Any, Any]) -> dict[int, str]:
    """By key of an assignment (`keys` is a query of keys): what its unit wrote last, as progress or as the result, or what its ledger said."""
    told = Event.objects.filter(
        subject_kind=Assignment._meta.label_lower,
        subject_id__in=keys,
        name__in=(Imported.NAME, Reported.NAME, Resolved.NAME),
    )
    return {
        key: str(data.get("text", ""))
        for key, data in told.order_by("seq").values_list("subject_id", "data").iterator()
    }
