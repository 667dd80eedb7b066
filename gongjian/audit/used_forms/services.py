"""Keeping the key of a submitted form in the transaction of what it did."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from gongjian.audit.models import LONGEST_ADDRESS, UsedForm

KEPT_FOR = timedelta(days=60)  # how long a page may lie open and still be known as submitted


class FormAlreadyUsed(Exception):
    """Another request with the same key has already been carried out; this one leaves nothing."""


@dataclass(frozen=True)
class FirstEvent:
    """What the current form is about to leave in the trail: the name of the event, its record, its data."""

    name: str
    kind: str
    number: int
    data: Mapping[str, Any]


def _no_question(_event: FirstEvent) -> None:
    """Nothing to ask before the form is carried out."""


@dataclass
class SubmittedForm:
    """The form behind the current request: its key, a digest of what was typed, who sent it.

    `request` tells this request from another one that carries the same key. `before` is called once, with the first event the
    form is about to leave, while all other writers wait; what it raises takes everything back.
    """

    key: str
    content: str
    by_id: int | None = None
    request: str = field(default_factory=lambda: uuid4().hex)
    committed: bool = False
    before: Callable[[FirstEvent], None] = _no_question


_current: ContextVar[SubmittedForm | None] = ContextVar("submitted_form", default=None)


@contextmanager
def submitted(form: SubmittedForm | None) -> Iterator[None]:
    """While this lasts, the first event that is recorded uses the form's key up."""
    token = _current.set(form)
    try:
        yield
    finally:
        _current.reset(token)


def use_up(event: FirstEvent, *, at: datetime) -> None:
    """Keep the key of the current form, with the record it led to, in the caller's transaction.

    Called while the head of the chain is locked: nobody else writes until the transaction ends.

    Raises FormAlreadyUsed when another request has kept it; that takes back everything this one did.
    """
    form = _current.get()
    if form is None or form.committed:
        return
    kept_by = UsedForm.objects.filter(pk=form.key).values_list("request", flat=True).first()
    if kept_by is None:
        form.before(event)
        _keep(form, event, at)
    elif kept_by != form.request:
        raise FormAlreadyUsed


def _keep(form: SubmittedForm, event: FirstEvent, at: datetime) -> None:
    def committed() -> None:
        form.committed = True

    row = UsedForm(
        key=form.key,
        request=form.request,
        content=form.content,
        by_id=form.by_id,
        at=at,
        subject_kind=event.kind,
        subject_id=event.number,
    )
    try:
        row.save(force_insert=True)
    except IntegrityError as taken:
        raise FormAlreadyUsed from taken
    transaction.on_commit(committed)


def earlier(key: str) -> UsedForm | None:
    """What an earlier submission of the same form did; None for a form not used up yet."""
    return UsedForm.objects.filter(pk=key).first()


def keep_answer(form: SubmittedForm, address: str) -> None:
    """Note where the first submission led to; the second is led to the same page."""
    UsedForm.objects.filter(pk=form.key, request=form.request).update(answer=address[:LONGEST_ADDRESS])


def forget_old(*, at: datetime) -> int:
    """Delete keys so old that no page with them is open any more. Returns how many."""
    return UsedForm.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
