"""Reading firms: who sees which, search, facts side by side."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from gongjian.enterprises.models import Enterprise, Fact, Pairing
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role

TAIL = 4  # characters of a credit code from which its end finds the firm


def visible_to(account: Account) -> QuerySet[Enterprise]:
    """By subtree; a service officer also sees the firms paired with him; a firm sees itself. Merged firms are gone."""
    rows = Enterprise.objects.filter(merged_into__isnull=True)
    if account.role == Role.ENTERPRISE:
        return rows.filter(accounts__account=account)
    area = within(account.reads_area)
    if account.role == Role.OFFICER and account.person_id:
        paired = Pairing.objects.filter(person=account.person_id, until__isnull=True).values("enterprise")
        return rows.filter(area | Q(pk__in=paired))
    return rows.filter(area)


def matching(rows: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """By name, short name, pinyin initials or code (its tail too); exact before prefix before contained."""
    text = text.replace("\0", "").strip()
    if not text:
        return rows
    low, code = text.lower(), text.upper()
    exact = Q(name=text) | Q(short_name=text) | Q(credit_code=code)
    prefix = Q(name__startswith=text) | Q(short_name__startswith=text) | Q(initials__startswith=low)
    inside = Q(name__icontains=text) | Q(short_name__icontains=text)
    if text.isascii():
        prefix |= Q(initials__contains=f" {low}")  # initials hold the short name's, then the name's
        inside |= Q(initials__contains=low)
        if len(text) >= TAIL:
            inside |= Q(credit_code__endswith=code)
    order = Case(
        When(exact, then=Value(0)), When(prefix, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    return rows.filter(exact | prefix | inside).annotate(nearness=order).order_by("nearness", "pk")


def find(text: str, *, account: Account, limit: int = 20) -> QuerySet[Enterprise]:
    """The first firms that match, for type-ahead."""
    return matching(visible_to(account), text)[:limit]


@dataclass(frozen=True)
class FactValues:
    """One key in one period: the values of all sources, latest recorded first; none means unknown."""

    key: str
    period_kind: str
    period: date
    facts: tuple[Fact, ...]

    @property
    def differs(self) -> bool:
        """Two sources, two values."""
        return len({(fact.value, fact.text) for fact in self.facts}) > 1


def facts_side_by_side(enterprise: Enterprise, *, since: date) -> list[FactValues]:
    """What is known from a day on, by key, then latest period first."""
    rows = enterprise.facts.filter(period__gte=since).order_by(
        "key", "period_kind", "-period", "-recorded_at", "-pk"
    )
    return [
        FactValues(key, kind, period, tuple(facts))
        for (key, kind, period), facts in groupby(rows, key=lambda f: (f.key, f.period_kind, f.period))
    ]


def current_pairings(enterprise: Enterprise, *, today: date) -> QuerySet[Pairing]:
    """Pairings in force."""
    return enterprise.pairings.filter(Q(until__isnull=True) | Q(until__gte=today)).select_related("person")
