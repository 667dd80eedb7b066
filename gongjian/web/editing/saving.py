"""Saving an edit: the record is read anew under a lock, so that two who press at the same moment see each other."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from gongjian.audit.models import ChainHead
from gongjian.web.editing.forms import EditForm
from gongjian.web.editing.presence import gone, note
from gongjian.web.forms import attempt

Record = TypeVar("Record", bound=Model | None)
Filled = TypeVar("Filled", bound=EditForm)
Result = TypeVar("Result")


def edit(
    request: HttpRequest,
    record: Record,
    *,
    make: Callable[[Any, Record], Filled],
    save: Callable[[Filled, Record], Result],
) -> tuple[Filled, Result | None]:
    """The form of an edit, and what the service gave back; None while nothing has been saved.

    `make(data, record)` builds the form with the record's values as `initial` and `subjects=[record]`;
    `save(form, record)` calls the service. Both get the record as it is now, locked while a submission is handled.
    """
    if request.method != "POST":
        return _opened(request, make(None, record)), None
    with transaction.atomic():
        fresh = locked(record)
        form = make(request.POST, fresh)
        return form, _saved(request, form, lambda: save(form, fresh))


def _saved(request: HttpRequest, form: EditForm, call: Callable[[], Result]) -> Result | None:
    """What the service gave back; whoever has saved is no longer at the record."""
    done = attempt(form, call)
    if done and form.subjects:
        gone(request, form.subjects[0])
    return done


def _opened(request: HttpRequest, form: Filled) -> Filled:
    """The form that is being opened, with who else has its record open."""
    form.present = note(request, form.subjects[0]) if form.subjects else None
    return form


def locked(record: Record) -> Record:
    """The record as it is now; other writers wait until the transaction ends.

    None stands for what is not one row (thresholds, hours): then whoever writes an event waits.
    """
    if record is None:
        ChainHead.objects.select_for_update().first()
        return record
    rows: Any = type(record)._default_manager.select_for_update(of=("self",))
    found: Record = rows.get(pk=record.pk)
    return found
