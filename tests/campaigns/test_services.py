"""Campaigns and their battles."""

from datetime import date

import pytest

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.models import Battle, Campaign
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_city()


def year(city, at, **changed):
    facts = {
        "name": "全力拼经济",
        "area": city.city,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "by": city.clerk,
        "at": at,
    }
    return campaigns.add_campaign(**(facts | changed))


def test_a_campaign_and_its_battles_in_order(city, at):
    campaign = year(city, at)
    for order, name in ((2, "项目攻坚战"), (1, "工业攻坚战")):
        campaigns.add_battle(
            campaign, name=name, lead_unit=city.bureau, order=order, by=city.administrator, at=at
        )
    assert [battle.name for battle in campaign.battles.all()] == ["工业攻坚战", "项目攻坚战"]
    assert [event.name for event in events_of(campaign)] == ["campaign.added"]
    assert [str(e) for e in events_of(campaign.battles.first())] == ["新增工业攻坚战"]


def test_a_campaign_ends_after_it_starts(city, at):
    with pytest.raises(Refused) as refused:
        year(city, at, ends_on=date(2025, 12, 31))
    assert refused.value.field == "ends_on"
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("who", ["leader", "officer", "handler", "county_clerk"])
def test_others_do_not_keep_campaigns(city, at, who):
    with pytest.raises(Refused):
        year(city, at, by=getattr(city, who))
    with pytest.raises(Refused):
        campaigns.add_battle(year(city, at), name="战", lead_unit=None, order=1, by=getattr(city, who), at=at)
    assert not Battle.objects.exists()
