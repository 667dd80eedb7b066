"""The steps of the agreement on a target: each side names an amount or accepts the other's, then the letter is signed."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.campaigns import perms
from gongjian.campaigns.agreement.moves import make_move
from gongjian.campaigns.agreement.notices_to_sides import tell_agreed, tell_countered, tell_done
from gongjian.campaigns.events import CampaignEvent
from gongjian.campaigns.models import Target
from gongjian.campaigns.states import MoveKind, Side, TargetState
from gongjian.campaigns.targets.services import checked_value, lock_target
from gongjian.people.models import Account, Unit


@transaction.atomic
def counter(target: Target, *, value: Decimal, reason: str, by: Account, at: datetime) -> Target:
    """The holder names another amount, with its reason (提出异议); what was proposed stays in force until it is accepted."""
    row = lock_target(target)
    if perms.side_of(by, row) != Side.BELOW:
        raise Refused(_("由承接方提出异议。您可以直接调整目标值。"))
    reason = required_text(reason, _("请写理由。"), field="reason")
    value = checked_value(value)
    make_move(row, MoveKind.COUNTERED, side=Side.BELOW, amount=value, reason=reason, by=by, at=at)
    said = {"target": str(row), "value": f"{value:f}", "reason": reason}
    record(CampaignEvent.TARGET_COUNTERED, subject=row, by=by, at=at, **said)
    tell_countered(row, by=by, at=at)
    return row


@transaction.atomic
def accept(target: Target, *, by: Account, at: datetime) -> Target:
    """One side accepts the amount the other named last (认可)."""
    row = lock_target(target)
    side = _checked_side(by, row)
    make_move(row, MoveKind.AGREED, side=side, by=by, at=at)
    said = {"target": str(row), "value": f"{row.value.normalize():f}"}
    record(CampaignEvent.TARGET_AGREED, subject=row, by=by, at=at, **said)
    tell_agreed(row, side, by=by, at=at)
    return row


@transaction.atomic
def sign(target: Target, *, by: Account, at: datetime) -> Target:
    """Note that the letter of responsibility for an agreed target is signed (签订责任书)."""
    row = lock_target(target)
    side = _checked_side(by, row)
    make_move(row, MoveKind.SIGNED, side=side, by=by, at=at)
    said = {"target": str(row), "value": f"{row.value.normalize():f}"}
    record(CampaignEvent.TARGET_SIGNED, subject=row, by=by, at=at, **said)
    tell_done(row, by=by, at=at)
    return row


@transaction.atomic
def take_over_gap(target: Target, *, unit: Unit, by: Account, at: datetime) -> Target:
    """Note which unit answers for what the parts of a target lack (缺口承担单位)."""
    row = lock_target(target)
    perms.check_pass_on(by, row)
    if unit.area_id != row.area_id or unit.disabled_on is not None:
        raise Refused(_("缺口由当地在用的单位承担。请重新选择。"), field="unit")
    row.gap_unit = unit
    row.save(update_fields=["gap_unit"])
    record(CampaignEvent.GAP_TAKEN_OVER, subject=row, by=by, at=at, target=str(row), unit=unit.name)
    return row


def _checked_side(account: Account, target: Target) -> Side:
    """The side an account may answer for now: of a clerk above, the own; nobody answers for the other."""
    side = perms.side_of(account, target)
    if side is None:
        raise Refused(_("这个目标由下达和承接的两方协商。请联系他们。"))
    return side


def open_steps(account: Account, target: Target) -> list[str]:
    """Which steps an account may take now, by their verbs, for the page of the target."""
    side, state = perms.side_of(account, target), TargetState(target.state)
    if side is None or target.withdrawn_at is not None:
        return []
    steps = ["change", "withdraw"] if side == Side.ABOVE else []
    offered = {TargetState.PROPOSED: Side.ABOVE, TargetState.COUNTERED: Side.BELOW}.get(state)
    if offered and offered != side:
        steps.append("accept")
    if offered and side == Side.BELOW:
        steps.append("counter")
    if state == TargetState.AGREED and target.parent_id is not None:
        steps.append("sign")
    return steps
