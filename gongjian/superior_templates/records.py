"""The rows of a ledger as records of a form: field -> value."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongjian.assignments.moves.queries import last_words
from gongjian.engines.writing.phones import mask_phones
from gongjian.enterprises.models import Enterprise
from gongjian.ledgers.firms.workbook import firm_rows
from gongjian.ledgers.payouts.workbook import payout_rows
from gongjian.ledgers.problems.workbook import problem_rows
from gongjian.ledgers.visits.workbook import visit_rows
from gongjian.problems.models import Problem
from gongjian.superior_templates.fields import COLUMNS
from gongjian.superior_templates.states import LedgerKind

Record = dict[str, Any]


def records_of(
    ledger: LedgerKind | str,
    rows: QuerySet[Any],
    *,
    today: date,
    firms: QuerySet[Enterprise] | None = None,
) -> list[Record]:
    """The records of these rows, in their order; telephone numbers are hidden as in our own workbooks."""
    ledger = LedgerKind(ledger)
    names, _columns = COLUMNS[ledger]
    records = [dict(zip(names, map(_hidden, row), strict=True)) for row in _rows(ledger, rows, today, firms)]
    if ledger == LedgerKind.PROBLEMS:
        told = _progress_of(rows)
        for record in records:
            record["progress"] = _hidden(told.get(record["number"], ""))
    return records


def _rows(
    ledger: LedgerKind, rows: QuerySet[Any], today: date, firms: QuerySet[Enterprise] | None
) -> Iterator[list[Any]]:
    if ledger == LedgerKind.PROBLEMS:
        return problem_rows(rows, today)
    if ledger == LedgerKind.VISITS:
        return visit_rows(rows, firms)
    return firm_rows(rows) if ledger == LedgerKind.FIRMS else payout_rows(rows)


def _hidden(cell: Any) -> Any:
    return mask_phones(cell) if isinstance(cell, str) else cell


def _progress_of(rows: QuerySet[Problem]) -> dict[str, str]:
    """By number of the problem: what its unit wrote last, or the answer given on the spot."""
    unsorted = rows.order_by()
    said = last_words(unsorted.filter(assignment__isnull=False).values("assignment_id"))
    return {
        Problem(pk=pk, recorded_at=at).number: said.get(task, answer)
        for pk, at, task, answer in unsorted.values_list("pk", "recorded_at", "assignment_id", "answer")
    }


def for_sheet(records: list[Record], sheet: str) -> list[Record]:
    """The records that belong on a sheet: those of a county where the sheet is called like one, else all, numbered anew."""
    own = [record for record in records if _is_of(record, sheet)]
    return [{**record, "serial": number} for number, record in enumerate(own, 1)] if own else records


def _is_of(record: Record, sheet: str) -> bool:
    county = str(record.get("county") or record.get("area") or "")
    return bool(county) and (county in sheet or (len(sheet) > 1 and county.startswith(sheet)))
