"""Targets of new boundaries that follow the old ones, and put back again: the old ones are withdrawn and stay with their moves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import WhatHappened, record_together
from gongjian.campaigns.agreement.moves import make_move
from gongjian.campaigns.agreement.notices_to_sides import take_back, tell_offered
from gongjian.campaigns.boundaries.plans import Line
from gongjian.campaigns.events import CampaignEvent
from gongjian.campaigns.models import BattleTask, BoundaryChange, Target
from gongjian.campaigns.states import MoveKind, Side, TargetState
from gongjian.campaigns.targets.services import record_set
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import office_of

SETTLED = {TargetState.AGREED, TargetState.SIGNED}


def follow(
    lines: Sequence[Line],
    places: Mapping[str, Area],
    *,
    moved: set[int],
    reason: str,
    by: Account,
    at: datetime,
) -> list[dict[str, Any]]:
    """Let the targets after a change follow those before it; returns which followed which, for taking it back.

    What both sides had agreed to is agreed; the rest is an offer. Parts and tasks hang on what follows their target.
    """
    old = [row for line in lines for row in line.before]
    _withdraw(old, reason=reason, by=by, at=at)
    offices = {key: office_of(area) for key, area in places.items()}
    done: list[dict[str, Any]] = []
    told: list[Target] = []
    for line in lines:
        new = {
            key: _new(line, area, key, offices[key], by=by, at=at)
            for key, area in places.items()
            if key in line.after
        }
        told += new.values()
        done.append(_hang(line, new, moved))
    record_set(told, by=by, at=at)
    tell_offered([row for row in told if row.state == TargetState.PROPOSED], by=by, at=at)
    return done


def _withdraw(rows: Sequence[Target], *, reason: str, by: Account, at: datetime) -> None:
    Target.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=at)
    take_back(rows, by=by, at=at)
    said = [
        WhatHappened(CampaignEvent.TARGET_WITHDRAWN, row, {"target": str(row), "reason": reason})
        for row in rows
    ]
    record_together(said, by=by, at=at)


def _new(line: Line, area: Area, key: str, office: Unit | None, *, by: Account, at: datetime) -> Target:
    """One target of the new boundaries; whoever had taken over the gap keeps it, else the office of the area has it."""
    first = line.before[0]
    kept = next((row.gap_unit for row in line.before if row.gap_unit and row.area_id == area.pk), None)
    row = Target.objects.create(
        battle=first.battle,
        indicator=first.indicator,
        area=area,
        year=first.year,
        horizon=first.horizon,
        value=line.after[key],
        parent=first.parent,
        responsible_person=first.responsible_person if first.area_id == area.pk else None,
        gap_unit=kept or office,
        set_at=at,
    )
    make_move(row, MoveKind.PROPOSED, side=Side.ABOVE, amount=line.after[key], by=by, at=at)
    if all(one.state in SETTLED for one in line.before):
        make_move(row, MoveKind.AGREED, side=Side.BELOW, by=by, at=at)
    return row


def _hang(line: Line, new: Mapping[str, Target], moved: set[int]) -> dict[str, Any]:
    """Hang parts and tasks of the old targets on the new ones; returns where each hung."""
    old, (stays, *others) = [row.pk for row in line.before], new.values()
    parts = dict(
        Target.objects.filter(parent__in=old, withdrawn_at=None).order_by("pk").values_list("pk", "parent")
    )
    tasks = dict(BattleTask.objects.filter(target__in=old).order_by("pk").values_list("pk", "target"))
    below = Target.objects.filter(pk__in=parts)
    gone = Q(area__in=moved, unit=None) if others else Q(pk__in=[])
    for other in others:
        below.filter(gone).update(parent=other)
    below.exclude(gone).update(parent=stays)
    BattleTask.objects.filter(pk__in=tasks).update(target=stays)
    hung = {"parts": {str(pk): above for pk, above in parts.items()}}
    hung |= {"tasks": {str(pk): target for pk, target in tasks.items()}}
    return {"old": old, "new": [row.pk for row in new.values()], **hung}


def check_untouched(change: BoundaryChange) -> None:
    """Refuse once a target of the new boundaries was answered, changed, withdrawn or passed on."""
    lines = change.replaced["targets"]
    new = Target.objects.filter(pk__in=[pk for line in lines for pk in line["new"]])
    parts = [int(pk) for line in lines for pk in line["parts"]]
    later = Target.objects.filter(parent__in=new, withdrawn_at=None).exclude(pk__in=parts)
    moved_on = new.filter(Q(withdrawn_at__isnull=False) | Q(moves__made_at__gt=change.made_at))
    if later.exists() or moved_on.exists():
        raise Refused(_("调整以后的目标已有新的协商或分解，不能整体撤回。请逐个调整目标。"))


def put_back(change: BoundaryChange, *, reason: str, by: Account, at: datetime) -> None:
    """Withdraw the targets of the new boundaries and let the old ones stand again, with their parts and tasks."""
    lines = change.replaced["targets"]
    new = Target.objects.filter(pk__in=[pk for line in lines for pk in line["new"]])
    _withdraw(list(new.select_related("battle", "indicator", "area", "unit")), reason=reason, by=by, at=at)
    old = Target.objects.filter(pk__in=[pk for line in lines for pk in line["old"]])
    old.update(withdrawn_at=None)
    for line in lines:
        for part, above in line["parts"].items():
            Target.objects.filter(pk=int(part)).update(parent=above)
        for task, target in line["tasks"].items():
            BattleTask.objects.filter(pk=int(task)).update(target=target)
    record_set(list(old.select_related("battle", "indicator", "area", "unit")), by=by, at=at)
