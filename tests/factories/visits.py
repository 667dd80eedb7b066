"""Visits, their stops and notes."""

import factory
from factory.django import DjangoModelFactory

from gongjian.visits.models import Note, Pledge, Stop, Visit
from tests.factories.campaigns import BattleTaskFactory
from tests.factories.days import AT, TODAY
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.people import AccountFactory, AreaFactory


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = Visit

    title = "走访企业"
    area = factory.SubFactory(AreaFactory)
    starts_on = TODAY
    ends_on = TODAY
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class StopFactory(DjangoModelFactory):
    class Meta:
        model = Stop

    visit = factory.SubFactory(VisitFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note

    visit = factory.SubFactory(VisitFactory)
    heading = "PRODUCTION"
    text = "生产正常"


class PledgeFactory(DjangoModelFactory):
    class Meta:
        model = Pledge

    visit = factory.SubFactory(VisitFactory, kind="RALLY")
    task = factory.SubFactory(BattleTaskFactory)
    amount = 120
    state = "AGREED"
    recorded_at = AT
