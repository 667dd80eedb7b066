"""Correcting, dropping and restoring a draft; what was read stays beside what the clerk typed (草稿)."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.intake import perms
from gongjian.intake.events import IntakeEvent
from gongjian.intake.models import Draft, DraftState
from gongjian.people.models import Account


def locked(draft: Draft) -> Draft:
    """The draft as stored now, locked until the transaction ends."""
    return Draft.objects.select_for_update(of=("self",)).select_related("article__area").get(pk=draft.pk)


@transaction.atomic
def update_draft(draft: Draft, *, values: dict[str, str], by: Account, at: datetime) -> Draft:
    """Correct values of a draft; what the clerk typed counts as certain and keeps its source sentence.

    The value that was read, and how sure the reader was, stay in the cell: the calibration counts them.
    """
    draft = locked(draft)
    perms.check_decide(by, draft)
    changed = {}
    for name, typed in values.items():
        cell = draft.fields.get(name, {})
        if (old := str(cell.get("value") or "")) != typed.strip():
            changed[name] = [old, typed.strip()]
            draft.fields[name] = _typed(cell, typed.strip())
    if changed:
        draft.save(update_fields=["fields"])
        record(IntakeEvent.EDITED, subject=draft, by=by, at=at, changed="、".join(changed), values=changed)
    return draft


def _typed(cell: dict[str, Any], value: str) -> dict[str, Any]:
    read = {"value": cell.get("value") or "", "confidence": cell.get("confidence")}
    return {"read": read} | cell | {"value": value, "confidence": 100, "by": "clerk"}


@transaction.atomic
def drop_draft(draft: Draft, *, by: Account, at: datetime) -> Draft:
    """Drop a draft that does not belong in the ledger (舍弃)."""
    draft = locked(draft)
    perms.check_decide(by, draft)
    draft.state, draft.decided_by, draft.decided_at = DraftState.DROPPED, by, at
    draft.save()
    record(IntakeEvent.DROPPED, subject=draft, by=by, at=at)
    return draft


@transaction.atomic
def restore_draft(draft: Draft, *, by: Account, at: datetime) -> Draft:
    """Restore a dropped draft (恢复)."""
    draft = locked(draft)
    perms.check_take_in(by, draft.article.area)
    if draft.state != DraftState.DROPPED:
        raise Refused(_("这条草稿没有被舍弃，不用恢复。"))
    draft.state, draft.decided_by, draft.decided_at = DraftState.PENDING, None, None
    draft.save()
    record(IntakeEvent.RESTORED, subject=draft, by=by, at=at)
    return draft


@transaction.atomic
def mark_confirmed(draft: Draft, result: models.Model, *, by: Account, at: datetime) -> None:
    """The draft is in the ledger as `result`."""
    draft.state, draft.decided_by, draft.decided_at = DraftState.CONFIRMED, by, at
    draft.result_kind, draft.result_id = result._meta.label_lower, result.pk
    draft.save()
    record(
        IntakeEvent.CONFIRMED,
        subject=draft,
        by=by,
        at=at,
        what=str(result),
        result_kind=draft.result_kind,
        result_id=result.pk,
    )


@transaction.atomic
def mark_undone(draft: Draft, *, what: str, by: Account, at: datetime) -> None:
    """The draft waits again; what had been written is gone."""
    draft.state, draft.decided_by, draft.decided_at = DraftState.PENDING, None, None
    draft.result_kind, draft.result_id = "", None
    draft.fields.pop("left", None)
    draft.save()
    record(IntakeEvent.UNDONE, subject=draft, by=by, at=at, what=what)
