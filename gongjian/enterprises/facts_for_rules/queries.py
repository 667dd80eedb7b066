"""What is known of firms in the words of the rules (政策口径): register fields and facts, the source that counts chosen.

Unknown is a missing key or None, never zero. Column names: 营业收入@2026-03, 营业收入@2026Q1, 营业收入@2026; a standing
fact and a field of the register stand under their bare key.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, FloatField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from gongjian.enterprises.facts.catalogue import DATE, FLAG, everything
from gongjian.enterprises.facts.wording import period_mark
from gongjian.enterprises.models import Enterprise, Fact, FactDecision, Pairing, Qualification
from gongjian.enterprises.source_conflicts.rules import Chosen, Said, choose
from gongjian.enterprises.states import PairingKind, PeriodKind
from gongjian.enterprises.vocabulary import CHECKED, PAIRED, REGISTER, STATUS, TITLES
from gongjian.people.models import Tenure

FIELDS = ("pk", "industry_code", "founded_on", "status", "above_designated_size", "area__stat_code", "chain")
CHECKED_LIST = Exists(Fact.objects.filter(enterprise=OuterRef("pk"), key=CHECKED, value=1))
DIVISION, GROUP = 2, 3  # digits of an industry code
Place = tuple[int, str, str, date]  # firm, key, kind of period, first day


@dataclass(frozen=True)
class Conflict:
    """Sources that differ about one fact and no decision yet; `used` is the one that counts meanwhile."""

    key: str
    period_kind: str
    period: date
    used: Said
    words: tuple[Said, ...]


@dataclass(frozen=True)
class Known:
    """One firm: column name -> value (Decimal, bool, str, date, frozenset of titles), and open conflicts."""

    values: dict[str, Any]
    conflicts: tuple[Conflict, ...]


@dataclass
class FactsTable:
    """Many firms: `pks` in order, each column a list in the same order (float, bool, str, date, frozenset, None)."""

    pks: list[int]
    columns: dict[str, list[Any]] = field(default_factory=dict)
    conflicting: set[int] = field(default_factory=set)


def facts_of(firm: Enterprise, *, today: date) -> Known:
    """Everything known of one firm, the source that counts chosen. Five queries."""
    rows = Fact.objects.filter(enterprise=firm)
    chosen = _chosen(rows, decisions=_decisions(Q(enterprise=firm)), exact=True)
    values: dict[str, Any] = {}
    since: dict[str, date] = {}
    conflicts = []
    for (_firm, key, kind, period), (pick, words) in chosen:
        name = key if kind == PeriodKind.DAY else f"{key}@{period_mark(period, kind)}"
        if period > today or period < since.get(name, date.min):
            continue  # not yet, or an older day of a standing fact
        if pick.differs:
            conflicts.append(Conflict(key, kind, period, pick.said, words))
        values[name], since[name] = pick.said.value, period
    for name, column in _register(Enterprise.objects.filter(pk=firm.pk), today=today).columns.items():
        if column[0] is not None:
            values[name] = column[0]
    return Known(values, tuple(conflicts))


def facts_table(rows: QuerySet[Enterprise], keys: Collection[str], *, today: date) -> FactsTable:
    """The columns `keys` (营业收入@2026-03, 成立日期, …) of all firms of `rows`; five queries whatever their number."""
    table = _register(rows, today=today, keys=keys)
    place = {pk: n for n, pk in enumerate(table.pks)}
    wanted = _wanted(keys)
    if not wanted or not place:
        return table
    for name in keys:
        table.columns.setdefault(name, [None] * len(table.pks))
    facts = Fact.objects.filter(_narrow(wanted), enterprise__in=rows.order_by().values("pk"))
    since: dict[tuple[int, str], date] = {}
    for (firm, key, kind, period), (pick, _words) in _chosen(facts, decisions=_decisions(), exact=False):
        column = wanted.get((key, kind, None if kind == PeriodKind.DAY else period))
        if column is None or period > today or period < since.get((firm, column), date.min):
            continue
        since[firm, column] = period
        table.columns[column][place[firm]] = pick.said.value
        if pick.differs:
            table.conflicting.add(firm)
    return table


def _wanted(keys: Iterable[str]) -> dict[tuple[str, str, date | None], str]:
    """Where a recorded value goes: key, kind of period and first day (None for the latest day) -> column."""
    wanted: dict[tuple[str, str, date | None], str] = {}
    for name in keys:
        key, _at, mark = name.partition("@")
        if mark:
            kind, period = read_mark(mark)
            wanted[key, kind, period] = name
        elif key in everything() and everything()[key].recorded:
            wanted[key, PeriodKind.DAY, None] = name
    return wanted


def read_mark(mark: str) -> tuple[PeriodKind, date]:
    """2026-03, 2026Q1, 2026, 2026-03-31 -> kind and first day. ValueError on anything else."""
    if "Q" in mark:
        year, quarter = mark.split("Q")
        return PeriodKind.QUARTER, date(int(year), int(quarter) * 3 - 2, 1)
    parts = [int(part) for part in mark.split("-")]
    kind = (PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.DAY)[len(parts) - 1]
    return kind, date(*[*parts, 1, 1][:3])


def _narrow(wanted: dict[tuple[str, str, date | None], str]) -> Q:
    days = {period for _key, _kind, period in wanted if period is not None}
    narrow = Q(key__in={key for key, _kind, _period in wanted})
    return narrow & (Q(period__in=days) | Q(period_kind=PeriodKind.DAY))


def _decisions(only: Q | None = None) -> dict[Place, str]:
    rows = FactDecision.objects.filter(only or Q())
    found = rows.values_list("enterprise_id", "key", "period_kind", "period", "source")
    return {(firm, key, kind, period): source for firm, key, kind, period, source in found}


def _chosen(
    rows: QuerySet[Fact], *, decisions: dict[Place, str], exact: bool
) -> Iterator[tuple[Place, tuple[Chosen, tuple[Said, ...]]]]:
    """Each place with the word that counts. Exact: Decimal; else float, for columns."""
    if not exact:
        rows = rows.annotate(number=Cast("value", FloatField()))
    number = "value" if exact else "number"
    found: dict[Place, list[Said]] = {}
    names = ("enterprise_id", "key", "period_kind", "period", number, "text", "source", "recorded_at", "pk")
    for firm, key, kind, period, value, text, source, at, pk in (
        rows.order_by().values_list(*names).iterator()
    ):
        word = Said(typed(key, value, text), source, at, pk)
        found.setdefault((firm, key, kind, period), []).append(word)
    for place, words in found.items():
        yield place, (choose(words, decided=decisions.get(place)), tuple(words))


def typed(key: str, value: Decimal | float | None, text: str) -> Any:
    """A stored value as its kind: bool for yes / no, date for dates, str for words."""
    entry = everything().get(key)
    kind = entry.kind if entry else ""
    if value is None:
        return date.fromisoformat(text) if kind == DATE else text
    return bool(value) if kind == FLAG else value


def _register(rows: QuerySet[Enterprise], *, today: date, keys: Collection[str] | None = None) -> FactsTable:
    """Columns read off the register; all of them, or those named."""
    names = everything() if keys is None else {k for k in keys if k in everything()}
    firms = list(rows.order_by("pk").values_list(*FIELDS, *([CHECKED_LIST] if TITLES in names else [])))
    table = FactsTable([firm[0] for firm in firms])
    for name, column in zip(
        REGISTER, zip(*(_of_register(firm) for firm in firms), strict=True), strict=False
    ):
        if name in names:
            table.columns[name] = list(column)
    if TITLES in names:
        checked = {firm[0] for firm in firms if firm[-1]}
        table.columns[TITLES] = _titles(rows, table.pks, checked, today)
    for name, holders in _paired(rows, names, today):
        table.columns[name] = [pk in holders for pk in table.pks]
    return table


def _of_register(firm: tuple[Any, ...]) -> tuple[Any, ...]:
    _pk, code, founded, status, size, area, chain = firm[: len(FIELDS)]
    code = code if code.isdigit() else ""
    return (
        code or None,
        int(code[:DIVISION]) if len(code) >= DIVISION else None,
        int(code[:GROUP]) if len(code) >= GROUP else None,
        founded,
        STATUS.get(status),
        size,
        area or None,
        chain or None,
    )


def _titles(
    rows: QuerySet[Enterprise], pks: list[int], checked: set[int], today: date
) -> list[frozenset[str] | None]:
    """Titles valid today; None where none was ever recorded and nobody says the list was checked."""
    within = rows.order_by().values("pk")
    held: dict[int, set[str]] = {pk: set() for pk in checked}
    found = Qualification.objects.filter(enterprise__in=within).order_by()
    for pk, name, since, until in found.values_list("enterprise_id", "name", "valid_from", "valid_to"):
        titles = held.setdefault(pk, set())
        if (since is None or since <= today) and (until is None or until >= today):
            titles.add(name)
    return [frozenset(held[pk]) if pk in held else None for pk in pks]


def _paired(
    rows: QuerySet[Enterprise], names: Collection[str], today: date
) -> Iterator[tuple[str, set[int]]]:
    """Firms a leader of the city or of a county is paired with now."""
    wanted: dict[str | None, str] = {level: name for level, name in PAIRED.items() if name in names}
    if not wanted:
        return
    holders: dict[str, set[int]] = {name: set() for name in wanted.values()}
    held = Tenure.objects.filter(Q(until__isnull=True) | Q(until__gte=today), person=OuterRef("person"))
    level = held.order_by("post__order").values("post__unit__area__level")[:1]
    current = Pairing.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        kind=PairingKind.LEADER,
        enterprise__in=rows.order_by().values("pk"),
    )
    for firm, highest in current.order_by().values_list("enterprise_id", Subquery(level)):
        if name := wanted.get(highest):
            holders[name].add(firm)
    yield from holders.items()
