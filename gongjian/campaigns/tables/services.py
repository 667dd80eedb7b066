"""Setting targets from a table that was read: each cell for itself, so that a wrong one keeps no other out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.campaigns.agreement.notices_to_sides import take_back, tell_offered
from gongjian.campaigns.models import Battle, Campaign, Target
from gongjian.campaigns.targets.services import add_target, change_target
from gongjian.indicators.models import Indicator
from gongjian.indicators.reading.cells import Cell, Place
from gongjian.people.models import Account, Area


@dataclass
class TableResult:
    """What became of the cells: targets that are new, changed, as they were, and those refused with the reason."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[tuple[Place, str]] = field(default_factory=list)

    def count(self, what: str) -> None:
        """One more cell that is new, changed or same."""
        setattr(self, what, getattr(self, what) + 1)


@dataclass(frozen=True)
class Slot:
    """Where an amount of the table belongs; no battle where none is measured by the indicator."""

    battle: Battle | None
    indicator: Indicator
    area: Area
    year: int
    horizon: str


@transaction.atomic
def enter_targets(
    campaign: Campaign,
    cells: Sequence[Cell],
    *,
    year: int,
    horizon: str,
    reason: str,
    by: Account,
    at: datetime,
) -> TableResult:
    """Set or change a target for each cell, wider areas first; the battle is the one that is measured by the indicator.

    Each holder is told once of all that is new or changed for it.
    """
    found = TableResult()
    battles: dict[int, Battle] = {}
    for battle in campaign.battles.prefetch_related("indicators"):
        for one in battle.indicators.all():
            battles.setdefault(one.pk, battle)
    areas = Area.objects.in_bulk([cell.area for cell in cells])
    indicators = Indicator.objects.in_bulk([cell.indicator for cell in cells])
    told: dict[str, list[Target]] = {"new": [], "changed": [], "same": []}
    for cell in sorted(cells, key=lambda cell: areas[cell.area].depth):
        slot = Slot(battles.get(cell.indicator), indicators[cell.indicator], areas[cell.area], year, horizon)
        try:
            _check_no_month(cell, year)
            with transaction.atomic():
                what, row = _enter(slot, cell.value, reason=reason, by=by, at=at)
            told[what].append(row)
            found.count(what)
        except Refused as refused:
            found.refused.append((cell.place, refused.sentence))
    take_back(told["changed"], by=by, at=at)
    tell_offered([*told["new"], *told["changed"]], by=by, at=at)
    return found


def _check_no_month(cell: Cell, year: int) -> None:
    if cell.month != date(year, 12, 1):
        raise Refused(_("表里写了月份。目标按时段下达，请去掉月份，在页面上选时段。"))


def _enter(slot: Slot, value: Decimal, *, reason: str, by: Account, at: datetime) -> tuple[str, Target]:
    """Set, change or leave the target of one cell; returns which, and the target."""
    if slot.battle is None:
        said = {"indicator": slot.indicator}
        raise Refused(_("没有攻坚战用指标%(indicator)s。请先在攻坚战里加上它。") % said)
    span = {"year": slot.year, "horizon": slot.horizon}
    rows = Target.objects.filter(battle=slot.battle, indicator=slot.indicator, area=slot.area, **span)
    row = rows.filter(unit=None, withdrawn_at=None).first()
    if row is None:
        row = add_target(
            slot.battle,
            indicator=slot.indicator,
            area=slot.area,
            year=slot.year,
            horizon=slot.horizon,
            value=value,
            tell=False,
            by=by,
            at=at,
        )
        return "new", row
    if row.value == value:
        return "same", row
    return "changed", change_target(row, value=value, reason=reason, tell=False, by=by, at=at)
