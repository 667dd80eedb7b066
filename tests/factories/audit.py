"""The audit trail."""

import factory
from factory.django import DjangoModelFactory

from gongjian.audit.models import ChainHead, Event
from tests.factories.days import AT


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    seq = factory.Sequence(lambda n: n + 1)
    at = AT
    by_name = "测试"
    name = "test.done"
    subject_kind = "people.person"
    subject_id = 1
    previous = "0" * 64
    digest = "0" * 64
    algorithm = "sha256"


class ChainHeadFactory(DjangoModelFactory):
    class Meta:
        model = ChainHead
