"""What is known of firms as rules use it (政策口径): fields of the register and facts of the source that counts.

An unknown value is a missing key or None, never zero. Column names: 营业收入@2026-03, 营业收入@2026Q1, 营业收入@2026;
a fact without periods and a field of the register have their key as name.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, FloatField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from gongjian.enterprises.facts.catalogue import DATE, FLAG, all_facts
from gongjian.enterprises.facts.wording import period_mark
from gongjian.enterprises.models import Enterprise, Fact, FactDecision, Pairing, Qualification
from gongjian.enterprises.source_conflicts.rules import ChosenValue, SourceValue, choose_value
from gongjian.enterprises.states import PairingKind, PeriodKind
from gongjian.enterprises.vocabulary import CHECKED, PAIRED, REGISTER, STATUS, TITLES
from gongjian.people.models import Tenure

FIELDS = ("pk", "industry_code", "founded_on", "status", "above_designated_size", "area__stat_code", "chain")
CHECKED_LIST = Exists(Fact.objects.filter(enterprise=OuterRef("pk"), key=CHECKED, value=1))
DIVISION, GROUP = 2, 3  # digits of an industry code
Place = tuple[int, str, str, date]  # firm, key, kind of period, first day


@dataclass(frozen=True)
class SourceConflict:
    """Sources that give different values (`words`) of one fact, not yet decided; `used` counts in the meantime."""

    key: str
    period_kind: str
    period: date
    used: SourceValue
    words: tuple[SourceValue, ...]


@dataclass(frozen=True)
class FirmFacts:
    """One firm: column name -> value (Decimal, bool, str, date, frozenset of titles), and its undecided conflicts."""

    values: dict[str, Any]
    conflicts: tuple[SourceConflict, ...]


@dataclass
class FactsTable:
    """Many firms: their keys in order, and columns in the same order (float, bool, str, date, frozenset, None)."""

    pks: list[int]
    columns: dict[str, list[Any]] = field(default_factory=dict)
    conflicting: set[int] = field(default_factory=set)


def facts_of(firm: Enterprise, *, today: date) -> FirmFacts:
    """Everything known of one firm on `today`, in five queries."""
    rows = Fact.objects.filter(enterprise=firm)
    chosen = _chosen_values(rows, decisions=_decisions(Q(enterprise=firm)), exact=True)
    values: dict[str, Any] = {}
    since: dict[str, date] = {}
    conflicts = []
    for (_firm, key, kind, period), (choice, source_values) in chosen:
        name = key if kind == PeriodKind.DAY else f"{key}@{period_mark(period, kind)}"
        if period > today or period < since.get(name, date.min):
            continue  # in the future, or older than the value already chosen
        if choice.differs:
            conflicts.append(SourceConflict(key, kind, period, choice.source_value, source_values))
        values[name], since[name] = choice.source_value.value, period
    for name, column in _register_columns(Enterprise.objects.filter(pk=firm.pk), today=today).columns.items():
        if column[0] is not None:
            values[name] = column[0]
    return FirmFacts(values, tuple(conflicts))


def facts_table(rows: QuerySet[Enterprise], keys: Collection[str], *, today: date) -> FactsTable:
    """The columns `keys` (营业收入@2026-03, 成立日期, …) of all firms in `rows`, in five queries."""
    table = _register_columns(rows, today=today, keys=keys)
    place = {pk: n for n, pk in enumerate(table.pks)}
    wanted = _columns_wanted(keys)
    if not wanted or not place:
        return table
    for name in keys:
        table.columns.setdefault(name, [None] * len(table.pks))
    facts = Fact.objects.filter(_only_wanted(wanted), enterprise__in=rows.order_by().values("pk"))
    since: dict[tuple[int, str], date] = {}
    for (firm, key, kind, period), (choice, _words) in _chosen_values(
        facts, decisions=_decisions(), exact=False
    ):
        column = wanted.get((key, kind, None if kind == PeriodKind.DAY else period))
        if column is None or period > today or period < since.get((firm, column), date.min):
            continue
        since[firm, column] = period
        table.columns[column][place[firm]] = choice.source_value.value
        if choice.differs:
            table.conflicting.add(firm)
    return table


def _columns_wanted(keys: Iterable[str]) -> dict[tuple[str, str, date | None], str]:
    """The columns to fill: (key, kind of period, first day or None for the latest) -> name of the column."""
    wanted: dict[tuple[str, str, date | None], str] = {}
    for name in keys:
        key, _at, mark = name.partition("@")
        if mark:
            kind, period = read_period_mark(mark)
            wanted[key, kind, period] = name
        elif key in all_facts() and all_facts()[key].recorded:
            wanted[key, PeriodKind.DAY, None] = name
    return wanted


def read_period_mark(mark: str) -> tuple[PeriodKind, date]:
    """The kind and first day of 2026-03, 2026Q1, 2026 or 2026-03-31; ValueError for anything else."""
    if "Q" in mark:
        year, quarter = mark.split("Q")
        return PeriodKind.QUARTER, date(int(year), int(quarter) * 3 - 2, 1)
    parts = [int(part) for part in mark.split("-")]
    kind = (PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.DAY)[len(parts) - 1]
    return kind, date(*[*parts, 1, 1][:3])


def _only_wanted(wanted: dict[tuple[str, str, date | None], str]) -> Q:
    days = {period for _key, _kind, period in wanted if period is not None}
    narrow = Q(key__in={key for key, _kind, _period in wanted})
    return narrow & (Q(period__in=days) | Q(period_kind=PeriodKind.DAY))


def _decisions(only: Q | None = None) -> dict[Place, str]:
    rows = FactDecision.objects.filter(only or Q())
    decisions = rows.values_list("enterprise_id", "key", "period_kind", "period", "source")
    return {(firm, key, kind, period): source for firm, key, kind, period, source in decisions}


def _chosen_values(
    rows: QuerySet[Fact], *, decisions: dict[Place, str], exact: bool
) -> Iterator[tuple[Place, tuple[ChosenValue, tuple[SourceValue, ...]]]]:
    """Each place with the value that counts and those of all sources; numbers are Decimal if `exact`, else float."""
    if not exact:
        rows = rows.annotate(number=Cast("value", FloatField()))
    number = "value" if exact else "number"
    by_place: dict[Place, list[SourceValue]] = {}
    names = ("enterprise_id", "key", "period_kind", "period", number, "text", "source", "recorded_at", "pk")
    for firm, key, kind, period, value, text, source, at, pk in (
        rows.order_by().values_list(*names).iterator()
    ):
        source_value = SourceValue(value_of_kind(key, value, text), source, at, pk)
        by_place.setdefault((firm, key, kind, period), []).append(source_value)
    for place, source_values in by_place.items():
        yield place, (choose_value(source_values, decided=decisions.get(place)), tuple(source_values))


def value_of_kind(key: str, value: Decimal | float | None, text: str) -> Any:
    """A stored value in its Python type: bool for yes or no, date for dates, str for words."""
    entry = all_facts().get(key)
    kind = entry.kind if entry else ""
    if value is None:
        return date.fromisoformat(text) if kind == DATE else text
    return bool(value) if kind == FLAG else value


def _register_columns(
    rows: QuerySet[Enterprise], *, today: date, keys: Collection[str] | None = None
) -> FactsTable:
    """The columns that come from the register; all of them, or those named in `keys`."""
    names = all_facts() if keys is None else {k for k in keys if k in all_facts()}
    firms = list(rows.order_by("pk").values_list(*FIELDS, *([CHECKED_LIST] if TITLES in names else [])))
    table = FactsTable([firm[0] for firm in firms])
    for name, column in zip(
        REGISTER, zip(*(_register_values(firm) for firm in firms), strict=True), strict=False
    ):
        if name in names:
            table.columns[name] = list(column)
    if TITLES in names:
        checked = {firm[0] for firm in firms if firm[-1]}
        table.columns[TITLES] = _titles_held(rows, table.pks, checked, today)
    for name, holders in _firms_paired(rows, names, today):
        table.columns[name] = [pk in holders for pk in table.pks]
    return table


def _register_values(firm: tuple[Any, ...]) -> tuple[Any, ...]:
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


def _titles_held(
    rows: QuerySet[Enterprise], pks: list[int], checked: set[int], today: date
) -> list[frozenset[str] | None]:
    """The titles each firm holds today; None (unknown) where none was recorded and the list was not checked."""
    within = rows.order_by().values("pk")
    titles_by_firm: dict[int, set[str]] = {pk: set() for pk in checked}
    qualifications = Qualification.objects.filter(enterprise__in=within).order_by()
    for pk, name, since, until in qualifications.values_list(
        "enterprise_id", "name", "valid_from", "valid_to"
    ):
        titles = titles_by_firm.setdefault(pk, set())
        if (since is None or since <= today) and (until is None or until >= today):
            titles.add(name)
    return [frozenset(titles_by_firm[pk]) if pk in titles_by_firm else None for pk in pks]


def _firms_paired(
    rows: QuerySet[Enterprise], names: Collection[str], today: date
) -> Iterator[tuple[str, set[int]]]:
    """For each column of pairings, the firms paired today with a leader of the city or of a county."""
    wanted: dict[str | None, str] = {level: name for level, name in PAIRED.items() if name in names}
    if not wanted:
        return
    holders: dict[str, set[int]] = {name: set() for name in wanted.values()}
    tenures = Tenure.objects.filter(Q(until__isnull=True) | Q(until__gte=today), person=OuterRef("person"))
    level = tenures.order_by("post__order").values("post__unit__area__level")[:1]
    current = Pairing.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        kind=PairingKind.LEADER,
        enterprise__in=rows.order_by().values("pk"),
    )
    for firm, highest in current.order_by().values_list("enterprise_id", Subquery(level)):
        if name := wanted.get(highest):
            holders[name].add(firm)
    yield from holders.items()
