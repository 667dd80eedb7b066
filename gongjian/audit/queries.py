"""Reads of the event chain."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone

from gongjian.audit.events import EventName
from gongjian.audit.models import ChainHead, Event
from gongjian.engines.hash_chain.chain import BrokenLink, first_broken
from gongjian.engines.writing.whole_numbers import whole_number


@dataclass(frozen=True)
class DayHead:
    """The chain at the end of a day, to be printed and signed (日链头).

    `written`: how many events the day added.
    """

    day: date
    length: int
    digest: str
    written: int


def events_of(*subjects: models.Model) -> models.QuerySet[Event]:
    """All events about these records, oldest first."""
    return events_about((subject._meta.label_lower, subject.pk) for subject in subjects)


def events_about(subjects: Iterable[tuple[str, int]]) -> models.QuerySet[Event]:
    """All events about the records of these kinds and keys, oldest first."""
    keys: dict[str, set[int]] = {}
    for kind, key in subjects:
        keys.setdefault(kind, set()).add(key)
    wanted = models.Q(pk__in=[])
    for kind, of_kind in keys.items():
        wanted |= models.Q(subject_kind=kind, subject_id__in=of_kind)
    return Event.objects.filter(wanted)


def event_names(subjects: Sequence[models.Model]) -> dict[int, list[str]]:
    """What happened to each of these records of one kind, oldest first, in one query; by their keys."""
    names: dict[int, list[str]] = {subject.pk: [] for subject in subjects}
    rows = events_of(*subjects).order_by("seq").values_list("subject_id", "name")
    for key, name in rows:
        names[key].append(name)
    return names


def event_number(text: str) -> int | None:
    """The number of an event as somebody or a form writes it; None for anything else."""
    return whole_number(text)


def head() -> ChainHead | None:
    """The length and last digest of the chain; None before the first event."""
    return ChainHead.objects.filter(pk=1).first()


def last_moment() -> datetime | None:
    """The latest moment of any event; None while there is none."""
    return Event.objects.order_by("-at").values_list("at", flat=True).first()


def verify(*, events: Iterable[Event] | None = None) -> BrokenLink | None:
    """The first broken link of the whole chain, or None."""
    last = head()
    links = Event.objects.order_by("seq").iterator(chunk_size=5000) if events is None else events
    return first_broken(links, length=last.length if last else 0, head=last.digest if last else None)


def day_head(day: date) -> DayHead | None:
    """The head of the chain at the end of `day`; None before the first event."""
    start = midnight(day)
    until_then = Event.objects.filter(at__lt=start + timedelta(days=1))
    last = until_then.order_by("-seq").first()
    if last is None:
        return None
    return DayHead(
        day=day, length=last.seq, digest=last.digest, written=until_then.filter(at__gte=start).count()
    )


def search(
    *,
    text: str = "",
    by_name: str = "",
    name: str = "",
    kind: str = "",
    subject_id: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> models.QuerySet[Event]:
    """Events filtered by actor, name, record and days (inclusive), newest first; an empty filter matches all.

    `text` is looked for in the event's sentence or taken as the event's number.
    """
    rows = Event.objects.order_by("-seq")
    exact = {"name": name, "subject_kind": kind, "subject_id": subject_id}
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if by_name:
        rows = rows.filter(by_name__icontains=by_name)
    if first is not None:
        rows = rows.filter(at__gte=midnight(first))
    if last is not None:
        rows = rows.filter(at__lt=midnight(last + timedelta(days=1)))
    return _mentioning(rows, text.strip()) if text.strip() else rows


def midnight(day: date) -> datetime:
    """The moment a day begins, by the office's clock."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _mentioning(rows: models.QuerySet[Event], text: str) -> models.QuerySet[Event]:
    """Rows whose sentence or data contain the text.

    JSON holds it as written or escaped, depending on the database.
    """
    escaped = json.dumps(text)[1:-1]
    wanted = models.Q(words__icontains=text) | models.Q(words__icontains=escaped)
    wanted |= models.Q(name__in=[name.value for name in _names() if text in str(name.sentence)])
    if (number := event_number(text)) is not None:
        wanted |= models.Q(seq=number)
    return rows.annotate(words=Cast("data", models.TextField())).filter(wanted)


def _names() -> list[EventName]:
    return [name for enum in EventName.__subclasses__() for name in enum]
