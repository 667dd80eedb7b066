"""Noting what an account chose in a pick list."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from gongjian.people.models import Account, RecentChoice
from gongjian.people.recent_choices.rules import KEPT


def note_chosen(records: Iterable[Model], *, by: Account, at: datetime) -> None:
    """Note that the account chose these records; of each kind only the latest are kept."""
    chosen = {(record._meta.label_lower, record.pk) for record in records}
    if not chosen:
        return
    RecentChoice.objects.bulk_create(
        [RecentChoice(account=by, subject_kind=kind, subject_id=pk, at=at) for kind, pk in sorted(chosen)],
        update_conflicts=True,
        unique_fields=["account", "subject_kind", "subject_id"],
        update_fields=["at"],
    )
    for kind in {kind for kind, _pk in chosen}:
        rows = RecentChoice.objects.filter(account=by, subject_kind=kind).order_by("-at", "-pk")
        RecentChoice.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[KEPT:])).delete()
