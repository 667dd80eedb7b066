"""The audit trail."""

import factory
from factory.django import DjangoModelFactory

from gongjian.audit.models import ChainHead, Event, UsedForm
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


class UsedFormFactory(DjangoModelFactory):
    class Meta:
        model = UsedForm

    key = factory.Sequence(lambda n: f"form-{n}")
    request = factory.Sequence(lambda n: f"request-{n}")
    content = "0" * 64
    at = AT
    subject_kind = "people.person"
    subject_id = 1
