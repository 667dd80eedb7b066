"""Withdrawing notices (撤回通知) and correcting unsent digests; whoever has seen a notice gets another."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from gongjian.audit.services import record
from gongjian.notices.daily_digest import digest
from gongjian.notices.events import NoticeEvent
from gongjian.notices.models import Notice, Sending
from gongjian.notices.services import notify
from gongjian.notices.states import CORRECTABLE, NoticeKind, SendingState
from gongjian.people.models import Account


@transaction.atomic
def withdraw(
    *,
    keys: Iterable[str],
    kind: NoticeKind | str,
    sentence: str = "",
    values: Mapping[str, Any] | None = None,
    subject: Model | None = None,
    by: Account | None,
    at: datetime,
) -> int:
    """Withdraw the notices given under these keys; returns how many. Doing it again changes nothing.

    A withdrawn notice no longer counts as unread, and every digest that has not been sent is corrected. Whoever has read
    it, or was sent it in a digest, is told `sentence`, where one is given.
    """
    rows = list(
        Notice.objects.filter(key__in=list(keys), withdrawn_at__isnull=True).select_related("account", "unit")
    )
    if not rows:
        return 0
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=at)
    record(
        NoticeEvent.WITHDRAWN,
        subject=rows[0],
        by=by,
        at=at,
        count=len(rows),
        text=rows[0].text,
        sentence=rows[0].sentence,
        sentence_values=rows[0].values,
        notices=[row.pk for row in rows],
    )
    sent = _take_out_of_digests(rows, at=at)
    seen = [row for row in rows if row.read_at is not None or row.pk in sent]
    if sentence and seen:
        notify(
            to=[recipient for row in seen for recipient in (row.account, row.unit) if recipient],
            key=f"withdrawn-{seen[0].key}",
            kind=kind,
            sentence=sentence,
            values=values,
            subject=subject,
            by=by,
            at=at,
        )
    return len(rows)


def _take_out_of_digests(rows: list[Notice], *, at: datetime) -> set[int]:
    """Take notices out of the digests that have not been sent; returns the keys of those sent in one."""
    first, withdrawn = min(rows, key=lambda row: row.pk), {row.pk for row in rows}
    sent: set[int] = set()
    for sending in (
        Sending.objects.select_for_update(of=("self",)).filter(upto__gte=first.pk).select_related("channel")
    ):
        contained = withdrawn.intersection(sending.items)
        if contained and sending.state in CORRECTABLE:
            _rewrite(sending, [pk for pk in sending.items if pk not in contained], at=at)
        elif contained:
            sent |= contained
    return sent


def _rewrite(sending: Sending, remaining: list[int], *, at: datetime) -> None:
    """Make an unsent digest anew from the notices that remain."""
    sending.items, sending.count = remaining, len(remaining)
    sending.text = digest(list(Notice.objects.filter(pk__in=remaining).order_by("pk")))
    if not remaining:
        sending.state, sending.next_try_at = SendingState.EMPTY, None
    sending.save(update_fields=["items", "count", "text", "state", "next_try_at"])
    facts = {"day": sending.day.isoformat(), "name": sending.channel.name, "count": len(remaining)}
    record(NoticeEvent.DIGEST_MENDED, subject=sending, by=None, at=at, **facts)
