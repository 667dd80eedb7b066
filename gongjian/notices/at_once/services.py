"""Sendings of what is due today (当日到期即时发送): made with the notice, in its transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from gongjian.audit.services import record
from gongjian.notices.daily_digest import digest
from gongjian.notices.events import NoticeEvent
from gongjian.notices.models import Channel, Notice, Sending
from gongjian.notices.queries import carried_by, quiet_hours
from gongjian.notices.rules import quiet_until
from gongjian.notices.states import SendingKind
from gongjian.people.models import Account


def is_urgent(due_on: date | None, *, by: Account | None, at: datetime) -> bool:
    """Whether a notice leaves at once: it is due today, or late already and somebody asks for it now."""
    today = timezone.localdate(at)
    return due_on is not None and (due_on == today or (by is not None and due_on < today))


def send_at_once(given: Sequence[Notice], *, by: Account | None, at: datetime) -> int:
    """Queue these notices for every channel that carries them; returns how many sendings were made.

    What a person does leaves in quiet hours too; what the clock does waits until they end.
    """
    rule, units = quiet_hours(), [notice.unit_id for notice in given if notice.unit_id]
    accounts = [notice.account_id for notice in given if notice.account_id]
    wanted = Q(unit__in=units) | Q(account__in=accounts) | Q(account__unit__in=units)
    leaves = at if by is not None else quiet_until(at, rule.starts, rule.ends)
    channels = list(
        Channel.objects.filter(wanted, is_active=True).select_related("account", "unit").distinct()
    )
    for channel in channels:
        rows = list(carried_by(channel).filter(pk__in=[notice.pk for notice in given]).order_by("pk"))
        sending = Sending.objects.create(
            channel=channel,
            kind=SendingKind.AT_ONCE,
            day=timezone.localdate(at),
            count=len(rows),
            upto=rows[-1].pk,
            items=[row.pk for row in rows],
            text=digest(rows),
            next_try_at=leaves,
        )
        facts = {"count": len(rows), "name": channel.name}
        record(NoticeEvent.AT_ONCE, subject=sending, by=by, at=at, **facts)
    return len(channels)
