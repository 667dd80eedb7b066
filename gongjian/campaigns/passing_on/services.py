"""Saving the parts of a target as targets of the areas or units below."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.campaigns import perms
from gongjian.campaigns.agreement.notices_to_sides import take_back, tell_offered
from gongjian.campaigns.models import Target, TargetMove
from gongjian.campaigns.states import MoveKind, Side, TargetState
from gongjian.campaigns.targets.services import change_target, checked_value, lock_target, record_set
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import children

Holder = Area | Unit


@dataclass(frozen=True)
class PassedOn:
    """What passing a target on came to: targets that are new, that got another amount, that stayed as they were."""

    new: int
    changed: int
    same: int


@transaction.atomic
def pass_on(
    target: Target, parts: Mapping[Holder, Decimal], *, reason: str = "", by: Account, at: datetime
) -> PassedOn:
    """Pass a target on (分解下达): each area directly below, or unit of the area, gets its part as an offer.

    A part that stands already is changed for the `reason`; parts that are not named stay as they are. What the parts lack of the
    target is the target's gap, and its owner's. Each holder is told once.
    """
    row = lock_target(target)
    perms.check_pass_on(by, row)
    _check_holders(row, parts)
    amounts = {holder: checked_value(value) for holder, value in parts.items()}
    standing = {(part.area_id, part.unit_id): part for part in row.children.filter(withdrawn_at=None)}
    new: list[Target] = []
    changed: list[Target] = []
    for holder, value in amounts.items():
        part = standing.get(_key_of(holder))
        if part is None:
            new.append(_part(row, holder, value, at=at))
        elif part.value != value:
            changed.append(change_target(part, value=value, reason=reason, tell=False, by=by, at=at))
    take_back(changed, by=by, at=at)
    tell_offered([*_create(new, by=by, at=at), *changed], by=by, at=at)
    return PassedOn(len(new), len(changed), len(amounts) - len(new) - len(changed))


def _key_of(holder: Holder) -> tuple[int, int | None]:
    return (holder.area_id, holder.pk) if isinstance(holder, Unit) else (holder.pk, None)


def _check_holders(target: Target, parts: Mapping[Holder, Decimal]) -> None:
    """Refuse areas that do not lie directly below, and units of other areas."""
    below = {area.pk for area in children(target.area)}
    for holder in parts:
        fits = holder.area_id == target.area_id if isinstance(holder, Unit) else holder.pk in below
        if not fits:
            raise Refused(
                _("%(holder)s不在%(area)s之下。请重新选择。") % {"holder": holder, "area": target.area}
            )


def _part(parent: Target, holder: Holder, value: Decimal, *, at: datetime) -> Target:
    area, unit = (holder.area, holder) if isinstance(holder, Unit) else (holder, None)
    return Target(
        battle=parent.battle,
        indicator=parent.indicator,
        area=area,
        unit=unit,
        year=parent.year,
        horizon=parent.horizon,
        value=value,
        parent=parent,
        state=TargetState.PROPOSED,
        set_at=at,
    )


def _create(targets: list[Target], *, by: Account, at: datetime) -> list[Target]:
    """Write new parts with their first offer and their events, however many there are."""
    rows = Target.objects.bulk_create(targets)
    TargetMove.objects.bulk_create(
        TargetMove(
            target=row,
            kind=MoveKind.PROPOSED,
            side=Side.ABOVE,
            amount=row.value,
            made_by=by,
            made_at=at,
        )
        for row in rows
    )
    record_set(rows, by=by, at=at)
    return list(rows)
