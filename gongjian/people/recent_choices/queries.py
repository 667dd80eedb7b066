"""What an account chose lately, the latest first."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model

from gongjian.people.models import Account, RecentChoice

Record = TypeVar("Record", bound=Model)


def recent_keys(account: Account, kind: type[Model]) -> list[int]:
    """Keys of the records of a kind that the account chose lately, the latest first."""
    rows = RecentChoice.objects.filter(account=account, subject_kind=kind._meta.label_lower)
    return list(rows.order_by("-at", "-pk").values_list("subject_id", flat=True))


def recent_first(found: Iterable[Record], keys: list[int]) -> list[Record]:
    """What was found, with recent choices before the rest; the order is kept otherwise."""
    place = {key: number for number, key in enumerate(keys)}
    return sorted(found, key=lambda record: place.get(record.pk, len(place)))
