"""Notices of an agreement (目标协商通知): to the side that must act next, never to who acted; withdrawn once it has.

A receiver has one unread notice a day for one kind of step in a campaign: what comes later that day is gathered into it, whether it
was a table of targets, several targets passed on, or one after the other. Its targets stand in its values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from gongjian.campaigns.models import Campaign, Target, TargetMove
from gongjian.campaigns.states import Side, TargetState
from gongjian.notices import services as notices
from gongjian.notices.models import Notice
from gongjian.notices.states import NoticeKind
from gongjian.notices.withdrawals.services import withdraw
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import office_of
from gongjian.people.states import Role

NAMED = 3  # targets that a notice of many names
OFFERED = gettext_noop("下达目标：%(target)s %(value)s。请认可，或提出异议。")
OFFERED_MANY = gettext_noop("下达 %(count)s 个目标：%(some)s等。请逐个认可，或提出异议。")
COUNTERED = gettext_noop("对目标%(target)s提出异议，建议 %(value)s：%(reason)s 请认可，或调整目标值。")
COUNTERED_MANY = gettext_noop("对 %(count)s 个目标提出异议：建议%(some)s等。请逐个认可，或调整目标值。")
AGREED = gettext_noop("目标%(target)s %(value)s 双方已认可。请签责任书。")
AGREED_MANY = gettext_noop("%(count)s 个目标双方已认可：%(some)s等。请签责任书。")

Receiver = Account | Unit


@dataclass(frozen=True)
class Step:
    """What a side is told at one step: the state in which it still holds, the sentence for one target and for many."""

    state: TargetState
    one: str
    many: str
    kind: NoticeKind


STEPS = {
    step.state: step
    for step in (
        Step(TargetState.PROPOSED, OFFERED, OFFERED_MANY, NoticeKind.TASK),
        Step(TargetState.COUNTERED, COUNTERED, COUNTERED_MANY, NoticeKind.TASK),
        Step(TargetState.AGREED, AGREED, AGREED_MANY, NoticeKind.OUTCOME),
    )
}


def tell_offered(targets: Sequence[Target], *, by: Account, at: datetime) -> None:
    """Ask the holders for their answers to amounts from above; a target that is agreed with itself asks nobody."""
    passed_on = [target for target in targets if target.parent_id is not None]
    _tell(STEPS[TargetState.PROPOSED], passed_on, Side.BELOW, by=by, at=at)


def tell_countered(target: Target, *, by: Account, at: datetime) -> None:
    """Ask the side above for its answer to another amount."""
    tell_done(target, by=by, at=at)
    _tell(STEPS[TargetState.COUNTERED], [target], Side.ABOVE, by=by, at=at)


def tell_agreed(target: Target, side: Side, *, by: Account, at: datetime) -> None:
    """Let the other side know that this one agreed; the letter comes next."""
    tell_done(target, by=by, at=at)
    other = Side.BELOW if side == Side.ABOVE else Side.ABOVE
    _tell(STEPS[TargetState.AGREED], [target], other, by=by, at=at)


def tell_done(target: Target, *, by: Account, at: datetime) -> None:
    """Withdraw the notices of a target that was answered or signed, once nothing else they tell is open."""
    for notice in _carrying([target]):
        if not _open_targets(notice):
            withdraw(keys=[notice.key], kind=notice.kind, by=by, at=at)


def take_back(targets: Sequence[Target], *, by: Account, at: datetime) -> None:
    """Take targets out of the notices that tell of them: what remains of an unread one is told anew."""
    gone = {target.pk for target in targets}
    for notice in _carrying(targets):
        rest = [one for one in _open_targets(notice) if one.pk not in gone]
        if rest and notice.read_at is not None:
            continue
        withdraw(keys=[notice.key], kind=notice.kind, by=by, at=at)
        if rest and (receiver := notice.unit or notice.account):
            _give(STEPS[TargetState(notice.values["state"])], receiver, rest, by=by, at=at)


def _tell(step: Step, targets: Sequence[Target], side: Side, *, by: Account, at: datetime) -> None:
    """Tell each receiver of a side of its targets at once, together with what it has not read of the same day."""
    told: dict[Receiver, list[Target]] = {}
    places: dict[tuple[int, int | None], list[Receiver]] = {}
    for target in targets:
        place = (target.area_id, target.unit_id)
        if place not in places:
            places[place] = [one for one in _side(target, side) if one not in (by, by.unit)]
        for receiver in places[place]:
            told.setdefault(receiver, []).append(target)
    for receiver, held in told.items():
        _gather(step, receiver, held, by=by, at=at)


def _gather(step: Step, receiver: Receiver, held: list[Target], *, by: Account, at: datetime) -> None:
    """Fold targets into the receiver's unread notice of the day, if there is one."""
    day, new = timezone.localdate(at), {target.pk for target in held}
    unread = _notices_to([receiver], held[0].battle.campaign_id).filter(read_at=None, withdrawn_at=None)
    earlier = [
        one for one in unread if one.values["state"] == step.state and timezone.localdate(one.at) == day
    ]
    before = [target for notice in earlier for target in _open_targets(notice) if target.pk not in new]
    withdraw(keys=[notice.key for notice in earlier], kind=step.kind, by=by, at=at)
    _give(step, receiver, before + held, by=by, at=at)


def _give(step: Step, receiver: Receiver, targets: list[Target], *, by: Account, at: datetime) -> None:
    """Give one notice of these targets."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=targets[0].battle.campaign_id)
    number = _notices_to([receiver], campaign.pk).count() + 1
    alone = targets[0] if len(targets) == 1 else None
    notices.notify(
        to=[receiver],
        key=f"{_prefix(campaign.pk)}{receiver._meta.model_name}{receiver.pk}-{number}",
        kind=step.kind,
        sentence=step.one if alone else step.many,
        values={"state": step.state.value, "targets": [one.pk for one in targets], **_told(targets)},
        subject=alone or campaign,
        by=by,
        at=at,
    )


def _told(targets: Sequence[Target]) -> dict[str, str | int]:
    """What fills the sentence: of one target its amount and the reason, of many their number and the first ones."""
    named = targets[:NAMED]
    offers = TargetMove.objects.filter(target__in=named, amount__isnull=False).order_by("pk")
    last = {move.target_id: move for move in offers}
    amounts = {one.pk: f"{(last[one.pk].amount or one.value).normalize():f}" for one in named}
    if len(targets) == 1:
        (one,) = targets
        return {"target": str(one), "value": amounts[one.pk], "reason": last[one.pk].reason}
    return {"count": len(targets), "some": "、".join(f"{one} {amounts[one.pk]}" for one in named)}


def _carrying(targets: Sequence[Target]) -> list[Notice]:
    """The standing notices that tell of any of these targets, whichever side they are for."""
    if not targets:
        return []
    asked = {target.pk for target in targets}
    sides = [one for target in targets for side in Side for one in _side(target, side)]
    standing = _notices_to(sides, targets[0].battle.campaign_id).filter(withdrawn_at=None)
    return [notice for notice in standing if asked.intersection(notice.values["targets"])]


def _open_targets(notice: Notice) -> list[Target]:
    """The targets of a notice that still stand where it says."""
    rows = Target.objects.filter(
        pk__in=notice.values["targets"], state=notice.values["state"], withdrawn_at=None
    )
    return list(rows.select_related("battle", "indicator", "area", "unit").order_by("pk"))


def _notices_to(receivers: Iterable[Receiver], campaign: int) -> QuerySet[Notice]:
    """The notices of targets of a campaign given to any of these, withdrawn ones too."""
    units = [one.pk for one in receivers if isinstance(one, Unit)]
    accounts = [one.pk for one in receivers if isinstance(one, Account)]
    rows = Notice.objects.filter(Q(unit__in=units) | Q(account__in=accounts))
    return rows.filter(key__startswith=_prefix(campaign)).select_related("unit", "account")


def _prefix(campaign: int) -> str:
    return f"targets-{campaign}-"


def _side(target: Target, side: Side) -> list[Receiver]:
    """Who answers for a side: the unit that holds the target, else the office of the area, else its clerks."""
    if side == Side.BELOW and target.unit is not None:
        return [target.unit]
    area = target.area
    if side == Side.ABOVE and target.unit is None:
        area = Area.objects.filter(path=area.path[: -Area.steplen]).first() or area
    office = office_of(area)
    clerks = Account.objects.filter(role=Role.CLERK, is_active=True, writes_area=area)
    return [office] if office is not None else list(clerks)
