"""Giving notices to people and units, keeping channels, making the daily digest.

What is sent by a channel leaves through `outbox`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.changes import changed, set_fields
from gongjian.audit.services import record
from gongjian.notices import perms
from gongjian.notices.at_once.services import is_urgent, send_at_once
from gongjian.notices.daily_digest import digest
from gongjian.notices.events import NoticeEvent
from gongjian.notices.gateway import PLACE
from gongjian.notices.models import Channel, Notice, QuietHours, Sending
from gongjian.notices.queries import UNREAD, already_told, carried_by, inbox, left_at_once, quiet_hours
from gongjian.notices.rules import is_quiet
from gongjian.notices.states import SCHEMES, ChannelKind, NoticeKind, SendingKind, SendingState
from gongjian.people.models import Account, Unit


@transaction.atomic
def notify(
    *,
    to: Iterable[Account | Unit],
    key: str,
    kind: NoticeKind | str,
    sentence: str,
    values: Mapping[str, Any] | None = None,
    subject: Model | None = None,
    due_on: date | None = None,
    by: Account | None,
    at: datetime,
) -> int:
    """Give notice to accounts and units (通知), each once for a key. Returns how many had not been told under it.

    `sentence` is a message of the catalogue with placeholders, `values` fill them (JSON values only), `subject` is
    the row it is about, whose page `web` knows. What is due today (`due_on`) leaves at once by the channels of whom it
    is for. Calling again with the same key changes nothing.
    """
    facts = {
        "kind": NoticeKind(kind),
        "sentence": sentence,
        "values": dict(values or {}),
        "words": sentence % values if values else sentence,
        "subject_kind": subject._meta.label_lower if subject else "",
        "subject_id": subject.pk if subject else None,
        "due_on": due_on,
        "at": at,
    }
    unsaved = [Notice(key=key, **recipient, **facts) for recipient in _not_told(to, key)]
    if not unsaved:
        return 0
    created = Notice.objects.bulk_create(unsaved, batch_size=500)
    record(
        NoticeEvent.TOLD,
        subject=created[0],
        by=by,
        at=at,
        count=len(created),
        key=key,
        sentence=sentence,
        sentence_values=dict(values or {}),
        accounts=[notice.account_id for notice in created if notice.account_id],
        units=[notice.unit_id for notice in created if notice.unit_id],
    )
    if is_urgent(due_on, by=by, at=at):
        send_at_once(created, by=by, at=at)
    return len(created)


def _not_told(to: Iterable[Account | Unit], key: str) -> list[dict[str, Account | Unit]]:
    """Those who have no notice of this key yet, each as the field of a notice."""
    accounts, units = already_told(key)
    return [
        {"account" if isinstance(recipient, Account) else "unit": recipient}
        for recipient in dict.fromkeys(to)
        if recipient.pk not in (accounts if isinstance(recipient, Account) else units)
    ]


@transaction.atomic
def mark_read(notice: Notice, *, by: Account, at: datetime) -> Notice:
    """Mark a notice as read (已读). Marking it again changes nothing."""
    perms.check_read(by, notice)
    row = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if row.read_at is None:
        row.read_at, row.read_by = at, by
        row.save(update_fields=["read_at", "read_by"])
        record(NoticeEvent.READ, subject=row, by=by, at=at, count=1)
    return row


@transaction.atomic
def mark_all_read(*, numbers: Iterable[int] | None = None, by: Account, at: datetime) -> int:
    """Mark the account's own notices as read, those with these keys or all; returns how many were unread."""
    rows = inbox(by).filter(UNREAD)
    if numbers is not None:
        rows = rows.filter(pk__in=list(numbers))
    first = rows.first()
    if first is None:
        return 0
    count = rows.update(read_at=at, read_by=by)
    record(NoticeEvent.READ, subject=first, by=by, at=at, count=count)
    return count


# --- channels


def _check_address(kind: str, address: str, account: Account | None, unit: Unit | None) -> str:
    if (account is None) == (unit is None):
        raise Refused(_("通道只能给一个账号或一个单位。请填其中一项。"), field="account")
    address, schemes = address.strip(), SCHEMES[ChannelKind(kind)]
    if address.partition("://")[0] not in schemes or not address.partition("://")[2]:
        raise Refused(
            _("地址要以 %(start)s 开头，后面是服务商给的机器人密钥或邮箱。请核对。")
            % {"start": " / ".join(f"{scheme}://" for scheme in schemes)},
            field="address",
        )
    if kind == ChannelKind.SMS and PLACE not in address:
        raise Refused(_("短信网关的地址或报文里要有 {text}，系统在那里填入通知内容。"), field="address")
    return address


@transaction.atomic
def add_channel(
    *,
    name: str,
    kind: ChannelKind | str,
    address: str,
    account: Account | None = None,
    unit: Unit | None = None,
    by: Account,
    at: datetime,
) -> Channel:
    """Add a channel for the digest of one account or of one unit."""
    perms.check_keep_channels(by)
    address = _check_address(kind, address, account, unit)
    if Channel.objects.filter(name=name.strip()).exists():
        raise Refused(_("已有同名通道。请换一个名称。"), field="name")
    channel = Channel.objects.create(
        name=name.strip(), kind=kind, address=address, account=account, unit=unit
    )
    record(NoticeEvent.CHANNEL_ADDED, subject=channel, by=by, at=at, name=channel.name)
    return channel


@transaction.atomic
def update_channel(channel: Channel, *, name: str, address: str = "", by: Account, at: datetime) -> Channel:
    """Change the name or address of a channel; an empty address keeps the old one.

    No event ever holds an address: the old and the new one stand there without their secrets.
    """
    perms.check_keep_channels(by)
    if Channel.objects.filter(name=name.strip()).exclude(pk=channel.pk).exists():
        raise Refused(_("已有同名通道。请换一个名称。"), field="name")
    before = {"name": channel.name, "address": _without_secrets(channel)}
    channel.name = name.strip()
    if address.strip():
        channel.address = _check_address(channel.kind, address, channel.account, channel.unit)
    channel.save(update_fields=["name", "address"])
    changes = changed(channel, before, {"name": channel.name, "address": _without_secrets(channel)})
    record(NoticeEvent.CHANNEL_EDITED, subject=channel, by=by, at=at, name=channel.name, **changes)
    return channel


def _without_secrets(channel: Channel) -> str:
    return channel.masked.rpartition("/")[2]


@transaction.atomic
def switch_channel(channel: Channel, *, active: bool, by: Account, at: datetime) -> Channel:
    """Enable or disable a channel."""
    perms.check_keep_channels(by)
    changes = set_fields(channel, {"is_active": active})
    channel.save(update_fields=["is_active"])
    name = NoticeEvent.CHANNEL_OPENED if active else NoticeEvent.CHANNEL_SHUT
    record(name, subject=channel, by=by, at=at, name=channel.name, **changes)
    return channel


@transaction.atomic
def set_quiet_hours(
    *, starts: time, ends: time, digest_at: time, working_days_only: bool, by: Account, at: datetime
) -> QuietHours:
    """Set the hours in which nothing leaves the product, and the hour of the daily digest."""
    perms.check_keep_channels(by)
    if is_quiet(digest_at, starts, ends):
        raise Refused(_("每日摘要的时间落在静默时段里，永远发不出去。请改一个时间。"), field="digest_at")
    rule = quiet_hours()
    rule.pk = 1
    facts = {"starts": starts, "ends": ends, "digest_at": digest_at, "working_days_only": working_days_only}
    changes = set_fields(rule, facts)
    rule.save()
    event_data = {
        **changes,
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "digest_at": f"{digest_at:%H:%M}",
    }
    record(
        NoticeEvent.HOURS_SET, subject=rule, by=by, at=at, working_days_only=working_days_only, **event_data
    )
    return rule


# --- the digest of the day

LAST_DIGESTED = Max("sendings__upto", filter=Q(sendings__kind=SendingKind.DIGEST))


def _is_digest_time(at: datetime, *, working: bool) -> bool:
    rule, now = quiet_hours(), timezone.localtime(at).time()
    if rule.working_days_only and not working:
        return False
    return now >= rule.digest_at and not is_quiet(now, rule.starts, rule.ends)


@transaction.atomic
def make_digests(*, working: bool, at: datetime) -> int:
    """Make today's digest for every channel, of the unread notices that no digest holds yet. Returns how many were made.

    None is made before the set hour, in quiet hours, or where nothing is new. `working`: whether today is a working day.
    """
    if not _is_digest_time(at, working=working):
        return 0
    day, count = timezone.localdate(at), 0
    has_one = Sending.objects.filter(day=day, kind=SendingKind.DIGEST).values("channel")
    channels = Channel.objects.filter(is_active=True).exclude(pk__in=has_one)
    for channel in channels.select_related("account", "unit").annotate(last=LAST_DIGESTED):
        rows = carried_by(channel).filter(UNREAD, pk__gt=channel.last or 0)
        notices = list(rows.exclude(pk__in=left_at_once(channel)).order_by("pk"))
        if not notices:
            continue
        sending = Sending.objects.create(
            channel=channel,
            day=day,
            count=len(notices),
            upto=notices[-1].pk,
            items=[notice.pk for notice in notices],
            text=digest(notices),
            next_try_at=at,
        )
        record(
            NoticeEvent.DIGEST_MADE,
            subject=sending,
            by=None,
            at=at,
            day=day.isoformat(),
            count=len(notices),
            name=channel.name,
        )
        count += 1
    return count


# --- one sending, step by step


@transaction.atomic
def start_sending(sending: Sending, *, at: datetime) -> Sending | None:
    """Claim a sending before anything leaves, so that it never goes out twice.

    None when somebody else has claimed it.
    """
    row = Sending.objects.select_for_update(of=("self",)).select_related("channel").get(pk=sending.pk)
    if row.state != SendingState.WAITING:
        return None
    row.state, row.attempts, row.next_try_at = SendingState.UNDER_WAY, row.attempts + 1, None
    row.save(update_fields=["state", "attempts", "next_try_at"])
    facts = {"day": row.day.isoformat(), "name": row.channel.name, "attempt": row.attempts}
    record(NoticeEvent.SENDING_STARTED, subject=row, by=None, at=at, **facts)
    return row


@transaction.atomic
def end_sending(sending: Sending, *, why: str, next_try_at: datetime | None, at: datetime) -> Sending:
    """Record that a sending left (`why` is empty), or why not.

    It is tried again at `next_try_at`, or given up when that is None.
    """
    sending.why, sending.next_try_at = why[:300], next_try_at
    if not why:
        sending.state, sending.sent_at = SendingState.SENT, at
    else:
        sending.state = SendingState.WAITING if next_try_at else SendingState.FAILED
    sending.save(update_fields=["state", "sent_at", "why", "next_try_at"])
    facts = {"day": sending.day.isoformat(), "name": sending.channel.name}
    if why:
        record(NoticeEvent.SENDING_MISSED, subject=sending, by=None, at=at, why=why, **facts)
    else:
        record(NoticeEvent.SENDING_DONE, subject=sending, by=None, at=at, **facts)
    return sending


@transaction.atomic
def send_again(sending: Sending, *, by: Account, at: datetime) -> Sending:
    """Queue a failed or interrupted sending again, by hand, after somebody has looked into it."""
    perms.check_keep_channels(by)
    row = Sending.objects.select_for_update(of=("self",)).select_related("channel").get(pk=sending.pk)
    if row.state not in (SendingState.FAILED, SendingState.UNDER_WAY):
        raise Refused(_("这份摘要不用重发：已经发送，或正在排队。"))
    row.state, row.attempts, row.next_try_at = SendingState.WAITING, 0, at
    row.save(update_fields=["state", "attempts", "next_try_at"])
    facts = {"day": row.day.isoformat(), "name": row.channel.name}
    record(NoticeEvent.SENDING_AGAIN, subject=row, by=by, at=at, **facts)
    return row
