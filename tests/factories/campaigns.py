"""Campaigns and battles."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.campaigns.models import Battle, Campaign
from tests.factories.people import AreaFactory


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    name = "全力拼经济"
    area = factory.SubFactory(AreaFactory)
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)


class BattleFactory(DjangoModelFactory):
    class Meta:
        model = Battle

    campaign = factory.SubFactory(CampaignFactory)
    name = factory.Sequence(lambda n: f"第{n}攻坚战")
