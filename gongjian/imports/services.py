"""Importing a ledger (业务台账导入): keep it, settle what is open, write it, take it back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gongjian.audit import Refused
from gongjian.audit.changes import changed, set_fields
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.imports.comparing import compare
from gongjian.imports.events import ImportEvent
from gongjian.imports.models import ImportBatch
from gongjian.imports.reading.fields import FIELDS
from gongjian.imports.states import ImportKind, ImportState, NameDecision
from gongjian.imports.taking_back import (
    REGISTERS,
    restore,
    take_back_problems,
    take_back_record,
    take_back_registers,
)
from gongjian.imports.trying import TriedLedger, opened
from gongjian.imports.writing.services import lock, write
from gongjian.people.models import Account
from gongjian.problems.models import Problem

__all__ = [
    "choose_headings",
    "choose_sheets",
    "confirm_rows",
    "decide_all_names",
    "decide_names",
    "drop",
    "take_in",
    "take_in_tried",
    "undo",
    "write",
]

LEFT_OUT = gettext_lazy("不读这一列")


def take_in(*, kind: ImportKind | str, file_name: str, file: bytes, by: Account, at: datetime) -> ImportBatch:
    """Keep an uploaded ledger for its preview; refused when it cannot be read as a table at all."""
    return _keep(opened(kind=kind, file_name=file_name, file=file, by=by, at=at), by=by, at=at)


def take_in_tried(tried: TriedLedger, *, by: Account, at: datetime) -> ImportBatch:
    """Keep a ledger that was tried out, and what was chosen about it."""
    batch = _keep(tried.opened, by=by, at=at)
    if tried.sheets:
        batch = choose_sheets(batch, sheets=tried.sheets, by=by, at=at)
    if tried.decisions:
        batch = decide_names(batch, decisions=tried.decisions, by=by, at=at)
    if tried.confirmed_rows:
        batch = confirm_rows(batch, rows=tried.confirmed_rows, by=by, at=at)
    return batch


@transaction.atomic
def _keep(batch: ImportBatch, *, by: Account, at: datetime) -> ImportBatch:
    batch.save(force_insert=True)
    label = source_word(ImportKind(batch.kind).label)
    record(ImportEvent.TAKEN, subject=batch, by=by, at=at, kind=label, file=batch.file_name)
    return batch


@transaction.atomic
def choose_sheets(batch: ImportBatch, *, sheets: Sequence[str], by: Account, at: datetime) -> ImportBatch:
    """Choose the sheets that are read."""
    if not sheets:
        raise Refused(_("请至少选一张工作表。"), field="sheets")
    locked = lock(batch, by, ImportState.PREVIEW)
    facts = set_fields(locked, {"sheets": list(sheets)})
    return _chosen(locked, "sheets", facts, what="、".join(sheets), by=by, at=at)


@transaction.atomic
def choose_headings(
    batch: ImportBatch, *, headings: Mapping[str, str], by: Account, at: datetime
) -> ImportBatch:
    """Choose which field each heading means; "" leaves a column out."""
    labels = {field.name: source_word(field.label) for field in FIELDS[ImportKind(batch.kind)]}
    labels[""] = source_word(LEFT_OUT)
    words = _("指定列的内容")
    return _settle(batch, "headings", headings, shown=lambda f: labels.get(f, ""), what=words, by=by, at=at)


@transaction.atomic
def decide_names(
    batch: ImportBatch, *, decisions: Mapping[str, Mapping[str, Any]], by: Account, at: datetime
) -> ImportBatch:
    """Decide what unknown names are: create, match or skip; a name decided as "" is open again."""
    words = ngettext("定了%(n)s个名称", "定了%(n)s个名称", len(decisions)) % {"n": len(decisions)}
    return _settle(batch, "decisions", decisions, shown=_decision_in_words, what=words, by=by, at=at)


def _decision_in_words(decision: Mapping[str, Any] | None) -> str:
    do = (decision or {}).get("do", "")
    label = source_word(NameDecision(do).label) if do else ""
    return f"{label} {decision['pk']}" if decision and decision.get("pk") else label


def decide_all_names(batch: ImportBatch, *, do: NameDecision | str, by: Account, at: datetime) -> ImportBatch:
    """Decide the same about every name that is still open: create or skip."""
    if do == NameDecision.MATCH:
        raise Refused(_("已有的要一个一个指定。"))
    open_names = compare(batch, by=by, today=timezone.localdate(at)).names.undecided
    return decide_names(batch, decisions={name.key: {"do": str(do)} for name in open_names}, by=by, at=at)


@transaction.atomic
def confirm_rows(batch: ImportBatch, *, rows: Sequence[str], by: Account, at: datetime) -> ImportBatch:
    """Confirm rows that are a question: they are written as they stand."""
    words = ngettext("确认%(n)s行无误", "确认%(n)s行无误", len(rows)) % {"n": len(rows)}
    locked = lock(batch, by, ImportState.PREVIEW)
    facts = set_fields(locked, {"confirmed_rows": list(dict.fromkeys([*locked.confirmed_rows, *rows]))})
    return _chosen(locked, "confirmed_rows", facts, what=words, by=by, at=at)


def _settle(
    batch: ImportBatch,
    name: str,
    answers: Mapping[str, Any],
    *,
    shown: Callable[[Any], str],
    what: str,
    by: Account,
    at: datetime,
) -> ImportBatch:
    """Keep answers beside those that are there; an answer that says nothing takes the one before away, except of a heading."""
    locked = lock(batch, by, ImportState.PREVIEW)
    held: dict[str, Any] = getattr(locked, name)
    kept = {**held, **answers}
    if name == "decisions":
        kept = {key: dict(decision) for key, decision in kept.items() if decision.get("do")}
    setattr(locked, name, kept)
    before, after = ({key: shown(rows.get(key)) for key in answers} for rows in (held, kept))
    return _chosen(locked, name, changed(locked, before, after), what=what, by=by, at=at)


def _chosen(
    locked: ImportBatch, name: str, facts: Mapping[str, Any], *, what: str, by: Account, at: datetime
) -> ImportBatch:
    locked.save(update_fields=[name])
    record(ImportEvent.CHOSEN, subject=locked, by=by, at=at, file=locked.file_name, what=what, **facts)
    return locked


@transaction.atomic
def drop(batch: ImportBatch, *, by: Account, at: datetime) -> None:
    """Discard a ledger that was not written (放弃)."""
    locked = lock(batch, by, ImportState.PREVIEW)
    record(ImportEvent.DROPPED, subject=locked, by=by, at=at, file=locked.file_name)
    locked.delete()


@transaction.atomic
def undo(batch: ImportBatch, *, by: Account, at: datetime) -> ImportBatch:
    """Take a whole import back (整批撤销): what it made is removed, what it changed gets its old values.

    Refused, and nothing is taken back, as soon as somebody has gone on with any of it.
    """
    locked = lock(batch, by, ImportState.WRITTEN)
    removed, restored = take_back_problems(locked, by=by, at=at), 0
    together = [Problem._meta.label_lower, *(model._meta.label_lower for model in REGISTERS)]
    for entry in locked.records.exclude(created=True, subject_kind__in=together).order_by("-pk"):
        subject = apps.get_model(entry.subject_kind)._base_manager.filter(pk=entry.subject_id).first()
        if subject is None:
            continue  # somebody has taken it back already
        if entry.created:
            take_back_record(subject, by=by, at=at)
            removed += 1
        else:
            restore(subject, entry, by=by, at=at)
            restored += 1
    removed += take_back_registers(locked, by=by, at=at)
    locked.state, locked.undone_at = ImportState.UNDONE, at
    locked.save(update_fields=["state", "undone_at"])
    record(
        ImportEvent.UNDONE,
        subject=locked,
        by=by,
        at=at,
        file=locked.file_name,
        removed=removed,
        restored=restored,
    )
    return locked
