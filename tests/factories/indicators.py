"""Indicators, figures, questions about them and monthly returns."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.indicators.models import (
    ConfidenceResult,
    ConfidenceSurvey,
    Figure,
    FigureBatch,
    FigureQuestion,
    Indicator,
    MonthlyReturn,
    SealedAnswer,
    SealedAnswerer,
)
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
        django_get_or_create = ("area", "month", "column")

    area = factory.SubFactory(AreaFactory)
    month = date(2026, 10, 1)
    column = "REPORTED"


class ConfidenceSurveyFactory(DjangoModelFactory):
    class Meta:
        model = ConfidenceSurvey
        django_get_or_create = ("area", "quarter")

    area = factory.SubFactory(AreaFactory)
    quarter = date(2026, 7, 1)
    until = date(2026, 9, 20)
    opened_by = factory.SubFactory(AccountFactory)
    opened_at = AT
    closed_at = AT
    asked = 40
    answered = 9


class ConfidenceResultFactory(DjangoModelFactory):
    class Meta:
        model = ConfidenceResult
        django_get_or_create = ("survey", "kind")

    survey = factory.SubFactory(ConfidenceSurveyFactory)
    kind = "ALL"
    asked = 40
    answered = 9
    index = "126.0"
    now_index = "120.0"
    expected_index = "130.0"
    low = "101.5"
    high = "147.2"


class SealedAnswerFactory(DjangoModelFactory):
    class Meta:
        model = SealedAnswer

    survey = factory.SubFactory(ConfidenceSurveyFactory)
    paper = factory.Sequence(lambda n: f"{n:0108x}")


class SealedAnswererFactory(DjangoModelFactory):
    class Meta:
        model = SealedAnswerer

    survey = factory.SubFactory(ConfidenceSurveyFactory)
    mark = factory.Sequence(lambda n: f"{n:064x}")
