"""What an import would do, before anything of it is stored: a dry run, and the first half of an import by command."""

import hashlib
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongjian.imports import perms
from gongjian.imports.comparing import ComparedLedger, compare
from gongjian.imports.models import ImportBatch
from gongjian.imports.queries import learnt_headings
from gongjian.imports.reading.workbook_reader import sheets_with_headings
from gongjian.imports.states import ImportKind, NameDecision, RowOutcome
from gongjian.people.models import Account


@dataclass(frozen=True)
class TriedLedger:
    """A ledger that is not stored, what was chosen about it, and how it compares with the registers by these choices."""

    opened: ImportBatch
    sheets: Sequence[str]
    decisions: Mapping[str, Mapping[str, Any]]
    confirmed_rows: Sequence[str]
    compared: ComparedLedger


def opened(*, kind: ImportKind | str, file_name: str, file: bytes, by: Account, at: datetime) -> ImportBatch:
    """A ledger as it would be taken in, with the sheets that look like one; raises Refused where it is no table."""
    perms.check_import(by, kind)
    area = perms.area_of(by)
    assert area is not None  # noqa: S101  asked by the check
    return ImportBatch(
        kind=kind,
        file_name=file_name[-200:],
        file=file,
        digest=hashlib.sha256(file).hexdigest(),
        sheets=sheets_with_headings(file, kind=kind, chosen=learnt_headings(area, kind)),
        area=area,
        uploaded_by=by,
        uploaded_at=at,
    )


def try_out(
    batch: ImportBatch,
    *,
    sheets: Sequence[str] = (),
    unknown: NameDecision | None = None,
    confirm: bool = False,
    by: Account,
    at: datetime,
) -> TriedLedger:
    """Compare an opened ledger with the registers.

    `sheets` instead of those that look like a ledger; `unknown` is decided about every unknown name; with `confirm`
    every row that is a question counts as it stands.
    """
    tried, today = copy(batch), timezone.localdate(at)
    tried.sheets = list(sheets) or batch.sheets
    compared = compare(tried, by=by, today=today)
    if unknown:
        tried.decisions = {name.key: {"do": str(unknown)} for name in compared.names.undecided}
        compared = compare(tried, by=by, today=today)
    if confirm:
        doubts = compared.with_outcome(RowOutcome.DOUBT)
        tried.confirmed_rows = [plan.place for plan in doubts if plan.questions]
        compared = compare(tried, by=by, today=today)
    return TriedLedger(batch, sheets, tried.decisions, tried.confirmed_rows, compared)
