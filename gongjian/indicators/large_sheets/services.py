"""The batch of a large sheet before its figures are there: received, how far it is, given up. `enter_figures` completes it."""

from datetime import datetime

from django.db import transaction

from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.indicators import perms
from gongjian.indicators.events import IndicatorEvent
from gongjian.indicators.models import FigureBatch
from gongjian.indicators.states import BatchState, Via
from gongjian.people.models import Account


@transaction.atomic
def receive_sheet(*, via: Via, file_name: str = "", by: Account, at: datetime) -> FigureBatch:
    """Note that a large sheet has come in (收到数据表); nothing of it is written yet."""
    area = perms.area_entered(by)
    batch = FigureBatch.objects.create(
        via=via,
        file_name=file_name[:120],
        area=area,
        state=BatchState.READING,
        told_at=at,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"via": source_word(via.label), "file": batch.file_name}
    record(IndicatorEvent.SHEET_RECEIVED, subject=batch, by=by, at=at, **told)
    return batch


def note_progress(batch: FigureBatch, *, state: BatchState, percent: int, at: datetime) -> None:
    """Keep how far a large sheet is, so that every process of the server can tell."""
    FigureBatch.objects.filter(pk=batch.pk).update(state=state, percent=percent, told_at=at)


@transaction.atomic
def give_up_sheet(batch: FigureBatch, *, why: str, by: Account, at: datetime) -> FigureBatch:
    """Note why a large sheet was not taken in (没有读入); none of its figures was written."""
    row = FigureBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    row.state, row.error, row.told_at = BatchState.FAILED, why[:300], at
    row.save(update_fields=["state", "error", "told_at"])
    record(IndicatorEvent.SHEET_GIVEN_UP, subject=row, by=by, at=at, file=row.file_name, why=row.error)
    return row
