"""Problems, the firm's word, call-backs, common problems."""

import factory
from factory.django import DjangoModelFactory

from gongjian.problems.models import (
    BulkAction,
    CallBack,
    CallBackDraw,
    CommonProblem,
    FirmWord,
    Problem,
    Pushed,
    WordCode,
)
from tests.factories.days import AT, TODAY
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.people import AccountFactory, ApiSystemFactory, AreaFactory


class CommonProblemFactory(DjangoModelFactory):
    class Meta:
        model = CommonProblem

    title = factory.Sequence(lambda n: f"共性{n}")
    area = factory.SubFactory(AreaFactory)
    confirmed_by = factory.SubFactory(AccountFactory)
    confirmed_at = AT


class ProblemFactory(DjangoModelFactory):
    class Meta:
        model = Problem

    text = "流动资金紧张"
    category = "OTHER"
    enterprise = factory.SubFactory(EnterpriseFactory)
    area = factory.LazyAttribute(lambda o: o.enterprise.area)
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class FirmWordFactory(DjangoModelFactory):
    class Meta:
        model = FirmWord

    problem = factory.SubFactory(ProblemFactory)
    method = "CALL_BACK"
    satisfaction = "SATISFIED"
    said_by = "李经理"
    at = AT


class WordCodeFactory(DjangoModelFactory):
    class Meta:
        model = WordCode

    problem = factory.SubFactory(ProblemFactory)
    digest = factory.Sequence(lambda n: f"{n:064d}")
    issued_at = AT
    expires_at = AT


class CallBackDrawFactory(DjangoModelFactory):
    class Meta:
        model = CallBackDraw

    area = factory.SubFactory(AreaFactory)
    first = TODAY
    last = TODAY
    size = 1
    seed = "08 13 21"
    drawn_by = factory.SubFactory(AccountFactory)
    drawn_at = AT


class CallBackFactory(DjangoModelFactory):
    class Meta:
        model = CallBack

    draw = factory.SubFactory(CallBackDrawFactory)
    problem = factory.SubFactory(ProblemFactory)
    position = 1


class BulkActionFactory(DjangoModelFactory):
    class Meta:
        model = BulkAction

    verb = "remind"
    by = factory.SubFactory(AccountFactory)
    at = AT


class PushedFactory(DjangoModelFactory):
    class Meta:
        model = Pushed

    system = factory.SubFactory(ApiSystemFactory)
    external_number = factory.Sequence(lambda n: f"RX{n}")
    digest = "0" * 64
    problem = factory.SubFactory(ProblemFactory)
    received_at = AT
