"""Which imports of figures stand written."""

from datetime import date

from django.db.models import OuterRef, QuerySet

from gongjian.audit.queries import midnight
from gongjian.enterprises.models import FactBatch
from gongjian.enterprises.states import BatchState
from gongjian.people.models import Account


def written_since(day: date, *, by: Account | OuterRef) -> QuerySet[FactBatch]:
    """An account's own imports written on or after a day of Beijing and not undone, newest first."""
    rows = FactBatch.objects.filter(uploaded_by=by, state=BatchState.WRITTEN, written_at__gte=midnight(day))
    return rows.defer("file", "before")
