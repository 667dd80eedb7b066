"""The clerk's own ledger with the rows that were not written marked, and the reason at the end of each."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.tables.marked_workbook import Mark, SheetMarks, marked_workbook
from gongjian.imports.comparing import ComparedLedger
from gongjian.imports.models import ImportBatch
from gongjian.imports.plans import RowPlan
from gongjian.imports.states import RowOutcome

NOT_WRITTEN = (RowOutcome.REFUSED, RowOutcome.DOUBT, RowOutcome.SKIPPED)
Refusal = dict[str, Any]


def refusals_of(compared: ComparedLedger) -> list[Refusal]:
    """The rows that are not written, as a batch keeps them: sheet, row, columns and sentences."""
    return [
        refusal
        for outcome in NOT_WRITTEN
        for plan in compared.with_outcome(outcome)
        for refusal in [_refusal(plan)]
    ]


def _refusal(plan: RowPlan) -> Refusal:
    first = min(plan.row.columns.values(), default=0)
    troubles = [(first if t.column is None else t.column, t.sentence) for t in plan.row.troubles]
    return {
        "sheet": plan.row.sheet,
        "row": plan.row.number,
        "title": plan.title,
        "outcome": plan.outcome.value,
        "cells": troubles or [(first, plan.sentence)],
    }


def error_workbook(batch: ImportBatch, compared: ComparedLedger, refusals: Sequence[Refusal]) -> bytes:
    """The uploaded file with these rows marked, as .xlsx."""
    sheets = []
    for sheet in compared.ledger.sheets:
        marks = [
            Mark(refusal["row"], column, sentence, sentence)
            for refusal in refusals
            if refusal["sheet"] == sheet.name
            for column, sentence in refusal["cells"]
        ]
        sheets.append(SheetMarks(sheet.name, sheet.head.last, sheet.width, marks))
    return marked_workbook(bytes(batch.file), sheets, heading=_("错误说明"), author=_("攻坚"))
