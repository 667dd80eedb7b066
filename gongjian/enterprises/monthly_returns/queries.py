"""The monthly figures of the firms an account sees, by sector and by area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
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
DIRECTLY = "-only"  # marks the key of an area that stands for itself alone
LONGEST_KEY = 18  # digits
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


@dataclass(frozen=True)
class Place:
    """Where firms are looked at: in an area and all below it, or `directly` in it alone."""

    area: Area
    directly: bool = False

    def __str__(self) -> str:
        return _("%(area)s本级") % {"area": self.area} if self.directly else str(self.area)

    @property
    def key(self) -> str:
        """How an address names it: the key of the area, with a mark where it stands for itself alone."""
        return f"{self.area.pk}{DIRECTLY if self.directly else ''}"

    def holds(self, area: Area) -> bool:
        """Whether a firm of this area lies there."""
        held: bool = area.pk == self.area.pk if self.directly else area.path.startswith(self.area.path)
        return held


def place_named(account: Account, key: str) -> Place | None:
    """The place of a key, if the account reads it."""
    number = key.removesuffix(DIRECTLY)
    if not (number.isdecimal() and len(number) <= LONGEST_KEY):
        return None
    area = Area.objects.filter(within(account.reads_area, ""), pk=int(number)).first()
    return Place(area, key.endswith(DIRECTLY)) if area else None


def expected_firms(account: Account, *, month: date, place: Place | None = None) -> QuerySet[Enterprise]:
    """The firms that report: those in sight with any monthly figure of the month or of the months before it."""
    since = add_months(month, -sector_table().expected_months)
    told = Fact.objects.filter(enterprise=OuterRef("pk"), period__gte=since, period__lte=month, **_MONTHLY)
    rows = visible_to(account).filter(Exists(told))
    if place is None:
        return rows
    return rows.filter(Q(area=place.area) if place.directly else within(place.area))


def firms_in_month(
    account: Account, *, month: date, today: date, place: Place | None = None
) -> list[FirmMonth]:
    """Each firm that reports, with its figures of the month and of a year before, in the order of areas and names."""
    rows = expected_firms(account, month=month, place=place)
    now, before = (period_mark(day, PeriodKind.MONTH) for day in (month, add_months(month, -YEAR)))
    keys = [f"{key}@{mark}" for mark in (now, before) for key in KEYS]
    table = facts_table(rows, keys, today=today)
    row, sectors = {pk: n for n, pk in enumerate(table.pks)}, sector_table()

    def of(pk: int, mark: str) -> dict[str, float | None]:
        return {key: table.columns[f"{key}@{mark}"][row[pk]] for key in KEYS}

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
        if firm.pk in row
    ]


def month_of_firms(account: Account, *, month: date, today: date, place: Place | None = None) -> MonthOfFirms:
    """What the firms in sight add up to in a month: together, by sector of the list, by county or township."""
    firms, table = firms_in_month(account, month=month, today=today, place=place), sector_table()

    def of(label: Any, key: str, wanted: Callable[[FirmMonth], bool]) -> Totals:
        return totals(label, key, filter(wanted, firms), month=month, full_load=table.full_load)

    sectors = [
        of(name, key, lambda firm, key=key: firm.sector == key)  # type: ignore[misc]
        for key, name in sector_names(table).items()
    ]
    parts = _parts(place.area if place else account.reads_area, firms)
    areas = [of(str(part), part.key, lambda firm, part=part: part.holds(firm.area)) for part in parts]  # type: ignore[misc]
    return MonthOfFirms(
        month,
        of(_("合计"), "", lambda _firm: True),
        tuple(group for group in sectors if group.firms),
        tuple(group for group in areas if group.firms),
    )


def _parts(top: Area | None, firms: Sequence[FirmMonth]) -> list[Place]:
    """The areas directly below the one looked at, before them those of firms that lie in none of these, each for itself alone."""
    below = sorted(Area.objects.get_children(top), key=lambda one: (one.order, one.path)) if top else []
    held = tuple(one.path for one in below)
    own = {firm.area.pk: firm.area for firm in firms if not firm.area.path.startswith(held)}
    return [*(Place(one, directly=True) for one in own.values()), *map(Place, below)]


def sector_names(table: SectorTable) -> dict[str, str]:
    """Key -> name of each sector in the reader's language, what is left over last."""
    return {one.key: _(one.name) for one in table.sectors} | {OTHER: _("其他行业")}
