"""Workbooks of facts (导入批次), each written and undone as a whole; decisions on which source counts (来源裁定)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.fact_batches.bulk_insert import insert_facts
from gongjian.enterprises.facts.wording import period_in_words, value_in_words
from gongjian.enterprises.models import Enterprise, Fact, FactBatch, FactDecision
from gongjian.enterprises.states import BatchState
from gongjian.people.models import Account


@dataclass(frozen=True)
class LeftOut:
    """One cell that is not written: its row and column from 0, whose it is, what, the value in the file and the reason."""

    row: int
    column: int
    name: str
    what: str
    value: str
    sentence: str


@dataclass(frozen=True)
class NewFact:
    """One value to be written; `fact` is the key of the row it corrects, None for a new value."""

    firm: int
    key: str
    period_kind: str
    period: date
    value: Decimal | None
    text: str
    fact: int | None = None


@transaction.atomic
def add_batch(batch: FactBatch, *, by: Account, at: datetime) -> FactBatch:
    """Keep an opened workbook until somebody has checked what it would write (上传待确认)."""
    perms.check_keep(by, batch.area)
    batch.save(force_insert=True)
    record(
        EnterpriseEvent.BATCH_TAKEN, subject=batch, by=by, at=at, file=batch.file_name, source=batch.source
    )
    return batch


def _lock(batch: FactBatch, by: Account) -> FactBatch:
    locked = FactBatch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch.pk)
    perms.check_keep(by, locked.area)
    return locked


@transaction.atomic
def write_batch(
    batch: FactBatch, *, facts: Sequence[NewFact], left_out: Sequence[LeftOut] = (), by: Account, at: datetime
) -> FactBatch:
    """Write all values of a workbook, and remember those it corrects; values of other sources are never changed.

    `left_out`: what the workbook has besides, kept for the page of its result.
    """
    batch = _lock(batch, by)
    if batch.state != BatchState.PREVIEW:
        raise Refused(_("这个文件已经处理过。请刷新页面。"))
    if not facts:
        raise Refused(_("没有可以写入的数据。请按错误说明改好后重新上传。"))
    fresh, corrected = [f for f in facts if f.fact is None], [f for f in facts if f.fact is not None]
    batch.before = _correct_facts(batch, corrected, by, at)
    rows = [(f.firm, f.key, f.period_kind, f.period, f.value, f.text) for f in fresh]
    insert_facts(rows, source=batch.source, batch=batch, by=by, at=at, on_existing="refused")
    batch.state, batch.written_at = BatchState.WRITTEN, at
    batch.new_count, batch.corrected_count = len(fresh), len(corrected)
    batch.left_out = [asdict(cell) for cell in left_out]
    batch.save()
    event_data = {
        "file": batch.file_name,
        "source": batch.source,
        "new": len(fresh),
        "corrected": len(corrected),
    }
    record(EnterpriseEvent.BATCH_WRITTEN, subject=batch, by=by, at=at, **event_data)
    return batch


def _correct_facts(batch: FactBatch, facts: Sequence[NewFact], by: Account, at: datetime) -> list[list[Any]]:
    """Correct rows of the same source; returns what they contained, so that it can be restored."""
    rows = {f.pk: f for f in Fact.objects.select_for_update().filter(pk__in=[new.fact for new in facts])}
    before = []
    for new in facts:
        row = rows[new.fact or 0]
        was = None if row.value is None else str(row.value)
        recorded = [row.recorded_by_id, row.recorded_at.isoformat(), row.batch_id]
        before.append([row.pk, was, row.text, *recorded])
        row.value, row.text, row.batch, row.recorded_by, row.recorded_at = new.value, new.text, batch, by, at
    Fact.objects.bulk_update(
        rows.values(), ["value", "text", "batch", "recorded_by", "recorded_at"], batch_size=500
    )
    return before


@transaction.atomic
def undo_batch(batch: FactBatch, *, by: Account, at: datetime) -> FactBatch:
    """Undo a whole workbook (撤销); values that somebody has changed since are left."""
    batch = _lock(batch, by)
    if batch.state != BatchState.WRITTEN:
        raise Refused(_("这一批没有写入，或已经撤销。请刷新页面。"))
    written = Fact.objects.select_for_update().filter(batch=batch)
    stands = {fact.pk: fact for fact in written.filter(pk__in=[line[0] for line in batch.before])}
    for pk, value, text, recorded_by, recorded_at, earlier in batch.before:
        if fact := stands.get(pk):
            fact.value, fact.text = None if value is None else Decimal(value), text
            fact.recorded_by_id, fact.recorded_at = recorded_by, datetime.fromisoformat(recorded_at)
            fact.batch_id = earlier
    restored = list(stands.values())
    removed, _rows = written.exclude(pk__in=stands).delete()
    Fact.objects.bulk_update(
        restored, ["value", "text", "recorded_by", "recorded_at", "batch"], batch_size=500
    )
    batch.state, batch.undone_at = BatchState.UNDONE, at
    batch.save(update_fields=["state", "undone_at"])
    kept = batch.new_count + batch.corrected_count - removed - len(restored)
    event_data = {"file": batch.file_name, "removed": removed, "restored": len(restored), "kept": kept}
    record(EnterpriseEvent.BATCH_UNDONE, subject=batch, by=by, at=at, **event_data)
    return batch


@transaction.atomic
def drop_batch(batch: FactBatch, *, by: Account, at: datetime) -> None:
    """Discard a workbook that was not written (放弃)."""
    batch = _lock(batch, by)
    if batch.state != BatchState.PREVIEW:
        raise Refused(_("这个文件已经处理过。请刷新页面。"))
    record(EnterpriseEvent.BATCH_DROPPED, subject=batch, by=by, at=at, file=batch.file_name)
    batch.delete()


@transaction.atomic
def choose_source(
    firm: Enterprise,
    *,
    key: str,
    period_kind: str,
    period: date,
    source: str,
    reason: str = "",
    by: Account,
    at: datetime,
) -> FactDecision:
    """Decide which source counts where sources differ (裁定); all values stay, and policies use the chosen one."""
    perms.check_keep(by, firm.area)
    fact = Fact.objects.filter(
        enterprise=firm, key=key, period_kind=period_kind, period=period, source=source
    ).first()
    if fact is None:
        raise Refused(_("这个来源没有这一期的数据。请刷新页面后重选。"), field="source")
    place: dict[str, Any] = {"enterprise": firm, "key": key, "period_kind": period_kind, "period": period}
    choice = {"source": source, "reason": reason.strip()[:200], "decided_by": by, "decided_at": at}
    decision, _created = FactDecision.objects.update_or_create(**place, defaults=choice)
    event_data = {
        "key": key,
        "period": period_in_words(period, period_kind),
        "value": value_in_words(key, fact.value, fact.text),
    }
    record(
        EnterpriseEvent.SOURCE_CHOSEN,
        subject=firm,
        by=by,
        at=at,
        source=source,
        reason=decision.reason,
        **event_data,
    )
    return decision


@transaction.atomic
def withdraw_choice(decision: FactDecision, *, by: Account, at: datetime) -> None:
    """Withdraw a decision on which source counts (撤回裁定)."""
    perms.check_keep(by, decision.enterprise.area)
    event_data = {"key": decision.key, "period": period_in_words(decision.period, decision.period_kind)}
    record(
        EnterpriseEvent.CHOICE_WITHDRAWN,
        subject=decision.enterprise,
        by=by,
        at=at,
        source=decision.source,
        **event_data,
    )
    decision.delete()
