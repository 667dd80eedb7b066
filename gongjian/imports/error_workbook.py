"""The clerk's own ledger with the rows that were not written marked, and the reason at the end of each."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.tables.heads import column_name
from gongjian.engines.tables.marked_workbook import Mark, SheetMarks, marked_workbook
from gongjian.imports.comparing import ComparedLedger
from gongjian.imports.models import ImportBatch
from gongjian.imports.plans import RowPlan
from gongjian.imports.states import RowOutcome

NOT_WRITTEN = (RowOutcome.REFUSED, RowOutcome.DOUBT, RowOutcome.SKIPPED)
Refusal = dict[str, Any]


def refusals_of(compared: ComparedLedger) -> list[Refusal]:
    """The rows that are not written, then the cells that rows went in without, as a batch keeps them."""
    not_written = [plan for outcome in NOT_WRITTEN for plan in compared.with_outcome(outcome)]
    return [_refusal(plan) for plan in (*not_written, *compared.lacking)]


def _refusal(plan: RowPlan) -> Refusal:
    """Sheet, row, what it is about, and each cell: its column, the sentence, the letters of the column."""
    first, row = min(plan.row.columns.values(), default=0), plan.row
    said = [(first if t.column is None else t.column, t.sentence) for t in (*row.troubles, *row.left_out)]
    if not row.troubles and plan.outcome in NOT_WRITTEN:
        said.insert(0, (first, plan.sentence))
    return {
        "sheet": plan.row.sheet,
        "row": plan.row.number,
        "title": plan.title,
        "outcome": plan.outcome.value,
        "cells": [(column, sentence, column_name(column)) for column, sentence in said],
    }


def error_workbook(batch: ImportBatch, compared: ComparedLedger, refusals: Sequence[Refusal]) -> bytes:
    """The uploaded file with these rows marked, as .xlsx."""
    sheets = []
    for sheet in compared.ledger.sheets:
        marks = [
            Mark(refusal["row"], column, sentence, sentence)
            for refusal in refusals
            if refusal["sheet"] == sheet.name
            for column, sentence, *_letters in refusal["cells"]
        ]
        sheets.append(SheetMarks(sheet.name, sheet.head.last, sheet.width, marks))
    return marked_workbook(bytes(batch.file), sheets, heading=_("错误说明"), author=_("攻坚"))
