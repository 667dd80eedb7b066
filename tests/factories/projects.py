"""Major projects."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.projects.models import Investment, Project
from tests.factories.days import AT
from tests.factories.people import AccountFactory, AreaFactory


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    name = factory.Sequence(lambda n: f"第{n}号智能装备园")
    area = factory.SubFactory(AreaFactory)
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class InvestmentFactory(DjangoModelFactory):
    class Meta:
        model = Investment

    project = factory.SubFactory(ProjectFactory)
    month = date(2026, 10, 1)
    series = "REPORTED"
    amount = 800
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT
