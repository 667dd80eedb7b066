"""Policies, versions, payouts."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.policies.models import DatumRequest, Payout, Policy, PolicyNotice, PolicyVersion
from tests.factories.assignments import AssignmentFactory
from tests.factories.days import AT, TODAY
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.people import AccountFactory


class PolicyFactory(DjangoModelFactory):
    class Meta:
        model = Policy

    code = factory.Sequence(lambda n: f"AC-{n}")
    name = factory.Sequence(lambda n: f"第{n}项奖励")
    level = "CITY"
    delivery = "AUTOMATIC"
    confirmed = True


class PolicyVersionFactory(DjangoModelFactory):
    class Meta:
        model = PolicyVersion

    policy = factory.SubFactory(PolicyFactory)
    number = 1
    text = factory.LazyAttribute(lambda o: f"code: {o.policy.code}\nname: {o.policy.name}\n")
    state = "SIGNED"
    valid_from = date(2026, 1, 1)
    confirmed = True
    written_by = factory.SubFactory(AccountFactory)
    written_at = AT
    signed_by = factory.SubFactory(AccountFactory)
    signed_at = AT


class PayoutFactory(DjangoModelFactory):
    class Meta:
        model = Payout

    enterprise = factory.SubFactory(EnterpriseFactory)
    version = factory.SubFactory(PolicyVersionFactory)
    applied_amount = "100000.00"
    applied_on = TODAY
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class DatumRequestFactory(DjangoModelFactory):
    class Meta:
        model = DatumRequest

    enterprise = factory.SubFactory(EnterpriseFactory)
    policy = factory.SubFactory(PolicyFactory)
    fact = "营业收入"
    assignment = factory.SubFactory(AssignmentFactory, source="DATUM")


class PolicyNoticeFactory(DjangoModelFactory):
    class Meta:
        model = PolicyNotice

    version = factory.SubFactory(PolicyVersionFactory)
    title = "告知"
    text = "您可能符合"
    sent_by = factory.SubFactory(AccountFactory)
    sent_at = AT
