"""Keeping campaigns and battles."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.campaigns.events import CampaignEvent
from gongjian.campaigns.models import Battle, Campaign
from gongjian.indicators.models import Indicator
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.perms import check_keep_people


@transaction.atomic
def add_campaign(
    *, name: str, area: Area, starts_on: date, ends_on: date, by: Account, at: datetime
) -> Campaign:
    """Add a year's campaign of an area."""
    check_keep_people(by, area)
    if ends_on < starts_on:
        raise Refused(_("结束日期早于开始日期。请对调。"), field="ends_on")
    campaign = Campaign.objects.create(name=name, area=area, starts_on=starts_on, ends_on=ends_on)
    record(CampaignEvent.ADDED, subject=campaign, by=by, at=at, name=name)
    return campaign


@transaction.atomic
def add_battle(
    campaign: Campaign,
    *,
    name: str,
    lead_unit: Unit | None,
    responsible_person: Person | None = None,
    indicators: Iterable[Indicator] = (),
    order: int,
    by: Account,
    at: datetime,
) -> Battle:
    """Add a battle to a campaign: who leads it, who answers for it, by which indicators it is measured."""
    check_keep_people(by, campaign.area)
    battle = Battle.objects.create(
        campaign=campaign,
        name=name,
        lead_unit=lead_unit,
        responsible_person=responsible_person,
        order=order,
    )
    battle.indicators.set(indicators)
    record(CampaignEvent.BATTLE_ADDED, subject=battle, by=by, at=at, name=name)
    return battle


@transaction.atomic
def update_battle(
    battle: Battle,
    *,
    lead_unit: Unit | None,
    responsible_person: Person | None,
    indicators: Iterable[Indicator],
    by: Account,
    at: datetime,
) -> Battle:
    """Change who leads a battle, who answers for it, and by which indicators it is measured."""
    row = Battle.objects.select_for_update(of=("self",)).select_related("campaign__area").get(pk=battle.pk)
    check_keep_people(by, row.campaign.area)
    wanted = list(indicators)
    held = set(row.targets.filter(withdrawn_at=None).values_list("indicator", flat=True))
    if held - {one.pk for one in wanted}:
        raise Refused(_("有的指标已经下达目标，不能去掉。请先撤销目标。"), field="indicators")
    changes = set_fields(row, {"lead_unit": lead_unit, "responsible_person": responsible_person})
    row.save()
    row.indicators.set(wanted)
    record(CampaignEvent.BATTLE_CHANGED, subject=row, by=by, at=at, name=row.name, **changes)
    return row
