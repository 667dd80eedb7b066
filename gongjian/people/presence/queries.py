"""Who else has a record open."""

from datetime import datetime

from django.db.models import QuerySet

from gongjian.people.models import Account, Presence
from gongjian.people.presence.rules import FRESH


def others(kind: str, number: int, *, besides: Account, at: datetime) -> QuerySet[Presence]:
    """Who else was seen at the record lately; who came first stands first."""
    rows = Presence.objects.filter(subject_kind=kind, subject_id=number, seen_at__gte=at - FRESH)
    return rows.exclude(account=besides).select_related("account").order_by("since", "pk")
