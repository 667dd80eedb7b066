"""Notices of an agreement (目标协商通知): to the side that must act next, never to who acted; withdrawn once it has."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_noop

from gongjian.campaigns.models import Target
from gongjian.campaigns.states import Side
from gongjian.notices import services as notices
from gongjian.notices.states import NoticeKind
from gongjian.notices.withdrawals.services import withdraw
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import office_of
from gongjian.people.states import Role

OFFERED = gettext_noop("下达目标：%(target)s %(value)s。请认可，或提出异议。")
COUNTERED = gettext_noop("对目标%(target)s提出异议，建议 %(value)s：%(reason)s 请认可，或调整目标值。")
AGREED = gettext_noop("目标%(target)s %(value)s 双方已认可。请签责任书。")


def tell_offered(target: Target, value: Decimal, *, by: Account, at: datetime) -> None:
    """Ask the holder for its answer to an amount from above; a target that is agreed with itself asks nobody."""
    if target.parent_id is not None:
        _tell(target, Side.BELOW, OFFERED, value=value, by=by, at=at)


def tell_countered(target: Target, value: Decimal, reason: str, *, by: Account, at: datetime) -> None:
    """Ask the side above for its answer to another amount."""
    _tell(target, Side.ABOVE, COUNTERED, value=value, reason=reason, by=by, at=at)


def tell_agreed(target: Target, side: Side, *, by: Account, at: datetime) -> None:
    """Let the other side know that this one agreed; the letter comes next."""
    other = Side.BELOW if side == Side.ABOVE else Side.ABOVE
    _tell(target, other, AGREED, value=target.value, by=by, at=at)


def withdraw_notices(target: Target, *, moves: int, by: Account, at: datetime) -> None:
    """Withdraw what was asked at the first moves of a target: it was answered, or is no longer asked."""
    keys = [_key(target, number) for number in range(1, moves + 1)]
    withdraw(keys=keys, kind=NoticeKind.TASK, by=by, at=at)


def _key(target: Target, move: int) -> str:
    return f"target-{target.pk}-{move}"


def _tell(
    target: Target, side: Side, sentence: str, *, value: Decimal, reason: str = "", by: Account, at: datetime
) -> None:
    """Tell one side of the latest move; what was asked before it is withdrawn."""
    number = target.moves.count()
    withdraw_notices(target, moves=number - 1, by=by, at=at)
    said = {"target": str(target), "value": f"{value.normalize():f}"} | ({"reason": reason} if reason else {})
    notices.notify(
        to=[one for one in _side(target, side) if one not in (by, by.unit)],
        key=_key(target, number),
        kind=NoticeKind.OUTCOME if sentence == AGREED else NoticeKind.TASK,
        sentence=sentence,
        values=said,
        subject=target,
        by=by,
        at=at,
    )


def _side(target: Target, side: Side) -> list[Account | Unit]:
    """Who answers for a side: the unit that holds the target, else the office of the area, else its clerks."""
    if side == Side.BELOW and target.unit is not None:
        return [target.unit]
    area = target.area
    if side == Side.ABOVE and target.unit is None:
        area = Area.objects.filter(path=area.path[: -Area.steplen]).first() or area
    office = office_of(area)
    clerks = Account.objects.filter(role=Role.CLERK, is_active=True, writes_area=area)
    return [office] if office is not None else list(clerks)
