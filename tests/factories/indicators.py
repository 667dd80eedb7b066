"""Indicators, figures, questions about them and monthly returns."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.indicators.models import Figure, FigureBatch, FigureQuestion, Indicator, MonthlyReturn
from tests.factories.days import AT
from tests.factories.people import AccountFactory, AreaFactory


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    key = factory.Sequence(lambda n: f"indicator_{n}")
    name = factory.Sequence(lambda n: f"第{n}项指标")
    english = factory.Sequence(lambda n: f"Indicator {n}")
    unit = "亿元"
    nature = "FLOW"
    source = "统计部门"


class FigureBatchFactory(DjangoModelFactory):
    class Meta:
        model = FigureBatch

    via = "FORM"
    area = factory.SubFactory(AreaFactory)
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class FigureFactory(DjangoModelFactory):
    class Meta:
        model = Figure

    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory(AreaFactory)
    month = date(2026, 10, 1)
    column = "REPORTED"
    value = 5
    batch = factory.SubFactory(FigureBatchFactory, area=factory.SelfAttribute("..area"))
    recorded_at = AT


class FigureQuestionFactory(DjangoModelFactory):
    class Meta:
        model = FigureQuestion

    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory(AreaFactory)
    month = date(2026, 10, 1)
    column = "REPORTED"
    value = 50
    jump = "MORE"
    known_month = date(2026, 9, 1)
    known_value = 5
    batch = factory.SubFactory(FigureBatchFactory, area=factory.SelfAttribute("..area"))


class MonthlyReturnFactory(DjangoModelFactory):
    class Meta:
        model = MonthlyReturn

    area = factory.SubFactory(AreaFactory)
    month = date(2026, 10, 1)
    column = "REPORTED"
