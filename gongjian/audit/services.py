"""Writing to the event chain: `record`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Protocol

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models, transaction

from gongjian.audit.creating_together import insert_rows
from gongjian.audit.events import EventName
from gongjian.audit.followers import renew_followers
from gongjian.audit.kept_sql import rows_as_kept
from gongjian.audit.models import ChainHead, Event
from gongjian.audit.used_forms.services import FirstEvent, use_up
from gongjian.engines.hash_chain.chain import GENESIS, digest_of, digest_of_facts, moment_in_chain

IN_CHAIN = (
    "seq",
    "at",
    "by_id",
    "by_name",
    "name",
    "subject_kind",
    "subject_id",
    "data",
    "previous",
    "digest",
    "algorithm",
)
_in_chain = attrgetter(*IN_CHAIN)


class Actor(Protocol):
    """Whoever acts: an account with its number and display name."""

    pk: Any

    def __str__(self) -> str: ...


def shown_name(by: Actor | None) -> str:
    """The display name that an event keeps for its actor; None means the system itself."""
    return str(by) if by else "系统"


def record(
    name: EventName, /, *, subject: models.Model, by: Actor | None, at: datetime, **data: Any
) -> Event:
    """Append one event in the caller's transaction.

    `by` None means the system itself. `data` holds JSON values only (str, int, bool, None, list, dict;
    dates as ISO strings; no floats), enough for the sentence and for a replay.
    Called after the record was saved: what follows the record (`followers`) is renewed from what is stored.
    Raises RuntimeError outside a transaction: a change and its event stand or fall together.
    """
    head = _locked_head()
    use_up(FirstEvent(name.value, subject._meta.label_lower, subject.pk, data), at=at)
    event = Event(
        seq=head.length + 1,
        at=at,
        by_id=by.pk if by else None,
        by_name=shown_name(by),
        name=name.value,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        data=data,
        previous=head.digest,
        algorithm=settings.CHAIN_ALGORITHM,
    )
    event.digest = digest_of(event)
    insert_rows(Event, IN_CHAIN, [_in_chain(event)])
    event._state.adding, event._state.db = False, DEFAULT_DB_ALIAS
    _move_head(event.seq, event.digest)
    renew_followers(event.subject_kind, [event.subject_id])
    return event


def _locked_head() -> ChainHead:
    """The head of the chain, locked: every write asks for it, so its statement is kept."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() outside a transaction")
    for length, digest in rows_as_kept("head of the chain", _head_to_lock):
        return ChainHead(pk=1, length=length, digest=digest)
    head, _created = ChainHead.objects.select_for_update().get_or_create(pk=1, defaults={"digest": GENESIS})
    return head


def _head_to_lock() -> models.QuerySet[Any]:
    return ChainHead.objects.select_for_update().filter(pk=1).values_list("length", "digest")


def _move_head(length: int, digest: str) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("UPDATE audit_chainhead SET length = %s, digest = %s WHERE id = 1", [length, digest])


@dataclass(frozen=True)
class WhatHappened:
    """One of many events that are recorded together: its name, its saved record, its data as in `record`."""

    name: EventName
    subject: models.Model
    data: dict[str, Any]


def next_number() -> int:
    """The number the next event gets; the chain stays locked until the caller's transaction ends."""
    return _locked_head().length + 1


def record_together(happened: Sequence[WhatHappened], *, by: Actor | None, at: datetime) -> None:
    """Append many events, one after another, as `record` would; what follows their records is renewed once, at the end."""
    if not happened:
        return
    record(happened[0].name, subject=happened[0].subject, by=by, at=at, **happened[0].data)
    head, keys = _locked_head(), dict[str, dict[int, None]]()
    who, algorithm = (by.pk if by else None, shown_name(by)), settings.CHAIN_ALGORITHM
    events, moment = [], moment_in_chain(at)
    for entry in happened[1:]:
        kind, key = entry.subject._meta.label_lower, entry.subject.pk
        said = (entry.name.value, kind, key, entry.data, head.digest)
        head.length += 1
        head.digest = digest_of_facts((head.length, moment, *who, *said), algorithm)
        events.append((head.length, at, *who, *said, head.digest, algorithm))
        keys.setdefault(kind, {})[key] = None
    insert_rows(Event, IN_CHAIN, events)
    _move_head(head.length, head.digest)
    for kind, found in keys.items():
        renew_followers(kind, list(found))
