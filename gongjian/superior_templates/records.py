"""The rows of a ledger as records of a form: field -> value."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongjian.engines.writing.phones import mask_phones
from gongjian.enterprises.models import Enterprise
from gongjian.ledgers.firms.workbook import firm_rows
from gongjian.ledgers.payouts.workbook import payout_rows
from gongjian.ledgers.problems.workbook import problem_rows
from gongjian.ledgers.visits.workbook import visit_rows
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
    return [dict(zip(names, map(_hidden, row), strict=True)) for row in _rows(ledger, rows, today, firms)]


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


def for_sheet(records: list[Record], sheet: str) -> list[Record]:
    """The records that belong on a sheet: those of a county where the sheet is called like one, else all, numbered anew."""
    own = [record for record in records if _is_of(record, sheet)]
    return [{**record, "serial": number} for number, record in enumerate(own, 1)] if own else records


def _is_of(record: Record, sheet: str) -> bool:
    county = str(record.get("county") or record.get("area") or "")
    return bool(county) and (county in sheet or (len(sheet) > 1 and county.startswith(sheet)))
