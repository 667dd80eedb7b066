"""Complaints and their earlier answers."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.complaints.models import Complaint, EarlierAnswer
from tests.factories.days import TODAY
from tests.factories.people import AccountFactory, AreaFactory


class ComplaintFactory(DjangoModelFactory):
    class Meta:
        model = Complaint

    kind = "FORMS"
    text = "同一张表一周要了三次"
    area = factory.SubFactory(AreaFactory)
    made_on = TODAY
    due_on = date(2026, 12, 1)


class EarlierAnswerFactory(DjangoModelFactory):
    class Meta:
        model = EarlierAnswer

    complaint = factory.SubFactory(ComplaintFactory)
    round = 1
    outcome = "EXPLAINED"
    answer = "按规定办理"
    answered_by = factory.SubFactory(AccountFactory)
    answered_on = TODAY
    reason = "没有说到点上"
    reopened_on = TODAY
