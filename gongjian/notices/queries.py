"""Reading notices, channels, sendings."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.utils import timezone

from gongjian.notices.models import Channel, Notice, QuietHours, Sending
from gongjian.notices.states import SendingState
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import within

UNREAD = Q(read_at__isnull=True, withdrawn_at__isnull=True)  # what was taken back is no news


def inbox(account: Account) -> QuerySet[Notice]:
    """What the account was told, and its unit."""
    mine = Q(account=account)
    return Notice.objects.filter(mine | Q(unit=account.unit_id) if account.unit_id else mine)


def unread(account: Account) -> int:
    """How many it has not read."""
    return inbox(account).filter(UNREAD).count()


def unread_of(account: str, unit: str) -> Combinable:
    """The same as an expression for rows of accounts, so that it costs a page no query of its own."""

    def counted(**mine: OuterRef) -> Subquery:
        rows = Notice.objects.filter(UNREAD, **mine).order_by()
        number = Func(F("pk"), function="COUNT", output_field=IntegerField())
        return Subquery(rows.annotate(n=number).values("n"))

    return counted(account=OuterRef(account)) + counted(unit=OuterRef(unit))


def of_channel(channel: Channel) -> QuerySet[Notice]:
    """Notices a channel carries: its account's inbox, or its unit's."""
    if channel.account is not None:
        return inbox(channel.account)
    return Notice.objects.filter(unit=channel.unit)


def known_to(key: str) -> tuple[set[int], set[int]]:
    """Accounts and units (by number) told under this key already."""
    rows = Notice.objects.filter(key=key).values_list("account", "unit")
    accounts = {account for account, _unit in rows if account}
    return accounts, {unit for _account, unit in rows if unit}


def told_on(day: date, *, area: Area | None, unit: Unit | None = None) -> QuerySet[Notice]:
    """Notices of one day to units of an area, unit by unit: the list that is printed and carried round."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day, time.max))
    rows = Notice.objects.filter(
        within(area, "unit__area"), at__gte=start, at__lte=end, withdrawn_at__isnull=True
    )
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.select_related("unit").order_by("unit__order", "unit", "at")


def quiet_hours() -> QuietHours:
    """The rules in force; the defaults where nobody has set any."""
    return QuietHours.objects.filter(pk=1).first() or QuietHours(pk=1)


def waiting(at: datetime) -> QuerySet[Sending]:
    """Sendings whose time has come."""
    due: Any = Sending.objects.filter(
        state=SendingState.WAITING, next_try_at__lte=at, channel__is_active=True
    )
    rows: QuerySet[Sending] = due.select_related("channel").order_by("next_try_at", "pk")
    return rows


def interrupted() -> QuerySet[Sending]:
    """Sendings that were under way when the program stopped: nobody knows whether they arrived."""
    return Sending.objects.filter(state=SendingState.UNDER_WAY)
