"""Writes a compared ledger in pieces; each piece stands with its events, and a writing that broke off can go on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.creating_together import create_together
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.imports import perms
from gongjian.imports.comparing import ComparedLedger, Progress, compare, tell_nobody
from gongjian.imports.error_workbook import refusals_of
from gongjian.imports.events import ImportEvent
from gongjian.imports.kinds.table import write_rows
from gongjian.imports.learning import learn_headings
from gongjian.imports.models import ImportBatch
from gongjian.imports.plans import Writer
from gongjian.imports.states import ImportKind, ImportState, RowOutcome
from gongjian.imports.writing.rules import PIECE, broken_off
from gongjian.people.models import Account


def lock(batch: ImportBatch, by: Account, *states: ImportState) -> ImportBatch:
    """The import, locked until the transaction ends; refused in another state, and to whom it does not belong."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch.pk)
    perms.check_keep_import(by, kind=locked.kind, area=locked.area)
    if locked.state not in states:
        raise Refused(_("这份台账已经处理过。请刷新页面。"))
    return locked


def write(
    batch: ImportBatch,
    *,
    compared: ComparedLedger | None = None,
    by: Account,
    at: datetime,
    tell: Progress = tell_nobody,
) -> ImportBatch:
    """Write every row without a fault and without an open question, comparing the ledger again unless it was just `compared`.

    A row that a service refuses is kept with its sentence and stops no other. `tell` is told how many rows of how many are done.
    """
    if compared is None:
        stored = ImportBatch.objects.select_related("area").get(pk=batch.pk)
        perms.check_keep_import(by, kind=stored.kind, area=stored.area)
        compared = compare(stored, by=by, today=timezone.localdate(at))
    return carry_on(begin(batch, compared, by=by, at=at), compared, by=by, at=at, tell=tell)


@transaction.atomic
def begin(batch: ImportBatch, compared: ComparedLedger, *, by: Account, at: datetime) -> ImportBatch:
    """Mark the import as being written; one that broke off begins again with what is left."""
    locked = lock(batch, by, ImportState.PREVIEW, ImportState.WRITING)
    if locked.state == ImportState.WRITING and not broken_off(locked.told_at, at):
        raise Refused(_("这份台账正在写入，请等它写完。"))
    ready = len(compared.to_write)
    if not ready and locked.state == ImportState.PREVIEW:
        raise Refused(_("没有可以写入的行。请按说明改好，或先定下名单里的名称。"))
    locked.state, locked.begun_at, locked.told_at = ImportState.WRITING, at, at
    locked.done, locked.to_write = 0, ready
    locked.save(update_fields=["state", "begun_at", "told_at", "done", "to_write"])
    return locked


def carry_on(
    batch: ImportBatch, compared: ComparedLedger, *, by: Account, at: datetime, tell: Progress = tell_nobody
) -> ImportBatch:
    """Write what `begin` has begun, piece by piece."""
    with undisturbed():
        return _write_pieces(batch, compared, by=by, at=at, tell=tell)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without looking again and again for waste among the rows of the ledger, which all stay until the end."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _write_pieces(
    batch: ImportBatch, compared: ComparedLedger, *, by: Account, at: datetime, tell: Progress
) -> ImportBatch:
    ready, earlier = compared.to_write, batch.records.values("sheet", "row").distinct().count()
    writer = Writer(batch, names=compared.names.listed, by=by, at=at)
    for first in range(0, len(ready), PIECE):
        piece = ready[first : first + PIECE]
        with transaction.atomic():
            write_rows(compared.rows, piece, writer)
            create_together(writer.records)
            batch.done, batch.told_at = first + len(piece), Now()
            batch.save(update_fields=["done", "told_at"])
        writer.records.clear()
        tell(batch.done, len(ready))
    return _finish(batch, compared, earlier, by=by, at=at)


@transaction.atomic
def _finish(
    batch: ImportBatch, compared: ComparedLedger, earlier: int, *, by: Account, at: datetime
) -> ImportBatch:
    shown = {column.shown for sheet in compared.ledger.sheets for column in sheet.head.columns}
    said = {heading: field for heading, field in batch.headings.items() if heading in shown}
    learn_headings(batch.area, batch.kind, said, at=at)
    counts = compared.counts
    if earlier:  # rows that stood when it broke off
        counts[RowOutcome.CREATED.value] += earlier
        counts[RowOutcome.UNCHANGED.value] -= earlier
    batch.state, batch.written_at = ImportState.WRITTEN, at
    batch.counts, batch.refusals = {key: n for key, n in counts.items() if n > 0}, refusals_of(compared)
    batch.save()
    _record_written(batch, by, at)
    return batch


def _record_written(batch: ImportBatch, by: Account, at: datetime) -> None:
    counts = batch.counts
    left = sum(
        counts.get(outcome.value, 0) for outcome in (RowOutcome.REFUSED, RowOutcome.DOUBT, RowOutcome.SKIPPED)
    )
    record(
        ImportEvent.WRITTEN,
        subject=batch,
        by=by,
        at=at,
        kind=source_word(ImportKind(batch.kind).label),
        file=batch.file_name,
        created=counts.get(RowOutcome.CREATED.value, 0),
        changed=counts.get(RowOutcome.CHANGED.value, 0),
        refused=left,
    )
