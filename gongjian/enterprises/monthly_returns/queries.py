"""The monthly figures of the firms an account sees, by sector and by area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.workdays.calendar import add_months
from gongjian.enterprises.facts.wording import period_mark
from gongjian.enterprises.facts_for_rules.queries import facts_table
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.enterprises.monthly_returns.rules import (
    OTHER,
    FirmMonth,
    SectorTable,
    Totals,
    sector_table,
    totals,
)
from gongjian.enterprises.monthly_returns.vocabulary import KEYS
from gongjian.enterprises.queries import visible_to
from gongjian.enterprises.states import PeriodKind
from gongjian.people.models import Account, Area
from gongjian.people.queries import within

YEAR = 12  # months
_MONTHLY: dict[str, Any] = {"period_kind": PeriodKind.MONTH, "key__in": KEYS}


@dataclass(frozen=True)
class MonthOfFirms:
    """The firms expected to report a month, together, by sector and by area; groups without a firm are left out."""

    month: date
    whole: Totals
    sectors: tuple[Totals, ...]
    areas: tuple[Totals, ...]

    @property
    def by_sector(self) -> tuple[Totals, ...]:
        """All firms together, then each sector."""
        return (self.whole, *self.sectors)


def latest_month_reported(account: Account) -> date | None:
    """The latest month of which a firm in sight has reported anything."""
    known = Fact.objects.filter(enterprise__in=visible_to(account).order_by(), **_MONTHLY)
    last: date | None = known.aggregate(last=Max("period"))["last"]
    return last


def expected_firms(account: Account, *, month: date, area: Area | None = None) -> QuerySet[Enterprise]:
    """The firms that report: those in sight with any monthly figure of the month or of the months before it."""
    since = add_months(month, -sector_table().expected_months)
    told = Fact.objects.filter(enterprise=OuterRef("pk"), period__gte=since, period__lte=month, **_MONTHLY)
    rows = visible_to(account)
    return (rows.filter(within(area)) if area else rows).filter(Exists(told))


def firms_in_month(
    account: Account, *, month: date, today: date, area: Area | None = None
) -> list[FirmMonth]:
    """Each firm that reports, with its figures of the month and of a year before, in the order of areas and names."""
    rows = expected_firms(account, month=month, area=area)
    now, before = (period_mark(day, PeriodKind.MONTH) for day in (month, add_months(month, -YEAR)))
    keys = [f"{key}@{mark}" for mark in (now, before) for key in KEYS]
    table = facts_table(rows, keys, today=today)
    place, sectors = {pk: n for n, pk in enumerate(table.pks)}, sector_table()

    def of(pk: int, mark: str) -> dict[str, float | None]:
        return {key: table.columns[f"{key}@{mark}"][place[pk]] for key in KEYS}

    return [
        FirmMonth(
            firm.pk,
            firm.name,
            firm.area,
            sectors.sector_of(firm.industry_code),
            of(firm.pk, now),
            of(firm.pk, before),
        )
        for firm in rows.select_related("area").order_by("area__path", "name", "pk")
        if firm.pk in place
    ]


def month_of_firms(account: Account, *, month: date, today: date, area: Area | None = None) -> MonthOfFirms:
    """What the firms in sight add up to in a month: together, by sector of the list, by county or township."""
    firms, table = firms_in_month(account, month=month, today=today, area=area), sector_table()

    def of(label: Any, key: str, wanted: Callable[[FirmMonth], bool]) -> Totals:
        return totals(label, key, filter(wanted, firms), month=month, full_load=table.full_load)

    sectors = [
        of(name, key, lambda firm, key=key: firm.sector == key)  # type: ignore[misc]
        for key, name in sector_names(table).items()
    ]
    parts = _parts(account, area, firms)
    areas = [
        of(one, str(one.pk), lambda firm, one=one: firm.area.path.startswith(one.path))  # type: ignore[misc]
        for one in parts
    ]
    return MonthOfFirms(
        month,
        of(_("合计"), "", lambda _firm: True),
        tuple(group for group in sectors if group.firms),
        tuple(group for group in areas if group.firms),
    )


def _parts(account: Account, area: Area | None, firms: Sequence[FirmMonth]) -> list[Area]:
    """The areas directly below the one looked at; firms that lie in none of them stand under their own."""
    top = area or account.reads_area
    below = sorted(Area.objects.get_children(top), key=lambda one: (one.order, one.path)) if top else []
    held = tuple(one.path for one in below)
    own = {firm.area.pk: firm.area for firm in firms if not firm.area.path.startswith(held)}
    return [*own.values(), *below]


def sector_names(table: SectorTable) -> dict[str, str]:
    """Key -> name of each sector in the reader's language, what is left over last."""
    return {one.key: _(one.name) for one in table.sectors} | {OTHER: _("其他行业")}
