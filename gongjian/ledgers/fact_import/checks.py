"""What a workbook of facts would do to the register: new, same, correcting, differing from another source, or refused."""

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.enterprises.fact_batches.services import NewFact
from gongjian.enterprises.facts.values import read_value
from gongjian.enterprises.facts.wording import period_in_words, value_in_words
from gongjian.enterprises.models import Fact
from gongjian.enterprises.queries import visible_to
from gongjian.ledgers.fact_import.headings import plain
from gongjian.ledgers.fact_import.workbook_reader import Reading, Written
from gongjian.people.models import Account
from gongjian.people.queries import within

SUGGESTED = 20  # names a likeness is looked for; each costs some milliseconds
Place = tuple[int, str, str, date]
Stored = tuple[int, str, Decimal | None, str]  # pk, source, value, text


class Mark(StrEnum):
    """What becomes of one cell."""

    NEW = "NEW"
    SAME = "SAME"
    CORRECTS = "CORRECTS"
    DIFFERS = "DIFFERS"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class Line:
    """One cell of the workbook and what becomes of it. `sentence` says why, or what stands there already."""

    row: int
    column: int
    name: str
    mark: Mark
    what: str = ""
    value: str = ""
    sentence: str = ""
    fact: NewFact | None = None


@dataclass
class Checked:
    """A reading held against the register."""

    reading: Reading
    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many cells of each mark."""
        return Counter(line.mark.value for line in self.lines)

    def marked(self, mark: Mark) -> list[Line]:
        """The cells of one mark, in the order of the sheet."""
        return [line for line in self.lines if line.mark == mark]

    @property
    def facts(self) -> list[NewFact]:
        """What is to be written."""
        return [line.fact for line in self.lines if line.fact is not None]


class _Firms:
    """Whose firm a row is: by code, then by name."""

    def __init__(self, account: Account) -> None:
        firms = visible_to(account).filter(within(account.writes_area)).order_by()
        self.by_code: dict[str, tuple[int, str]] = {}
        self.by_name: dict[str, list[tuple[int, str, str]]] = {}
        self.codes: dict[int, str] = {}
        self.known: dict[tuple[str, str], int | str] = {}
        self.asked = 0
        for pk, name, short, code, area in firms.values_list(
            "pk", "name", "short_name", "credit_code", "area__name"
        ):
            self.codes[pk] = code or ""
            if code:
                self.by_code[code] = (pk, name)
            for called in {plain(name), plain(short)} - {""}:
                self.by_name.setdefault(called, []).append((pk, name, area))

    def find(self, name: str, code: str) -> int | str:
        """The firm's key, or a sentence why it cannot be told."""
        asked = (plain(name), plain(code).upper())
        if asked not in self.known:
            self.known[asked] = self._find(*asked)
        return self.known[asked]

    def _find(self, name: str, code: str) -> int | str:
        if code in self.by_code:
            return self.by_code[code][0]
        found = self.by_name.get(name, [])
        if len(found) > 1:
            shown = "、".join(f"{full}（{area}）" for _pk, full, area in found[:3])
            return _("企业库里有 %(n)s 家叫这个名字：%(shown)s。请补上统一社会信用代码。") % {
                "n": len(found),
                "shown": shown,
            }
        if not found:
            return self._unknown(name, code)
        pk = found[0][0]
        if code and self.codes[pk] and self.codes[pk] != code:
            return _("企业库里这家企业的统一社会信用代码是 %(code)s，与表里不同。请核对是不是同一家。") % {
                "code": self.codes[pk]
            }
        return pk

    def _unknown(self, name: str, code: str) -> str:
        self.asked += 1
        near: list[str] = []
        if name and self.asked <= SUGGESTED:
            near = difflib.get_close_matches(name, self.by_name, n=1, cutoff=0.6)
        if near:
            return _("企业库里没有“%(name)s”，是不是“%(near)s”？") % {
                "name": name[:30],
                "near": self.by_name[near[0]][0][1],
            }
        return _("企业库里没有“%(name)s”，或不归您维护。请先登记这家企业。") % {"name": (name or code)[:30]}


def check(reading: Reading, *, source: str, by: Account, today: date) -> Checked:
    """Every cell with what becomes of it. A handful of queries whatever the size."""
    firms = _Firms(by)
    checked = Checked(reading)
    checked.lines += [Line(s.row, s.column, s.name, Mark.REFUSED, sentence=s.sentence) for s in reading.slips]
    ready = []
    for cell in reading.cells:
        made = _fact(cell, firms, today)
        if isinstance(made, str):
            checked.lines.append(_line(cell, Mark.REFUSED, sentence=made, value=_written(cell.value)))
        else:
            ready.append((cell, made))
    stored = _stored(ready)
    checked.lines += _compared(ready, stored, source)
    checked.lines.sort(key=lambda line: (line.row, line.column))
    return checked


def _fact(cell: Written, firms: _Firms, today: date) -> NewFact | str:
    firm = firms.find(cell.name, cell.code)
    if isinstance(firm, str):
        return firm
    kind, period = cell.period
    if period > today:
        return _("%(period)s还没有到。请核对期别") % {"period": period_in_words(period, kind)}
    try:
        value, text = read_value(cell.entry, cell.value, unit=cell.unit)
    except Refused as refused:
        return refused.sentence
    return NewFact(firm, cell.entry.key, kind, period, value, text)


def _written(value: Any) -> str:
    """What stands in the cell, whole numbers without a point."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)[:40]


def _stored(ready: list[tuple[Written, NewFact]]) -> dict[Place, list[Stored]]:
    """What the register holds of the same facts, periods and firms."""
    firms = {fact.firm for _cell, fact in ready}
    rows = Fact.objects.filter(
        key__in={fact.key for _cell, fact in ready}, period__in={fact.period for _cell, fact in ready}
    ).order_by()
    found: dict[Place, list[Stored]] = {}
    names = ("enterprise_id", "key", "period_kind", "period", "pk", "source", "value", "text")
    for firm, key, kind, period, pk, source, value, text in rows.values_list(*names).iterator():
        if firm in firms:
            found.setdefault((firm, key, kind, period), []).append((pk, source, value, text))
    return found


def _compared(
    ready: list[tuple[Written, NewFact]], stored: dict[Place, list[Stored]], source: str
) -> Iterator[Line]:
    seen: dict[Place, tuple[Written, NewFact]] = {}
    for cell, fact in ready:
        place = (fact.firm, fact.key, fact.period_kind, fact.period)
        if place in seen:
            yield _twice(cell, fact, *seen[place])
            continue
        seen[place] = (cell, fact)
        yield _against(cell, fact, stored.get(place, []), source)


def _twice(cell: Written, fact: NewFact, earlier: Written, first: NewFact) -> Line:
    at = {"row": earlier.row + 1}
    if (fact.value, fact.text) == (first.value, first.text):
        return _line(cell, Mark.SAME, sentence=_("与第 %(row)s 行重复") % at, value=_said(fact))
    text = _("与第 %(row)s 行是同一家企业的同一项数据，数值却不同。请删去一行") % at
    return _line(cell, Mark.REFUSED, sentence=text, value=_said(fact))


def _against(cell: Written, fact: NewFact, stored: list[Stored], source: str) -> Line:
    own = next((s for s in stored if s[1] == source), None)
    if own is not None and (own[2], own[3]) == (fact.value, fact.text):
        return _line(cell, Mark.SAME, value=_said(fact))
    if own is not None:
        text = _("原来是 %(before)s") % {"before": value_in_words(fact.key, own[2], own[3])}
        return _line(cell, Mark.CORRECTS, sentence=text, value=_said(fact), fact=replace(fact, fact=own[0]))
    others = [s for s in stored if (s[2], s[3]) != (fact.value, fact.text)]
    if others:
        text = "；".join(f"{s[1]} {value_in_words(fact.key, s[2], s[3])}" for s in others[:3])
        return _line(cell, Mark.DIFFERS, sentence=text, value=_said(fact), fact=fact)
    return _line(cell, Mark.NEW, value=_said(fact), fact=fact)


def _said(fact: NewFact) -> str:
    return value_in_words(fact.key, fact.value, fact.text)


def _line(cell: Written, mark: Mark, **more: Any) -> Line:
    kind, period = cell.period
    what = f"{cell.entry.key} {period_in_words(period, kind)}"
    return Line(cell.row, cell.column, cell.name or cell.code, mark, what=what, **more)
