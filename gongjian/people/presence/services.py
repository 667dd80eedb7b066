"""Noting that somebody has an edit page open, and that it was closed."""

from datetime import datetime

from gongjian.people.models import Account, Presence
from gongjian.people.presence.rules import FRESH


def arrive(kind: str, number: int, *, by: Account, at: datetime) -> None:
    """Note that this account has the record open; the beginning stays while it keeps coming back."""
    Presence.objects.filter(seen_at__lt=at - FRESH).delete()
    Presence.objects.bulk_create(
        [Presence(account=by, subject_kind=kind, subject_id=number, since=at, seen_at=at)],
        update_conflicts=True,
        unique_fields=["subject_kind", "subject_id", "account"],
        update_fields=["seen_at"],
    )


def leave(kind: str, number: int, *, by: Account) -> None:
    """The account has saved what it came for."""
    Presence.objects.filter(account=by, subject_kind=kind, subject_id=number).delete()
