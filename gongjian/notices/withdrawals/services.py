"""Taking a notice back (撤回通知): what has not left is taken out, what was read or sent is followed by a withdrawal."""

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
from gongjian.notices.states import MENDABLE, NoticeKind, SendingState
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
    """Take back what was told under these keys; returns how many. Twice changes nothing.

    Nobody is left with an unread notice that is no longer true: it leaves the inbox's unread and every digest that has
    not gone. Whoever has read it, or has it in a digest that went, is told `sentence`, where one is given.
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
        notices=[row.pk for row in rows],
    )
    gone = _mend(rows, at=at)
    known = [row for row in rows if row.read_at is not None or row.pk in gone]
    if sentence and known:
        notify(
            to=[one for row in known for one in (row.account, row.unit) if one],
            key=f"withdrawn-{known[0].key}",
            kind=kind,
            sentence=sentence,
            values=values,
            subject=subject,
            by=by,
            at=at,
        )
    return len(rows)


def _mend(rows: list[Notice], *, at: datetime) -> set[int]:
    """Take them out of digests that have not left; returns those that went out in one."""
    first, taken = min(rows, key=lambda row: row.pk), {row.pk for row in rows}
    gone: set[int] = set()
    for sending in (
        Sending.objects.select_for_update(of=("self",)).filter(upto__gte=first.pk).select_related("channel")
    ):
        held = taken.intersection(sending.items)
        if held and sending.state in MENDABLE:
            _rewrite(sending, [pk for pk in sending.items if pk not in held], at=at)
        elif held:
            gone |= held
    return gone


def _rewrite(sending: Sending, left: list[int], *, at: datetime) -> None:
    sending.items, sending.count = left, len(left)
    sending.text = digest(list(Notice.objects.filter(pk__in=left).order_by("pk")))
    if not left:
        sending.state, sending.next_try_at = SendingState.EMPTY, None
    sending.save(update_fields=["items", "count", "text", "state", "next_try_at"])
    facts = {"day": sending.day.isoformat(), "name": sending.channel.name, "count": len(left)}
    record(NoticeEvent.DIGEST_MENDED, subject=sending, by=None, at=at, **facts)
