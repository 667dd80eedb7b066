"""Handing a key task of a battle over."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Regime
from gongjian.assignments.states import Source
from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.campaigns.events import CampaignEvent
from gongjian.campaigns.models import Battle, BattleTask, Target
from gongjian.people.models import Account, Person, Unit


@transaction.atomic
def assign_task(
    battle: Battle,
    *,
    target: Target | None = None,
    topic: str = "",
    task: str,
    lead_unit: Unit,
    responsible_person: Person,
    due: date | None = None,
    regime: Regime | None = None,
    grade: str = "",
    supporting_units: Iterable[Unit] = (),
    copied_to: Iterable[Unit] = (),
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> BattleTask:
    """Hand a key task over (交办): for one target of the battle in its area, or for the battle in the campaign's area."""
    if target is not None and (target.battle_id != battle.pk or target.withdrawn_at is not None):
        raise Refused(_("这个目标不在这场攻坚战里，或已经撤销。请重新选择。"))
    assignment = assignments.assign(
        source=Source.BATTLE,
        task=task,
        area=target.area if target is not None else battle.campaign.area,
        lead_unit=lead_unit,
        supporting_units=supporting_units,
        responsible_person=responsible_person,
        due=due,
        regime=regime,
        grade=grade,
        copied_to=copied_to,
        on_the_spot=False,
        person_reason=person_reason,
        by=by,
        at=at,
    )
    row = BattleTask.objects.create(battle=battle, target=target, topic=topic.strip(), assignment=assignment)
    said = {"name": battle.name, "unit": lead_unit.name, "task": assignment.task, "number": assignment.number}
    record(CampaignEvent.TASK_ASSIGNED, subject=battle, by=by, at=at, **said)
    return row
