"""Queries of notices, channels and sendings."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.utils import timezone

from gongjian.notices.models import Channel, Notice, QuietHours, Sending
from gongjian.notices.states import SendingKind, SendingState
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import within

RECENT = 200  # sendings at once whose notices a digest leaves out
UNREAD = Q(read_at__isnull=True, withdrawn_at__isnull=True)  # a withdrawn notice is not unread


def inbox(account: Account) -> QuerySet[Notice]:
    """The notices of an account and of its unit."""
    mine = Q(account=account)
    return Notice.objects.filter(mine | Q(unit=account.unit_id) if account.unit_id else mine)


def count_unread(account: Account) -> int:
    """How many notices an account has not read."""
    return inbox(account).filter(UNREAD).count()


def count_unread_of(account: str, unit: str) -> Combinable:
    """The number of unread notices as an expression, so that it costs a page no query of its own.

    Takes the paths to the account and to its unit.
    """

    def count(**recipient: OuterRef) -> Subquery:
        rows = Notice.objects.filter(UNREAD, **recipient).order_by()
        number = Func(F("pk"), function="COUNT", output_field=IntegerField())
        return Subquery(rows.annotate(n=number).values("n"))

    return count(account=OuterRef(account)) + count(unit=OuterRef(unit))


def carried_by(channel: Channel) -> QuerySet[Notice]:
    """The notices a channel carries: the inbox of its account, or the notices of its unit."""
    if channel.account is not None:
        return inbox(channel.account)
    return Notice.objects.filter(unit=channel.unit)


def left_at_once(channel: Channel) -> list[int]:
    """The notices that went to a channel at once, or are on their way: no digest repeats them."""
    sendings = channel.sendings.filter(kind=SendingKind.AT_ONCE).order_by("-pk")[:RECENT]
    return [pk for items in sendings.values_list("items", flat=True) for pk in items]


def already_told(key: str) -> tuple[set[int], set[int]]:
    """The primary keys of the accounts and of the units that already got a notice with this key."""
    rows = Notice.objects.filter(key=key).values_list("account", "unit")
    accounts = {account for account, _unit in rows if account}
    return accounts, {unit for _account, unit in rows if unit}


def notices_on(day: date, *, area: Area | None, unit: Unit | None = None) -> QuerySet[Notice]:
    """The notices of one day to the units of an area, or to one unit, for the printed list."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day, time.max))
    rows = Notice.objects.filter(
        within(area, "unit__area"), at__gte=start, at__lte=end, withdrawn_at__isnull=True
    )
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.select_related("unit").order_by("unit__order", "unit", "at")


def quiet_hours() -> QuietHours:
    """The quiet hours in force; the defaults where nobody has set any."""
    return QuietHours.objects.filter(pk=1).first() or QuietHours(pk=1)


def due_sendings(at: datetime) -> QuerySet[Sending]:
    """The sendings that are due."""
    due: Any = Sending.objects.filter(
        state=SendingState.WAITING, next_try_at__lte=at, channel__is_active=True
    )
    rows: QuerySet[Sending] = due.select_related("channel").order_by("next_try_at", "pk")
    return rows


def interrupted() -> QuerySet[Sending]:
    """Sendings that were under way when the program stopped, so that nobody knows whether they arrived."""
    return Sending.objects.filter(state=SendingState.UNDER_WAY)
