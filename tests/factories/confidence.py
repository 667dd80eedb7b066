"""Confidence surveys and their ballot boxes."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from gongjian.confidence.models import BallotBox, ConfidenceSurvey
from tests.factories.days import TODAY
from tests.factories.people import AreaFactory


class ConfidenceSurveyFactory(DjangoModelFactory):
    class Meta:
        model = ConfidenceSurvey

    name = "企业信心调查"
    area = factory.SubFactory(AreaFactory)
    opens_on = TODAY
    closes_on = TODAY + timedelta(days=10)
    asked = factory.LazyFunction(lambda: {"all": 20})


class BallotBoxFactory(DjangoModelFactory):
    class Meta:
        model = BallotBox

    survey = factory.SubFactory(ConfidenceSurveyFactory)
