"""Saving an edit: the record is read anew under a lock, so that two who press at the same moment see each other."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from gongjian.audit.models import ChainHead
from gongjian.web.editing.forms import EditForm
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
        return make(None, record), None
    with transaction.atomic():
        fresh = locked(record)
        form = make(request.POST, fresh)
        return form, attempt(form, lambda: save(form, fresh))


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
