"""Queries of firms: those an account may see, search by name, facts of several sources side by side."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Replace

from gongjian.engines.reports.script import as_simplified
from gongjian.engines.writing.folding import fold_code, fold_name
from gongjian.enterprises.models import Enterprise, Fact, Pairing
from gongjian.people.folded_names import beginning, called, containing
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role

TAIL = 4  # least characters of the end of a credit code that find its firm


def visible_to(account: Account) -> QuerySet[Enterprise]:
    """The firms an account may see, without merged ones.

    Those of its areas; for a service officer also paired firms; for a firm only itself.
    """
    rows = Enterprise.objects.filter(merged_into__isnull=True)
    if account.role == Role.ENTERPRISE:
        return rows.filter(accounts__account=account)
    area = within(account.reads_area)
    if account.role == Role.OFFICER and account.person_id:
        paired = Pairing.objects.filter(person=account.person_id, until__isnull=True).values("enterprise")
        return rows.filter(area | Q(pk__in=paired))
    return rows.filter(area)


def matching_firms(rows: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """The firms found by name, short name, pinyin initials or credit code (or its end); exact matches first, then prefixes."""
    text = text.replace("\0", "").strip()
    if not text:
        return rows
    low, code = text.lower(), fold_code(text)
    exact = called(text) | Q(credit_code=code)
    prefix = beginning(text) | Q(initials__startswith=low)
    inside = containing(text)
    if text.isascii():
        prefix |= Q(initials__contains=f" {low}")  # initials hold the short name's, then the name's
        inside |= Q(initials__contains=low)
        if len(code) >= TAIL:
            inside |= Q(credit_code__endswith=code)
    order = Case(
        When(exact, then=Value(0)), When(prefix, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    return rows.filter(exact | prefix | inside).annotate(nearness=order).order_by("nearness", "pk")


def search_firms(text: str, *, account: Account, limit: int = 20) -> QuerySet[Enterprise]:
    """The first firms that match, for suggestions while typing."""
    return matching_firms(visible_to(account), text)[:limit]


def firms_called(name: str, *, but: Enterprise | None = None) -> QuerySet[Enterprise]:
    """The firms, anywhere and without merged ones, that may be meant by this name: to ask about, not to match by.

    Besides the writings that always count as one, brackets may be missing (华星（集团） and 华星集团) and the name may stand in
    traditional script.
    """
    bare = Replace(Replace("folded", Value("("), Value("")), Value(")"), Value(""))
    asked = Q(pk__in=[])
    for written in {fold_name(name), fold_name(as_simplified(name))} - {""}:
        asked |= Q(bare__contains=f" {written.replace('(', '').replace(')', '')} ")
    rows = (
        Enterprise.objects.filter(merged_into__isnull=True)
        .alias(bare=bare)
        .filter(asked)
        .select_related("area")
    )
    return rows.exclude(pk=but.pk) if but is not None and but.pk else rows


@dataclass(frozen=True)
class FactValues:
    """The values all sources give of one fact in one period, latest recorded first; no value means unknown."""

    key: str
    period_kind: str
    period: date
    facts: tuple[Fact, ...]

    @property
    def differs(self) -> bool:
        """Whether the sources give different values."""
        return len({(fact.value, fact.text) for fact in self.facts}) > 1


def facts_side_by_side(enterprise: Enterprise, *, since: date) -> list[FactValues]:
    """The facts of periods from `since` on, by key, then latest period first."""
    rows = enterprise.facts.filter(period__gte=since).order_by(
        "key", "period_kind", "-period", "-recorded_at", "-pk"
    )
    return [
        FactValues(key, kind, period, tuple(facts))
        for (key, kind, period), facts in groupby(rows, key=lambda f: (f.key, f.period_kind, f.period))
    ]


def current_pairings(enterprise: Enterprise, *, today: date) -> QuerySet[Pairing]:
    """The pairings in force on `today`."""
    return enterprise.pairings.filter(Q(until__isnull=True) | Q(until__gte=today)).select_related("person")


def paired_with(person: int, *, today: date) -> Q:
    """Condition: firms paired with a person, as leader or service officer, on `today`."""
    held = Pairing.objects.filter(Q(until__isnull=True) | Q(until__gte=today), person=person)
    return Q(pk__in=held.values("enterprise"))
