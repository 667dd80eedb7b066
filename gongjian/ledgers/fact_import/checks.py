"""Compares a workbook of facts with the register: each cell is new, the same, corrects, differs, asks or is refused."""

import difflib
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.wording import words
from gongjian.engines.writing.folding import fold_code, fold_name
from gongjian.enterprises.fact_batches.services import NewFact
from gongjian.enterprises.facts.services import check_fact_days
from gongjian.enterprises.facts.values import read_value
from gongjian.enterprises.facts.wording import period_in_words, value_in_words
from gongjian.enterprises.models import Fact
from gongjian.enterprises.queries import visible_to
from gongjian.ledgers.fact_import.workbook_reader import FactCell, SheetReading
from gongjian.people.models import Account
from gongjian.people.queries import within

NAMED = 30  # signs of a name that a sentence quotes
SUGGESTED = 20  # most unknown names for which a similar one is suggested; each costs some milliseconds
Place = tuple[int, str, str, date]
Stored = tuple[int, str, Decimal | None, str]  # pk, source, value, text


class CellOutcome(StrEnum):
    """What happens to one cell."""

    NEW = "NEW"
    SAME = "SAME"
    CORRECTS = "CORRECTS"
    DIFFERS = "DIFFERS"
    ASKS = "ASKS"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class CheckedCell:
    """One cell of the workbook and its outcome; `sentence` gives the reason, or the value already recorded."""

    row: int
    column: int
    name: str
    outcome: CellOutcome
    what: str = ""
    value: str = ""
    sentence: str = ""
    fact: NewFact | None = None

    @property
    def place(self) -> str:
        """Where the cell is, as the page sends it back when somebody ticks it."""
        return f"{self.row}-{self.column}"


@dataclass
class CheckedWorkbook:
    """A sheet compared with the register, cell by cell."""

    reading: SheetReading
    cells: list[CheckedCell] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """The number of cells of each outcome."""
        return Counter(line.outcome.value for line in self.cells)

    def cells_with(self, mark: CellOutcome) -> list[CheckedCell]:
        """The cells with one outcome, in the order of the sheet."""
        return [line for line in self.cells if line.outcome == mark]

    @property
    def facts(self) -> list[NewFact]:
        """The values to be written without a question."""
        return [line.fact for line in self.cells if line.fact and line.outcome != CellOutcome.ASKS]

    def asked_facts(self, ticked: Container[str]) -> list[NewFact]:
        """The values that are a question, and were ticked to be written as they are."""
        return [line.fact for line in self.cells_with(CellOutcome.ASKS) if line.fact and line.place in ticked]


class _Firms:
    """Finds the firm of a row by its code, else by its name."""

    def __init__(self, account: Account) -> None:
        firms = visible_to(account).filter(within(account.writes_area)).order_by()
        self.by_code: dict[str, tuple[int, str]] = {}
        self.by_name: dict[str, list[tuple[int, str, str]]] = {}
        self.codes: dict[int, str] = {}
        self.known: dict[tuple[str, str], int | str] = {}
        self.unknown_names = 0
        for pk, name, short, code, area in firms.values_list(
            "pk", "name", "short_name", "credit_code", "area__name"
        ):
            self.codes[pk] = code or ""
            if code:
                self.by_code[code] = (pk, name)
            for called in {fold_name(name), fold_name(short)} - {""}:
                self.by_name.setdefault(called, []).append((pk, name, area))

    def firm_of(self, name: str, code: str) -> int | str:
        """The primary key of the firm, or a sentence that says why it is not known."""
        key = (fold_name(name), fold_code(code))
        if key not in self.known:
            self.known[key] = self._look_up(*key, written=name)
        return self.known[key]

    def _look_up(self, name: str, code: str, *, written: str) -> int | str:
        firms = self.by_name.get(name, [])
        if code in self.by_code:
            pk, registered = self.by_code[code]
            if firms and pk not in {firm for firm, _full, _area in firms}:
                return _("统一社会信用代码是“%(registered)s”的，名称却是“%(named)s”。请核对是哪一家的。") % {
                    "registered": registered,
                    "named": firms[0][1],
                }
            return pk
        if len(firms) > 1:
            shown = _("、").join(f"{full}（{area}）" for _pk, full, area in firms[:3])
            return _("企业库里有 %(n)s 家叫这个名字：%(shown)s。请补上统一社会信用代码。") % {
                "n": len(firms),
                "shown": shown,
            }
        if not firms:
            return self._unknown(name, code, written=written)
        pk = firms[0][0]
        if code and self.codes[pk] and self.codes[pk] != code:
            return _("企业库里这家企业的统一社会信用代码是 %(code)s，与表里不同。请核对是不是同一家。") % {
                "code": self.codes[pk]
            }
        return pk

    def _unknown(self, name: str, code: str, *, written: str) -> str:
        self.unknown_names += 1
        near: list[str] = []
        if name and self.unknown_names <= SUGGESTED:
            near = difflib.get_close_matches(name, self.by_name, n=1, cutoff=0.6)
        if near:
            return _("企业库里没有“%(name)s”，是不是“%(near)s”？") % {
                "name": written[:NAMED],
                "near": self.by_name[near[0]][0][1],
            }
        return _("企业库里没有“%(name)s”，或不归您维护。请先登记这家企业。") % {
            "name": (written if name else code)[:NAMED]
        }


def compare_with_register(
    reading: SheetReading, *, source: str, by: Account, today: date
) -> tuple[CheckedWorkbook, list[NewFact]]:
    """Every cell with its outcome, and all values that could be read; the number of queries does not grow with the sheet."""
    firms = _Firms(by)
    checked = CheckedWorkbook(reading)
    checked.cells += [
        CheckedCell(s.row, s.column, s.name, CellOutcome.REFUSED, sentence=s.sentence) for s in reading.unread
    ]
    known, strangers = _by_firm(reading.cells, firms)
    checked.cells += strangers
    ready = []
    for cell, firm in known:
        new_fact = _new_fact(cell, firm, today)
        if isinstance(new_fact, str):
            checked.cells.append(
                _checked_cell(cell, CellOutcome.REFUSED, sentence=new_fact, value=_cell_text(cell.value))
            )
        else:
            ready.append((cell, new_fact))
    stored = _stored(ready)
    checked.cells += _compared_cells(ready, stored, source)
    checked.cells.sort(key=lambda line: (line.row, line.column))
    return checked, [fact for _cell, fact in ready]


def _by_firm(
    cells: Sequence[FactCell], firms: _Firms
) -> tuple[list[tuple[FactCell, int]], list[CheckedCell]]:
    """The cells of firms that are known; each row of another firm is refused once, with how many figures it has."""
    known: list[tuple[FactCell, int]] = []
    strangers: dict[int, list[FactCell]] = {}
    for cell in cells:
        firm = firms.firm_of(cell.name, cell.code)
        if isinstance(firm, int):
            known.append((cell, firm))
        else:
            strangers.setdefault(cell.row, []).append(cell)
    refused = []
    for row, of_row in strangers.items():
        cell, what = of_row[0], _("全行 %(number)s 个数") % {"number": len(of_row)}
        sentence = str(firms.firm_of(cell.name, cell.code))
        refused.append(
            CheckedCell(row, cell.column, cell.name, CellOutcome.REFUSED, what=what, sentence=sentence)
        )
    return known, refused


def _new_fact(cell: FactCell, firm: int, today: date) -> NewFact | str:
    kind, period = cell.period
    if period > today:
        return _("%(period)s还没有到。请核对期别") % {"period": period_in_words(period, kind)}
    try:
        value, text = read_value(cell.entry, cell.value, unit=cell.unit)
        check_fact_days(cell.entry, period, text, today=today)
    except Refused as refused:
        return refused.sentence
    return NewFact(firm, cell.entry.key, kind, period, value, text)


def _cell_text(value: Any) -> str:
    """The content of a cell as text, whole numbers without a decimal point."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)[:40]


def _stored(ready: list[tuple[FactCell, NewFact]]) -> dict[Place, list[Stored]]:
    """What the register already contains of the same facts, periods and firms."""
    firms = {fact.firm for _cell, fact in ready}
    rows = Fact.objects.filter(
        key__in={fact.key for _cell, fact in ready}, period__in={fact.period for _cell, fact in ready}
    ).order_by()
    by_place: dict[Place, list[Stored]] = {}
    names = ("enterprise_id", "key", "period_kind", "period", "pk", "source", "value", "text")
    for firm, key, kind, period, pk, source, value, text in rows.values_list(*names).iterator():
        if firm in firms:
            by_place.setdefault((firm, key, kind, period), []).append((pk, source, value, text))
    return by_place


def _compared_cells(
    ready: list[tuple[FactCell, NewFact]], stored: dict[Place, list[Stored]], source: str
) -> Iterator[CheckedCell]:
    first_seen: dict[Place, tuple[FactCell, NewFact]] = {}
    for cell, fact in ready:
        place = (fact.firm, fact.key, fact.period_kind, fact.period)
        if place in first_seen:
            yield _repeated_cell(cell, fact, *first_seen[place])
            continue
        first_seen[place] = (cell, fact)
        yield _compared_cell(cell, fact, stored.get(place, []), source)


def _repeated_cell(cell: FactCell, fact: NewFact, earlier: FactCell, first: NewFact) -> CheckedCell:
    at = {"row": earlier.row + 1}
    if (fact.value, fact.text) == (first.value, first.text):
        return _checked_cell(
            cell, CellOutcome.SAME, sentence=_("与第 %(row)s 行重复") % at, value=_value_in_words(fact)
        )
    text = _("与第 %(row)s 行是同一家企业的同一项数据，数值却不同。请删去一行") % at
    return _checked_cell(cell, CellOutcome.REFUSED, sentence=text, value=_value_in_words(fact))


def _compared_cell(cell: FactCell, fact: NewFact, stored: list[Stored], source: str) -> CheckedCell:
    own = next((s for s in stored if s[1] == source), None)
    if own is not None and (own[2], own[3]) == (fact.value, fact.text):
        return _checked_cell(cell, CellOutcome.SAME, value=_value_in_words(fact))
    if own is not None:
        text = _("原来是 %(before)s") % {"before": value_in_words(fact.key, own[2], own[3])}
        return _checked_cell(
            cell,
            CellOutcome.CORRECTS,
            sentence=text,
            value=_value_in_words(fact),
            fact=replace(fact, fact=own[0]),
        )
    others = [s for s in stored if (s[2], s[3]) != (fact.value, fact.text)]
    if others:
        text = _("；").join(f"{s[1]} {value_in_words(fact.key, s[2], s[3])}" for s in others[:3])
        return _checked_cell(cell, CellOutcome.DIFFERS, sentence=text, value=_value_in_words(fact), fact=fact)
    return _checked_cell(cell, CellOutcome.NEW, value=_value_in_words(fact), fact=fact)


def _value_in_words(fact: NewFact) -> str:
    return value_in_words(fact.key, fact.value, fact.text)


def _checked_cell(cell: FactCell, outcome: CellOutcome, **details: Any) -> CheckedCell:
    kind, period = cell.period
    what = f"{words(cell.entry.key)} {period_in_words(period, kind)}"
    return CheckedCell(cell.row, cell.column, cell.name or cell.code, outcome, what=what, **details)
