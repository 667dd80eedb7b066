"""Setting, changing and withdrawing targets."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import changed
from gongjian.audit.services import WhatHappened, record, record_together
from gongjian.campaigns import perms
from gongjian.campaigns.agreement.moves import make_move
from gongjian.campaigns.agreement.notices_to_sides import take_back, tell_offered
from gongjian.campaigns.events import CampaignEvent
from gongjian.campaigns.models import Battle, Target
from gongjian.campaigns.states import Horizon, MoveKind, Side, TargetState
from gongjian.indicators.models import Indicator
from gongjian.people.models import Account, Area, Person, Unit

DIGITS = Decimal("0.0001")
LARGEST = Decimal(10) ** 15
YEARS = range(2000, 2100)


@transaction.atomic
def add_target(
    battle: Battle,
    *,
    indicator: Indicator,
    area: Area,
    year: int,
    horizon: str,
    value: Decimal,
    unit: Unit | None = None,
    responsible_person: Person | None = None,
    tell: bool = True,
    by: Account,
    at: datetime,
) -> Target:
    """Set the target of an area, or of a unit of it, as the first offer of its agreement, and tell who holds it.

    Its parent is the target of the area above, or for a unit of its area; only the campaign's own area has none. Who sets many
    does not let each be told here, and tells of all of them at once.
    """
    perms.check_set_target(by, area, unit)
    value = checked_value(value)
    _check_year(year)
    if not battle.indicators.filter(pk=indicator.pk).exists():
        said = {"battle": battle, "indicator": indicator}
        raise Refused(_("%(battle)s没有指标%(indicator)s。请先在攻坚战里加上它。") % said, field="indicator")
    if unit is not None and unit.area_id != area.pk:
        raise Refused(_("承接单位不在%(area)s。请选当地的单位。") % {"area": area}, field="unit")
    alike = Target.objects.filter(
        battle=battle, indicator=indicator, year=year, horizon=Horizon(horizon), withdrawn_at=None
    )
    if alike.filter(area=area, unit=unit).exists():
        raise Refused(_("这个目标已经下达。请打开它修改。"), field="value")
    parent = _parent_among(alike, battle, area=area, unit=unit)
    target = Target.objects.create(
        battle=battle,
        indicator=indicator,
        year=year,
        horizon=Horizon(horizon),
        area=area,
        unit=unit,
        value=value,
        parent=parent,
        responsible_person=responsible_person or (battle.responsible_person if parent is None else None),
        set_at=at,
    )
    offer(target, value, by=by, at=at)
    record_set([target], by=by, at=at)
    if tell:
        tell_offered([target], by=by, at=at)
    return target


def _check_year(year: int) -> None:
    if year not in YEARS:
        raise Refused(_("年份不对。请写四位数的年份。"), field="year")


def record_set(targets: Iterable[Target], *, by: Account, at: datetime) -> None:
    """Record that targets were set, an event for each."""
    happened = [
        WhatHappened(
            CampaignEvent.TARGET_SET, row, {"target": str(row), "value": f"{row.value.normalize():f}"}
        )
        for row in targets
    ]
    record_together(happened, by=by, at=at)


def _parent_among(alike: QuerySet[Target], battle: Battle, *, area: Area, unit: Unit | None) -> Target | None:
    """The target this one is a part of; raises Refused where it is missing, and for an area that ended."""
    if area.ended_on is not None:
        raise Refused(
            _("%(area)s已经撤并，不能再下达目标。请选合并后的地区。") % {"area": area}, field="area"
        )
    if unit is None and area.pk == battle.campaign.area_id:
        return None
    path = area.path if unit is not None else area.path[: -Area.steplen]
    above = Area.objects.filter(path=path).first()
    found = alike.filter(area=above, unit=None).first()
    if found is None:
        raise Refused(_("%(area)s还没有这个目标。请先下达上一级的目标。") % {"area": above}, field="area")
    return found


def offer(target: Target, value: Decimal, *, by: Account, at: datetime) -> None:
    """Write down an amount named by the level above; the campaign's own target is agreed with itself. The caller tells of it."""
    make_move(target, MoveKind.PROPOSED, side=Side.ABOVE, amount=value, by=by, at=at)
    if target.parent_id is None:
        make_move(target, MoveKind.AGREED, side=Side.BELOW, by=by, at=at)


def checked_value(value: Decimal) -> Decimal:
    """The amount of a target; raises Refused for what is none."""
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Refused(_("目标值太大或不是数字。请核对。"), field="value")
    if value != value.quantize(DIGITS):
        raise Refused(_("目标值最多四位小数。请四舍五入后再填。"), field="value")
    return value


def lock_target(target: Target) -> Target:
    """The target as it stands, locked; raises Refused for one that was withdrawn."""
    rows = Target.objects.select_for_update(of=("self",)).select_related(
        "area", "indicator", "unit", "battle"
    )
    row = rows.get(pk=target.pk)
    if row.withdrawn_at is not None:
        raise Refused(_("这个目标已经撤销。请刷新页面。"))
    return row


@transaction.atomic
def change_target(
    target: Target, *, value: Decimal, reason: str, tell: bool = True, by: Account, at: datetime
) -> Target:
    """Name another amount for a target (调整目标): the holder is asked anew, and what was agreed stays in force until it answers.

    Who changes many does not let each be told here, and tells of all of them at once.
    """
    row = lock_target(target)
    perms.check_set_target(by, row.area, row.unit)
    reason = required_text(reason, _("请写调整理由。"), field="reason")
    value, old = checked_value(value), row.value
    if value == old:
        raise Refused(_("目标值没有变化。请写新的目标值。"), field="value")
    if row.state in (TargetState.AGREED, TargetState.SIGNED):
        make_move(row, MoveKind.REOPENED, side=Side.ABOVE, reason=reason, by=by, at=at)
    offer(row, value, by=by, at=at)
    record(
        CampaignEvent.TARGET_CHANGED,
        subject=row,
        by=by,
        at=at,
        target=str(row),
        old=f"{old.normalize():f}",
        value=f"{value:f}",
        reason=reason,
        **changed(row, {"value": old}, {"value": row.value}),
    )
    if tell:
        take_back([row], by=by, at=at)
        tell_offered([row], by=by, at=at)
    return row


@transaction.atomic
def withdraw_target(target: Target, *, reason: str, by: Account, at: datetime) -> Target:
    """Withdraw a target that was set by mistake (撤销目标); it stays in the history. Refused while parts hang on it."""
    row = lock_target(target)
    perms.check_set_target(by, row.area, row.unit)
    reason = required_text(reason, _("请写撤销理由。"), field="reason")
    if row.children.filter(withdrawn_at=None).exists():
        raise Refused(_("下级还有分解的目标。请先撤销下级的目标。"))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    take_back([row], by=by, at=at)
    record(CampaignEvent.TARGET_WITHDRAWN, subject=row, by=by, at=at, target=str(row), reason=reason)
    return row
