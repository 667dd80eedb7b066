"""Where an account is signed in, and the tries to sign in."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value

from gongjian.people.models import Account, Session

if TYPE_CHECKING:
    from axes.models import AccessBase

KEPT_DAYS = 180  # the log of networks and systems is kept half a year: 网络安全法, article 21 (3)
COLUMNS = ("attempt_time", "username", "ip_address", "user_agent", "taken", "stopped", "second_step")


def in_use(*, at: datetime) -> QuerySet[Session]:
    """The sessions that have ended neither by age nor by rest."""
    rested = at - timedelta(minutes=settings.IDLE_MINUTES)
    return Session.objects.filter(expire_date__gt=at, seen_at__gt=rested)


def sessions_of(account: Account, *, at: datetime) -> QuerySet[Session]:
    """The sessions of an account that have not ended, the one used last first."""
    return in_use(at=at).filter(account=account).order_by("-seen_at", "pk")


def tries(
    *,
    second_step: str,
    username: str = "",
    exactly: bool = False,
    address: str = "",
    taken: bool | None = None,
    since: datetime | None = None,
) -> "QuerySet[AccessBase, dict[str, object]]":
    """Every try to sign in, newest first: moment, name as typed, address, device, whether taken, whether the lock stopped it, whether at the address of the second step."""
    second = ExpressionWrapper(Q(path_info__endswith=second_step), output_field=BooleanField())
    found = AccessLog.objects.annotate(
        taken=Value(value=True),
        stopped=Value(value=False, output_field=BooleanField()),
        second_step=second,
    )
    failed = AccessFailureLog.objects.annotate(
        taken=Value(value=False), stopped=F("locked_out"), second_step=second
    )
    parts = [part for part, is_taken in ((found, True), (failed, False)) if taken in (None, is_taken)]
    chosen = []
    for part in parts:
        rows = part.order_by()
        if username:
            rows = rows.filter(**{"username__iexact" if exactly else "username__icontains": username})
        if address:
            rows = rows.filter(ip_address__startswith=address)
        if since:
            rows = rows.filter(attempt_time__gte=since)
        chosen.append(rows.values(*COLUMNS))
    first, *others = chosen
    together: QuerySet[AccessBase, dict[str, object]] = first.union(*others, all=True)
    return together.order_by("-attempt_time")


def last_sign_in(account: Account) -> tuple[datetime | None, int]:
    """When the account signed in before the present session, and how often that failed since then."""
    logs = AccessLog.objects.filter(username__iexact=account.username).order_by("-attempt_time")
    before = list(logs.values_list("attempt_time", flat=True)[1:2])
    failures = AccessFailureLog.objects.filter(username__iexact=account.username)
    if before:
        failures = failures.filter(attempt_time__gt=before[0])
    return (before[0] if before else None), failures.count()
