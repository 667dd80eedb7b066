"""Reading the burden ledger (减负账): how much was asked of whom, by which body, how much was known before."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from gongjian.enterprises.models import Asking
from gongjian.people.models import Account
from gongjian.people.queries import sight
from gongjian.people.states import Role

MOST = 20
SUMS = {
    "askings": Count("pk"),
    "total_questions": Sum("questions"),
    "total_minutes": Sum("minutes"),
    "total_prefilled": Sum("prefilled"),
}


def visible_to(account: Account) -> QuerySet[Asking]:
    """By subtree; a handler what was asked of the own unit; a firm what was asked of itself."""
    if account.role == Role.HANDLER:
        return Asking.objects.filter(unit=account.unit_id or 0)
    if account.role == Role.ENTERPRISE:
        return Asking.objects.filter(enterprise__accounts__account=account)
    return Asking.objects.filter(sight(account))


def between(rows: QuerySet[Asking], first: date | None, last: date | None) -> QuerySet[Asking]:
    """Asked on these days, both included."""
    if first:
        rows = rows.filter(on__gte=first)
    return rows.filter(on__lte=last) if last else rows


@dataclass(frozen=True)
class Load:
    """Questions, minutes and what was known before, of one body, firm or month."""

    name: str
    key: str
    askings: int
    questions: int
    minutes: int
    prefilled: int

    @property
    def hours(self) -> int:
        """Person-hours, rounded up."""
        return -(-self.minutes // 60)

    @property
    def prefilled_percent(self) -> int:
        """Share of the questions that were filled in before."""
        return self.prefilled * 100 // self.questions if self.questions else 0


@dataclass(frozen=True)
class Burden:
    """The whole page."""

    total: Load
    months: tuple[Load, ...]
    askers: tuple[Load, ...]
    units: tuple[Load, ...]
    firms: tuple[Load, ...]
    overridden: int


def burden(rows: QuerySet[Asking]) -> Burden:
    """Per month, per asking body, per unit and per firm asked: six queries. No person appears."""
    plain = rows.order_by()
    whole = plain.aggregate(**SUMS)
    months = _loads(plain.annotate(month=TruncMonth("on")), "month", "month")
    return Burden(
        total=Load("", "", *(whole[name] or 0 for name in SUMS)),
        months=tuple(
            replace(one, name=one.name[:7]) for one in sorted(months, key=lambda one: one.name)[-12:]
        ),
        askers=_most(_loads(plain, "asked_by", "asked_by")),
        units=_most(_loads(plain.filter(unit__isnull=False), "unit__name", "unit")),
        firms=_most(_loads(plain.filter(enterprise__isnull=False), "enterprise__name", "enterprise")),
        overridden=plain.exclude(reason="").count(),
    )


def _loads(rows: QuerySet[Any], name: str, key: str) -> list[Load]:
    grouped = rows.values(*{name, key}).annotate(**SUMS)
    return [Load(str(row[name]), str(row[key]), *(row[part] for part in SUMS)) for row in grouped]


def _most(loads: list[Load]) -> tuple[Load, ...]:
    return tuple(sorted(loads, key=lambda one: (-one.questions, one.name))[:MOST])
