"""What can stand in a superior's form: the fields of each ledger, their names, and the headings that mean them.

The headings are those of the importer where it reads the ledger, with what offices have taught it; `aliases.toml` adds what only goes out.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gongjian.engines.tables.folding import bare, folded
from gongjian.engines.tables.heads import HeadWords
from gongjian.imports.reading.fields import head_words as words_of_import
from gongjian.imports.reading.fields import is_for_people
from gongjian.imports.states import ImportKind
from gongjian.ledgers.firms import workbook as firms
from gongjian.ledgers.payouts import workbook as payouts
from gongjian.ledgers.problems import workbook as problems
from gongjian.ledgers.visits import workbook as visits
from gongjian.superior_templates.states import LedgerKind

READ_IN = {kind: ImportKind(kind.value) for kind in LedgerKind}
# What the importer calls a field of a form otherwise.
READ_AS: dict[LedgerKind, dict[str, str]] = {
    LedgerKind.PROBLEMS: {},
    LedgerKind.FIRMS: {},
    LedgerKind.VISITS: {
        "day": "starts_on",
        "status": "state",
        **{heading.value: heading.value.lower() for heading in visits.NOTES},
    },
    LedgerKind.PAYOUTS: {"status": "state"},
}
ANCHORS: dict[LedgerKind, tuple[str, ...]] = {
    LedgerKind.PROBLEMS: ("firm", "text"),
    LedgerKind.VISITS: ("firm", "day", "lead"),
    LedgerKind.FIRMS: ("name", "code"),
    LedgerKind.PAYOUTS: ("firm", "policy"),
}
COLUMNS = {
    LedgerKind.PROBLEMS: (problems.FIELDS, problems.columns),
    LedgerKind.VISITS: (visits.FIELDS, visits.visit_columns),
    LedgerKind.FIRMS: (firms.FIELDS, firms.firm_columns),
    LedgerKind.PAYOUTS: (payouts.FIELDS, payouts.payout_columns),
}


def field_labels(ledger: LedgerKind | str) -> dict[str, str]:
    """The fields of a ledger, and what its own workbook calls them."""
    names, columns = COLUMNS[LedgerKind(ledger)]
    return {name: column.head for name, column in zip(names, columns(), strict=True)}


def head_words(
    ledger: LedgerKind | str, *, learnt: Mapping[str, str], chosen: Mapping[str, str]
) -> HeadWords:
    """What headings of a form mean; `learnt` from imports of the office, `chosen` for this very form."""
    ledger = LedgerKind(ledger)
    labels = field_labels(ledger)
    names: dict[str, str] = {}
    beside: dict[str, dict[str, str]] = {}
    read = words_of_import(READ_IN[ledger], {})
    names |= {head: field for head, field in _in_form(ledger, read.names).items() if not is_for_people(head)}
    beside |= {heading: dict(table) for heading, table in read.beside.items()}
    for field, headings in _aliases()[ledger.value].items():
        if field not in labels:
            continue
        for heading in headings:
            names[folded(heading)] = names[bare(heading)] = field
    for field, label in labels.items():
        names.setdefault(folded(label), field)
    names.pop("", None)
    known = _in_form(ledger, learnt)
    return HeadWords(names, anchors=ANCHORS[ledger], beside=beside, chosen={**known, **chosen})


def _in_form(ledger: LedgerKind, read: Mapping[str, str]) -> dict[str, str]:
    """Headings of the importer with the fields of the form; those of which the form has no field are left out."""
    called = {field: name for name, field in READ_AS[ledger].items()}
    labels = field_labels(ledger)
    found = {heading: called.get(field, field) for heading, field in read.items()}
    return {heading: field for heading, field in found.items() if field in labels}


def asks(heading: str, field: str) -> bool:
    """Whether somebody has to say what a heading stands for: it is not known, and no column for people (备注, 填表人)."""
    return not field and not is_for_people(heading.rpartition("·")[2])


@cache
def _aliases() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).resolve().parent / "aliases.toml").read_text(encoding="utf-8"))
