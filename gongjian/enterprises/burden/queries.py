"""The burden ledger (减负账): how much was asked of whom, by which body, and how much of it was already known."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from gongjian.enterprises.models import Asking
from gongjian.people.models import Account
from gongjian.people.queries import sight
from gongjian.people.states import Role

MOST_ROWS = 20
SUMS = {
    "askings": Count("pk"),
    "total_questions": Sum("questions"),
    "total_minutes": Sum("minutes"),
    "total_prefilled": Sum("prefilled"),
}


def visible_to(account: Account) -> QuerySet[Asking]:
    """The askings an account may see: of its areas; a handler's of its unit; a firm's of the firm itself."""
    if account.role == Role.HANDLER:
        return Asking.objects.filter(unit=account.unit_id or 0)
    if account.role == Role.ENTERPRISE:
        return Asking.objects.filter(enterprise__accounts__account=account)
    return Asking.objects.filter(sight(account))


def asked_between(rows: QuerySet[Asking], first: date | None, last: date | None) -> QuerySet[Asking]:
    """The askings from `first` to `last`, both included; None leaves that end open."""
    if first:
        rows = rows.filter(on__gte=first)
    return rows.filter(on__lte=last) if last else rows


@dataclass(frozen=True)
class Load:
    """How much one body asked, or one firm or unit was asked, or was asked in one month.

    `prefilled` is the number of questions whose answers were already known; `first` and `last` are the days of a month that count.
    """

    name: str
    key: str
    askings: int
    questions: int
    minutes: int
    prefilled: int
    first: date | None = None
    last: date | None = None

    @property
    def hours(self) -> int:
        """Person-hours, rounded up."""
        return -(-self.minutes // 60)

    @property
    def prefilled_percent(self) -> int:
        """The percentage of questions whose answers were already known, rounded down."""
        return self.prefilled * 100 // self.questions if self.questions else 0


@dataclass(frozen=True)
class Burden:
    """The burden of all askings, by month, by asking body, by unit and by firm.

    `overridden` is the number of askings repeated although the answer was known, with a reason.
    """

    total: Load
    months: tuple[Load, ...]
    askers: tuple[Load, ...]
    units: tuple[Load, ...]
    firms: tuple[Load, ...]
    overridden: int


def burden_summary(rows: QuerySet[Asking], *, first: date | None = None, last: date | None = None) -> Burden:
    """The burden of these askings (of these days), in six queries. Bodies and firms are named, never persons."""
    askings = rows.order_by()
    totals = askings.aggregate(**SUMS)
    months = _loads(askings.annotate(month=TruncMonth("on")), "month", "month")
    return Burden(
        total=_load("", "", totals),
        months=tuple(
            _of_month(load, first or date.min, last or date.max)
            for load in sorted(months, key=lambda load: load.name)[-12:]
        ),
        askers=_largest(_loads(askings, "asked_by", "asked_by")),
        units=_largest(_loads(askings.filter(unit__isnull=False), "unit__name", "unit")),
        firms=_largest(_loads(askings.filter(enterprise__isnull=False), "enterprise__name", "enterprise")),
        overridden=askings.exclude(reason="").count(),
    )


def _of_month(load: Load, first: date, last: date) -> Load:
    begins = date.fromisoformat(load.key)
    ends = begins.replace(day=monthrange(begins.year, begins.month)[1])
    return replace(load, name=load.name[:7], first=max(begins, first), last=min(ends, last))


def _loads(rows: QuerySet[Any], name: str, key: str) -> list[Load]:
    grouped = rows.values(*{name, key}).annotate(**SUMS)
    return [_load(str(row[name]), str(row[key]), row) for row in grouped]


def _load(name: str, key: str, sums: Mapping[str, Any]) -> Load:
    asked, questions, minutes, prefilled = (sums[part] or 0 for part in SUMS)
    return Load(name, key, asked, questions, minutes, prefilled)


def _largest(loads: list[Load]) -> tuple[Load, ...]:
    return tuple(sorted(loads, key=lambda load: (-load.questions, load.name))[:MOST_ROWS])
