"""Products and introductions."""

import factory
from factory.django import DjangoModelFactory

from gongjian.markets.models import Introduction, Product
from gongjian.markets.states import Side
from tests.factories.assignments import AssignmentFactory
from tests.factories.days import AT
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.people import AccountFactory


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = Product

    enterprise = factory.SubFactory(EnterpriseFactory)
    side = Side.MAKES
    name = factory.Sequence(lambda n: f"零件{n}")
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class IntroductionFactory(DjangoModelFactory):
    class Meta:
        model = Introduction

    need = factory.SubFactory(ProductFactory, side=Side.BUYS)
    offer = factory.SubFactory(ProductFactory)
    area = factory.LazyAttribute(lambda o: o.need.enterprise.area)
    reason = "都是“零件”"
    assignment = factory.SubFactory(AssignmentFactory)
    made_by = factory.SubFactory(AccountFactory)
    made_at = AT
