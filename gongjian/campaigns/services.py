"""Keeping campaigns and battles."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.campaigns.events import CampaignEvent
from gongjian.campaigns.models import Battle, Campaign
from gongjian.people.models import Account, Area, Unit
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
    campaign: Campaign, *, name: str, lead_unit: Unit | None, order: int, by: Account, at: datetime
) -> Battle:
    """Add a battle to a campaign."""
    check_keep_people(by, campaign.area)
    battle = Battle.objects.create(campaign=campaign, name=name, lead_unit=lead_unit, order=order)
    record(CampaignEvent.BATTLE_ADDED, subject=battle, by=by, at=at, name=name)
    return battle
