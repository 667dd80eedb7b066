"""Rules of alerts and the tasks alerts became."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.alerts.models import AlertRule, AlertTask
from tests.factories.assignments import AssignmentFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.people import AreaFactory


class AlertRuleFactory(DjangoModelFactory):
    class Meta:
        model = AlertRule

    scheme = "本办 同比"
    document = "本办自定"
    measure = "CHANGE"
    comparison = "UNDER"
    threshold = 0
    light = "YELLOW"
    follow_up = "分析原因"


class AlertTaskFactory(DjangoModelFactory):
    class Meta:
        model = AlertTask

    alert = factory.Sequence(lambda n: f"CHANGE-1-1-{n}-202610")
    scheme = "本办 同比"
    measure = "CHANGE"
    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory(AreaFactory)
    month = date(2026, 10, 1)
    light = "RED"
    value = -12
    assignment = factory.SubFactory(AssignmentFactory)
