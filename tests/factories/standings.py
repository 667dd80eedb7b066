"""Schemes with their versions, items and groups, excuses, published standings."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.standings.models import (
    Commendation,
    CommendationLine,
    Excuse,
    GroupMember,
    Objection,
    Publication,
    Scheme,
    SchemeItem,
    SchemeVersion,
)
from tests.factories.days import AT
from tests.factories.indicators import FigureFactory, IndicatorFactory
from tests.factories.people import AccountFactory, AreaFactory


class SchemeFactory(DjangoModelFactory):
    class Meta:
        model = Scheme

    name = factory.Sequence(lambda n: f"第{n}套方案")
    english = factory.Sequence(lambda n: f"Scheme {n}")
    area = factory.SubFactory(AreaFactory)


class SchemeVersionFactory(DjangoModelFactory):
    class Meta:
        model = SchemeVersion

    scheme = factory.SubFactory(SchemeFactory)
    number = 1
    from_month = date(2025, 1, 1)
    written_by = factory.SubFactory(AccountFactory)
    written_at = AT


class SchemeItemFactory(DjangoModelFactory):
    class Meta:
        model = SchemeItem

    version = factory.SubFactory(SchemeVersionFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    lens = "GROWTH"
    points = 6


class GroupMemberFactory(DjangoModelFactory):
    class Meta:
        model = GroupMember

    version = factory.SubFactory(SchemeVersionFactory)
    area = factory.SubFactory(AreaFactory)


class ExcuseFactory(DjangoModelFactory):
    class Meta:
        model = Excuse

    area = factory.SubFactory(AreaFactory)
    month = date(2026, 10, 1)
    reason = "洪灾停产"
    recorded_by = factory.SubFactory(AccountFactory)
    recorded_at = AT


class PublicationFactory(DjangoModelFactory):
    class Meta:
        model = Publication

    version = factory.SubFactory(SchemeVersionFactory)
    month = date(2026, 10, 1)
    as_of = AT
    published_by = factory.SubFactory(AccountFactory)
    published_at = AT


class CommendationFactory(DjangoModelFactory):
    class Meta:
        model = Commendation

    title = factory.Sequence(lambda n: f"第{n}次表彰")
    area = factory.SubFactory(AreaFactory)
    basis = "市委文件"
    written_by = factory.SubFactory(AccountFactory)
    written_at = AT


class CommendationLineFactory(DjangoModelFactory):
    class Meta:
        model = CommendationLine

    commendation = factory.SubFactory(CommendationFactory)
    area = factory.SubFactory(AreaFactory)
    merit = "增速第一"
    figure = factory.SubFactory(FigureFactory)


class ObjectionFactory(DjangoModelFactory):
    class Meta:
        model = Objection

    line = factory.SubFactory(CommendationLineFactory)
    text = "数据有误"
    made_by = factory.SubFactory(AccountFactory)
    made_at = AT
