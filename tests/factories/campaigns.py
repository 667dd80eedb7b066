"""Campaigns and battles."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.campaigns.models import Battle, BattleTask, BoundaryChange, Campaign, Target, TargetMove
from tests.factories.assignments import AssignmentFactory
from tests.factories.days import AT
from tests.factories.indicators import FigureBatchFactory, IndicatorFactory
from tests.factories.people import AccountFactory, AreaFactory


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


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    battle = factory.SubFactory(BattleFactory, campaign__area=factory.SelfAttribute("...area"))
    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory(AreaFactory)
    year = 2026
    horizon = "FULL_YEAR"
    value = 120
    set_at = AT


class TargetMoveFactory(DjangoModelFactory):
    class Meta:
        model = TargetMove

    target = factory.SubFactory(TargetFactory)
    kind = "PROPOSED"
    side = "ABOVE"
    amount = 120
    made_by = factory.SubFactory(AccountFactory)
    made_at = AT


class BattleTaskFactory(DjangoModelFactory):
    class Meta:
        model = BattleTask

    battle = factory.SubFactory(BattleFactory)
    topic = "稳"
    assignment = factory.SubFactory(AssignmentFactory, source="BATTLE")


class BoundaryChangeFactory(DjangoModelFactory):
    class Meta:
        model = BoundaryChange

    kind = "MERGED"
    area = factory.SubFactory(AreaFactory)
    on = date(2026, 10, 1)
    replaced = factory.LazyFunction(lambda: {"targets": [], "moved": {}})
    figures = factory.SubFactory(FigureBatchFactory, area=factory.SelfAttribute("..area"))
    made_by = factory.SubFactory(AccountFactory)
    made_at = AT
