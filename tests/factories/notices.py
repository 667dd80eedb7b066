"""Notices, channels and sendings."""

import factory
from factory.django import DjangoModelFactory

from gongjian.notices.models import Channel, Notice, QuietHours, Sending
from tests.factories.days import AT, TODAY
from tests.factories.people import AccountFactory


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    account = factory.SubFactory(AccountFactory)
    key = factory.Sequence(lambda n: f"notice-{n}")
    kind = "SYSTEM"
    sentence = "系统已升级"
    words = "系统已升级"
    at = AT


class ChannelFactory(DjangoModelFactory):
    class Meta:
        model = Channel

    name = factory.Sequence(lambda n: f"通道{n}")
    kind = "WECOM"
    address = "wecombot://secret-key-0001"
    account = factory.SubFactory(AccountFactory)


class SendingFactory(DjangoModelFactory):
    class Meta:
        model = Sending

    channel = factory.SubFactory(ChannelFactory)
    day = TODAY
    count = 1
    upto = 1
    text = "1. [系统] 系统已升级"
    next_try_at = AT


class QuietHoursFactory(DjangoModelFactory):
    class Meta:
        model = QuietHours
