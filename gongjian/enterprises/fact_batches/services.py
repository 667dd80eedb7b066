"""Facts by the workbook (导入批次) and which source counts (来源裁定): written as a whole, undone as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.fact_batches.bulk_insert import insert_facts
from gongjian.enterprises.facts.wording import period_said, said
from gongjian.enterprises.models import Enterprise, Fact, FactBatch, FactDecision
from gongjian.enterprises.states import BatchState
from gongjian.people.models import Account, Area


@dataclass(frozen=True)
class NewFact:
    """One value to be written. `fact`: the row of the same source it corrects, None for a new one."""

    firm: int
    key: str
    period_kind: str
    period: date
    value: Decimal | None
    text: str
    fact: int | None = None


@transaction.atomic
def take(
    *,
    file_name: str,
    file: bytes,
    source: str,
    sheet: str,
    period: tuple[str, date] | None,
    area: Area,
    by: Account,
    at: datetime,
) -> FactBatch:
    """Keep a workbook until somebody has seen what it would write (上传待确认)."""
    perms.check_keep(by, area)
    source = required_text(source, _("请写明数据来源，如企业月报、税务部门。"), field="source")
    kind, first = period or ("", None)
    batch = FactBatch.objects.create(
        source=source.strip(),
        file_name=file_name[-200:],
        file=file,
        sheet=sheet,
        period_kind=kind,
        period=first,
        area=area,
        uploaded_by=by,
        uploaded_at=at,
    )
    record(
        EnterpriseEvent.BATCH_TAKEN, subject=batch, by=by, at=at, file=batch.file_name, source=batch.source
    )
    return batch


def _locked(batch: FactBatch, by: Account) -> FactBatch:
    found = FactBatch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch.pk)
    perms.check_keep(by, found.area)
    return found


@transaction.atomic
def write(batch: FactBatch, *, facts: Sequence[NewFact], by: Account, at: datetime) -> FactBatch:
    """Write every value, remembering what was corrected. Other sources are never touched."""
    batch = _locked(batch, by)
    if batch.state != BatchState.PREVIEW:
        raise Refused(_("这个文件已经处理过。请刷新页面。"))
    if not facts:
        raise Refused(_("没有可以写入的数据。请按错误说明改好后重新上传。"))
    fresh, corrected = [f for f in facts if f.fact is None], [f for f in facts if f.fact is not None]
    batch.before = _correct(batch, corrected, by, at)
    rows = [(f.firm, f.key, f.period_kind, f.period, f.value, f.text) for f in fresh]
    insert_facts(rows, source=batch.source, batch=batch, by=by, at=at, standing="refused")
    batch.state, batch.written_at = BatchState.WRITTEN, at
    batch.new_count, batch.corrected_count = len(fresh), len(corrected)
    batch.save()
    told = {"file": batch.file_name, "source": batch.source, "new": len(fresh), "corrected": len(corrected)}
    record(EnterpriseEvent.BATCH_WRITTEN, subject=batch, by=by, at=at, **told)
    return batch


def _correct(batch: FactBatch, facts: Sequence[NewFact], by: Account, at: datetime) -> list[list[Any]]:
    """Change rows of the same source; returns what stood there, for undoing."""
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
def undo(batch: FactBatch, *, by: Account, at: datetime) -> FactBatch:
    """Take the whole workbook back (撤销); what somebody has changed since stays."""
    batch = _locked(batch, by)
    if batch.state != BatchState.WRITTEN:
        raise Refused(_("这一批没有写入，或已经撤销。请刷新页面。"))
    mine = Fact.objects.select_for_update().filter(batch=batch)
    stands = {fact.pk: fact for fact in mine.filter(pk__in=[line[0] for line in batch.before])}
    for pk, value, text, recorded_by, recorded_at, earlier in batch.before:
        if fact := stands.get(pk):
            fact.value, fact.text = None if value is None else Decimal(value), text
            fact.recorded_by_id, fact.recorded_at = recorded_by, datetime.fromisoformat(recorded_at)
            fact.batch_id = earlier
    restored = list(stands.values())
    removed, _rows = mine.exclude(pk__in=stands).delete()
    Fact.objects.bulk_update(
        restored, ["value", "text", "recorded_by", "recorded_at", "batch"], batch_size=500
    )
    batch.state, batch.undone_at = BatchState.UNDONE, at
    batch.save(update_fields=["state", "undone_at"])
    kept = batch.new_count + batch.corrected_count - removed - len(restored)
    told = {"file": batch.file_name, "removed": removed, "restored": len(restored), "kept": kept}
    record(EnterpriseEvent.BATCH_UNDONE, subject=batch, by=by, at=at, **told)
    return batch


@transaction.atomic
def drop(batch: FactBatch, *, by: Account, at: datetime) -> None:
    """Put a workbook aside that was never written (放弃)."""
    batch = _locked(batch, by)
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
    """Whose value counts where sources differ; both values stay (裁定). Policies use it from now on."""
    perms.check_keep(by, firm.area)
    fact = Fact.objects.filter(
        enterprise=firm, key=key, period_kind=period_kind, period=period, source=source
    ).first()
    if fact is None:
        raise Refused(_("这个来源没有这一期的数据。请刷新页面后重选。"), field="source")
    place: dict[str, Any] = {"enterprise": firm, "key": key, "period_kind": period_kind, "period": period}
    made = {"source": source, "reason": reason.strip()[:200], "decided_by": by, "decided_at": at}
    decision, _made = FactDecision.objects.update_or_create(**place, defaults=made)
    told = {"key": key, "period": period_said(period, period_kind), "value": said(key, fact.value, fact.text)}
    record(
        EnterpriseEvent.SOURCE_CHOSEN,
        subject=firm,
        by=by,
        at=at,
        source=source,
        reason=decision.reason,
        **told,
    )
    return decision


@transaction.atomic
def withdraw_choice(decision: FactDecision, *, by: Account, at: datetime) -> None:
    """The sources are open again (撤回裁定)."""
    perms.check_keep(by, decision.enterprise.area)
    told = {"key": decision.key, "period": period_said(decision.period, decision.period_kind)}
    record(
        EnterpriseEvent.CHOICE_WITHDRAWN,
        subject=decision.enterprise,
        by=by,
        at=at,
        source=decision.source,
        **told,
    )
    decision.delete()
