"""Firms, contacts, facts, qualifications."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.enterprises.models import (
    Asking,
    Contact,
    Enterprise,
    EnterpriseAccount,
    Fact,
    FactBatch,
    FactDecision,
    Pairing,
    Qualification,
)
from gongjian.people.states import Role
from tests.factories.days import AT, TODAY
from tests.factories.people import AccountFactory, AreaFactory, PersonFactory


class EnterpriseFactory(DjangoModelFactory):
    class Meta:
        model = Enterprise

    name = factory.Sequence(lambda n: f"安川市第{n}机械有限公司")
    area = factory.SubFactory(AreaFactory)


class EnterpriseAccountFactory(DjangoModelFactory):
    class Meta:
        model = EnterpriseAccount

    account = factory.SubFactory(AccountFactory, role=Role.ENTERPRISE)
    enterprise = factory.SubFactory(EnterpriseFactory)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    enterprise = factory.SubFactory(EnterpriseFactory)
    name = "李联系"


class PairingFactory(DjangoModelFactory):
    class Meta:
        model = Pairing

    enterprise = factory.SubFactory(EnterpriseFactory)
    person = factory.SubFactory(PersonFactory)
    kind = "OFFICER"


class FactFactory(DjangoModelFactory):
    class Meta:
        model = Fact

    enterprise = factory.SubFactory(EnterpriseFactory)
    key = "营业收入"
    period_kind = "MONTH"
    period = date(2026, 10, 1)
    value = "100.0000"
    unit = "万元"
    source = "企业月报"
    recorded_at = AT


class FactBatchFactory(DjangoModelFactory):
    class Meta:
        model = FactBatch

    source = "企业月报"
    file_name = "企业月报.xlsx"
    file = b""
    area = factory.SubFactory(AreaFactory)
    uploaded_by = factory.SubFactory(AccountFactory)
    uploaded_at = AT


class FactDecisionFactory(DjangoModelFactory):
    class Meta:
        model = FactDecision

    enterprise = factory.SubFactory(EnterpriseFactory)
    key = "营业收入"
    period_kind = "MONTH"
    period = date(2026, 10, 1)
    source = "企业月报"
    decided_by = factory.SubFactory(AccountFactory)
    decided_at = AT


class QualificationFactory(DjangoModelFactory):
    class Meta:
        model = Qualification

    enterprise = factory.SubFactory(EnterpriseFactory)
    name = "高新技术企业"


class AskingFactory(DjangoModelFactory):
    class Meta:
        model = Asking

    kind = "FACT"
    what = "营业收入"
    enterprise = factory.SubFactory(EnterpriseFactory)
    area = factory.LazyAttribute(lambda o: o.enterprise.area)
    asked_by = "安川市统计局"
    on = TODAY
    minutes = 10
