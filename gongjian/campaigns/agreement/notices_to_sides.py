"""Notices of an agreement (目标协商通知): to the side that must act next, never to who acted; withdrawn once it has.

A receiver has one unread notice a day for one kind of step in a campaign: what comes later that day is gathered into it, whether it
was a table of targets, several targets passed on, or one after the other. Its targets stand in its values.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from gongjian.audit.queries import midnight
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
        if not _open(notice.values["targets"], notice.values["state"]).exists():
            withdraw(keys=[notice.key], kind=notice.kind, by=by, at=at)


def take_back(targets: Sequence[Target], *, by: Account, at: datetime) -> None:
    """Take targets out of the notices that tell of them: what remains of an unread one is told anew."""
    gone = {target.pk for target in targets}
    for notice in _carrying(targets):
        rest = [one for one in _open_targets([notice])[notice.pk] if one.pk not in gone]
        if rest and notice.read_at is not None:
            continue
        withdraw(keys=[notice.key], kind=notice.kind, by=by, at=at)
        if rest and (receiver := notice.unit or notice.account):
            _give(STEPS[TargetState(notice.values["state"])], {receiver: rest}, by=by, at=at)


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
    if told:
        _gather(step, told, by=by, at=at)


def _gather(step: Step, told: dict[Receiver, list[Target]], *, by: Account, at: datetime) -> None:
    """Fold targets into the unread notice of the day of each receiver, where there is one."""
    day, campaign = timezone.localdate(at), _campaign_of(told)
    unread = _notices_to(told, campaign).filter(read_at=None, withdrawn_at=None, at__gte=midnight(day))
    earlier = [
        one for one in unread if one.values["state"] == step.state and timezone.localdate(one.at) == day
    ]
    before, together = _open_targets(earlier), dict[Receiver, list[Target]]()
    for receiver, held in told.items():
        new = {target.pk for target in held}
        of_receiver = [one for one in earlier if receiver in (one.unit, one.account)]
        kept = [target for one in of_receiver for target in before[one.pk] if target.pk not in new]
        together[receiver] = kept + held
    withdraw(keys=[notice.key for notice in earlier], kind=step.kind, by=by, at=at)
    _give(step, together, by=by, at=at)


def _give(step: Step, told: dict[Receiver, list[Target]], *, by: Account, at: datetime) -> None:
    """Give each receiver one notice of its targets."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=_campaign_of(told))
    given = _notices_to(told, campaign.pk).order_by().values_list("unit", "account")
    numbers: Counter[tuple[int | None, int | None]] = Counter(given)
    words = _words_of([target for targets in told.values() for target in targets[:NAMED]])
    for receiver, targets in told.items():
        alone = targets[0] if len(targets) == 1 else None
        place = (receiver.pk, None) if isinstance(receiver, Unit) else (None, receiver.pk)
        notices.notify(
            to=[receiver],
            key=f"{_prefix(campaign.pk)}{receiver._meta.model_name}{receiver.pk}-{numbers[place] + 1}",
            kind=step.kind,
            sentence=step.one if alone else step.many,
            values={
                "state": step.state.value,
                "targets": [one.pk for one in targets],
                **_told(targets, words),
            },
            subject=alone or campaign,
            by=by,
            at=at,
        )


def _campaign_of(told: dict[Receiver, list[Target]]) -> int:
    return next(iter(told.values()))[0].battle.campaign_id


def _words_of(targets: Sequence[Target]) -> dict[int, tuple[str, str]]:
    """The amount named last for each target, and the reason given with it."""
    offers = TargetMove.objects.filter(target__in=targets, amount__isnull=False).order_by("pk")
    last = {move.target_id: move for move in offers}
    return {
        one.pk: (f"{(last[one.pk].amount or one.value).normalize():f}", last[one.pk].reason)
        for one in targets
    }


def _told(targets: Sequence[Target], words: Mapping[int, tuple[str, str]]) -> dict[str, str | int]:
    """What fills the sentence: of one target its amount and the reason, of many their number and the first ones."""
    if len(targets) == 1:
        (one,) = targets
        amount, reason = words[one.pk]
        return {"target": str(one), "value": amount, "reason": reason}
    return {
        "count": len(targets),
        "some": "、".join(f"{one} {words[one.pk][0]}" for one in targets[:NAMED]),
    }


def _carrying(targets: Sequence[Target]) -> list[Notice]:
    """The standing notices that tell of any of these targets, whichever side they are for."""
    if not targets:
        return []
    asked = {target.pk for target in targets}
    sides = [one for target in targets for side in Side for one in _side(target, side)]
    standing = _notices_to(sides, targets[0].battle.campaign_id).filter(withdrawn_at=None)
    return [notice for notice in standing if asked.intersection(notice.values["targets"])]


def _open(targets: Iterable[int], state: str) -> QuerySet[Target]:
    """Those of these targets that stand in a state."""
    return Target.objects.filter(pk__in=targets, state=state, withdrawn_at=None)


def _open_targets(told: Sequence[Notice]) -> dict[int, list[Target]]:
    """The targets of notices that still stand where these say, by the key of the notice; of one step all of them."""
    if not told:
        return {}
    named = {pk for notice in told for pk in notice.values["targets"]}
    rows = _open(named, told[0].values["state"])
    found = list(rows.select_related("battle", "indicator", "area", "unit").order_by("pk"))
    return {notice.pk: [one for one in found if one.pk in notice.values["targets"]] for notice in told}


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
