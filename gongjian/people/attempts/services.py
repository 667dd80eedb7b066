"""Counts tries and forgets them.

No event is recorded for a try: it changes nothing, and whatever it leads to records its own event.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db.models import Case, F, Q, Value, When

from gongjian.people.attempts.limits import LIMITS
from gongjian.people.models import AttemptCount
from gongjian.people.states import Guard

Keys = Mapping[Guard, str]


def _digest(key: str) -> str:
    """What is kept of a key: neither a code nor an address can be read from the table."""
    encoded = key.encode("utf-8", "surrogatepass")
    return hmac.new(settings.SECRET_KEY.encode(), encoded, hashlib.sha256).hexdigest()


def count(guard: Guard, key: str, *, at: datetime) -> int:
    """Record one try; returns the number of tries that still count, including this one."""
    row, _new = AttemptCount.objects.get_or_create(
        guard=guard, key=_digest(key), defaults={"count": 0, "started_at": at}
    )
    over = When(started_at__lte=at - LIMITS[guard].within, then=Value(1))
    begun = When(started_at__lte=at - LIMITS[guard].within, then=Value(at))
    rows = AttemptCount.objects.filter(pk=row.pk)
    rows.update(count=Case(over, default=F("count") + 1), started_at=Case(begun, default=F("started_at")))
    return rows.values_list("count", flat=True).first() or 1


def count_all(keys: Keys, *, at: datetime) -> None:
    """Record one try under each of these keys."""
    for guard, key in keys.items():
        count(guard, key, at=at)


def used_up(keys: Keys, *, at: datetime) -> bool:
    """Whether any of these keys has had all its tries."""
    reached = Q(pk__in=[])
    for guard, key in keys.items():
        limit = LIMITS[guard]
        reached |= Q(guard=guard, key=_digest(key), count__gte=limit.most, started_at__gt=at - limit.within)
    return AttemptCount.objects.filter(reached).exists()


def seconds_left(guard: Guard, key: str, *, at: datetime) -> int:
    """The seconds until the count for this key starts again, from 1 up to the limit's own time."""
    row = AttemptCount.objects.filter(guard=guard, key=_digest(key)).first()
    within = LIMITS[guard].within
    remaining = min(row.started_at + within - at, within) if row else timedelta()
    return max(1, ceil(remaining.total_seconds()))


def forget(guard: Guard, key: str) -> None:
    """Reset the count after a successful try."""
    AttemptCount.objects.filter(guard=guard, key=_digest(key)).delete()


def sweep(*, at: datetime) -> int:
    """Delete the counts that have expired; returns the number of rows deleted."""
    gone = Q(pk__in=[])
    for guard, limit in LIMITS.items():
        gone |= Q(guard=guard, started_at__lte=at - limit.within)
    return AttemptCount.objects.filter(gone).delete()[0]
