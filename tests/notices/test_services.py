"""Telling people, each once; reading; channels; the digest of the day; sending, retrying, never twice."""

import sys
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import verify
from gongjian.notices import outbox, queries, rules, services
from gongjian.notices.models import Channel, Notice, Sending
from tests import scenes
from tests.factories import AT, TODAY, AccountFactory, ChannelFactory, NoticeFactory, SendingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def c(db):
    return scenes.city()


def tell(c, *to, key="k1", at=AT, **facts):
    defaults = {"kind": "REMINDER", "sentence": "已发送"}
    return services.notify(to=to, key=key, by=None, at=at, **(defaults | facts))


def test_each_is_told_once_by_its_key(c):
    assert tell(c, c.handler, c.bureau, c.handler) == 2
    assert tell(c, c.handler, c.bureau, c.leader) == 1
    assert tell(c, c.handler, c.bureau, c.leader) == 0
    assert tell(c, c.handler, key="k2") == 1
    assert Notice.objects.count() == 4
    assert Event.objects.filter(name="notice.told").count() == 3
    assert verify() is None


def test_a_notice_speaks_the_language_of_the_page(c):
    tell(c, c.handler, sentence="其余 %(n)s 条请登录查看。", values={"n": 3})
    notice = Notice.objects.get()
    assert str(notice) == "其余 3 条请登录查看。"
    with translation.override("en"):
        assert notice.text == "Sign in to see the other 3."


def test_a_unit_s_notice_is_read_by_one_for_all(c):
    colleague = AccountFactory(role="HANDLER", unit=c.bureau)
    tell(c, c.bureau)
    tell(c, c.handler, key="own")
    assert (
        queries.count_unread(c.handler),
        queries.count_unread(colleague),
        queries.count_unread(c.other_handler),
    ) == (
        2,
        1,
        0,
    )
    notice = Notice.objects.get(unit=c.bureau)
    services.mark_read(notice, by=colleague, at=AT)
    services.mark_read(notice, by=c.handler, at=AT + timedelta(hours=1))
    notice.refresh_from_db()
    assert (notice.read_by, notice.read_at) == (colleague, AT)
    assert queries.count_unread(c.handler) == 1
    for stranger in (c.other_handler, c.leader):
        with pytest.raises(Refused, match="不是给您"):
            services.mark_read(notice, by=stranger, at=AT)


def test_many_are_marked_read_and_only_one_s_own(c):
    for key in "abc":
        tell(c, c.handler, c.leader, key=key)
    first = Notice.objects.filter(account=c.handler).last()
    others = Notice.objects.filter(account=c.leader).values_list("pk", flat=True)
    assert services.mark_all_read(numbers=[first.pk, *others], by=c.handler, at=AT) == 1
    assert services.mark_all_read(by=c.handler, at=AT) == 2
    assert services.mark_all_read(by=c.handler, at=AT) == 0
    assert queries.count_unread(c.leader) == 3


def test_the_printed_list_is_of_a_day_and_an_area(c):
    tell(c, c.bureau, c.other_bureau)
    tell(c, c.bureau, key="yesterday", at=AT - timedelta(days=1))
    assert queries.notices_on(TODAY, area=c.city).count() == 2
    assert queries.notices_on(TODAY, area=c.city, unit=c.bureau).get().unit == c.bureau
    assert not queries.notices_on(TODAY, area=c.other_county).exists()


# --- channels


def channel(c, **facts):
    defaults = {"name": "金融局群", "kind": "WECOM", "address": "wecombot://abcd-1234", "unit": c.bureau}
    return services.add_channel(**(defaults | facts), by=c.administrator, at=AT)


def test_a_channel_is_kept_by_the_administrator_and_hides_its_secret(c):
    added = channel(c)
    assert added.masked == "wecombot://••••1234"
    assert added.owner == c.bureau
    services.update_channel(added, name="金融局", by=c.administrator, at=AT)
    services.update_channel(added, name="金融局", address="wecombot://new", by=c.administrator, at=AT)
    services.switch_channel(added, active=False, by=c.administrator, at=AT)
    services.switch_channel(added, active=True, by=c.administrator, at=AT)
    added.refresh_from_db()
    assert (added.name, added.address, added.is_active) == ("金融局", "wecombot://new", True)
    assert not any("wecombot" in str(data) for data in Event.objects.values_list("data", flat=True))
    with pytest.raises(Refused, match="只有系统管理员"):
        services.switch_channel(added, active=False, by=c.clerk, at=AT)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"address": "http://example"}, "地址要以 wecombot://"),
        ({"address": "wecombot://"}, "地址要以"),
        ({"unit": None}, "只能给一个账号或一个单位"),
        ({"name": "通道"}, "同名"),
    ],
)
def test_a_bad_channel_is_refused_with_what_to_do(c, facts, why):
    ChannelFactory(name="通道")
    with pytest.raises(Refused, match=why):
        channel(c, **facts)
    other = channel(c)
    with pytest.raises(Refused, match="同名"):
        services.update_channel(other, name="通道", by=c.administrator, at=AT)


# --- quiet hours and the digest


@pytest.mark.parametrize(
    ("now", "quiet"),
    [("17:59", False), ("18:00", True), ("23:00", True), ("08:29", True), ("08:30", False)],
)
def test_quiet_hours_run_over_midnight(now, quiet):
    assert rules.is_quiet(time.fromisoformat(now), time(18), time(8, 30)) is quiet


def test_quiet_hours_of_one_day_and_none_at_all():
    assert rules.is_quiet(time(12, 30), time(12), time(14))
    assert not rules.is_quiet(time(15), time(12), time(14))
    assert not rules.is_quiet(time(12), time(12), time(12))


def test_a_digest_s_hour_must_not_be_quiet(c):
    facts = {"starts": time(20), "ends": time(7), "working_days_only": False, "by": c.administrator, "at": AT}
    with pytest.raises(Refused, match="静默时段"):
        services.set_quiet_hours(digest_at=time(21), **facts)
    rule = services.set_quiet_hours(digest_at=time(9), **facts)
    assert str(rule) == "20:00–07:00"
    assert queries.quiet_hours().digest_at == time(9)


def moment(hour, minute=0, day=24):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_one_digest_a_day_of_what_is_unread_and_new(c):
    bureau_channel = channel(c)
    for n in range(25):
        tell(c, c.bureau, key=f"k{n}")
    read = Notice.objects.order_by("pk").first()
    services.mark_read(read, by=c.handler, at=AT)
    early, night, free = moment(8, 35), moment(19), moment(9)
    assert [services.make_digests(working=True, at=at) for at in (early, night)] == [0, 0]
    assert services.make_digests(working=False, at=free) == 0
    assert services.make_digests(working=True, at=moment(9)) == 1
    tell(c, c.bureau, key="later")
    assert services.make_digests(working=True, at=moment(10)) == 0
    digest = Sending.objects.get()
    assert (digest.channel, digest.count) == (bureau_channel, 24)
    assert "其余 4 条请登录查看。" in digest.text
    assert services.make_digests(working=True, at=moment(9, day=25)) == 1
    assert Sending.objects.get(day=moment(9, day=25).date()).count == 1
    assert services.make_digests(working=True, at=moment(9, day=26)) == 0


def test_an_account_s_channel_carries_its_unit_s_notices_too(c):
    channel(c, account=c.handler, unit=None)
    tell(c, c.bureau, c.handler, c.leader)
    services.make_digests(working=True, at=moment(9))
    assert Sending.objects.get().count == 2


# --- sending


class Post:
    """A channel that fails a number of times."""

    def __init__(self, failures=0):
        self.failures, self.sent = failures, []

    def __call__(self, _address, title, _body):
        if len(self.sent) < self.failures:
            self.sent.append("")
            return "没有接收"
        self.sent.append(title)
        return ""


def test_it_is_sent_once_however_often_it_is_asked(c):
    sending, post = SendingFactory(), Post()
    assert outbox.deliver(at=AT, send=post) == (1, 0)
    assert outbox.deliver(at=AT, send=post) == (0, 0)
    sending.refresh_from_db()
    assert (sending.state, sending.sent_at, sending.attempts) == ("SENT", AT, 1)
    assert post.sent == ["攻坚通知 2026-11-24：1 条未读"]
    assert verify() is None


def test_it_is_tried_again_with_growing_pauses_and_given_up(c):
    sending, post, at = SendingFactory(), Post(failures=99), AT
    pauses = []
    for _n in range(rules.MOST_ATTEMPTS):
        outbox.deliver(at=at, send=post)
        sending.refresh_from_db()
        if sending.next_try_at:
            pauses.append(sending.next_try_at - at)
            at += timedelta(days=1)  # the same hour of the next day is not quiet
            Sending.objects.update(next_try_at=at)
    assert pauses == [timedelta(minutes=5 * 4**n) for n in range(5)]
    assert (sending.state, sending.why) == ("FAILED", "没有接收")
    assert Event.objects.filter(name="sending.missed").count() == rules.MOST_ATTEMPTS
    with pytest.raises(Refused, match="只有系统管理员"):
        services.send_again(sending, by=c.clerk, at=at)
    services.send_again(sending, by=c.administrator, at=at)
    assert outbox.deliver(at=at, send=Post()) == (1, 0)
    with pytest.raises(Refused, match="不用重发"):
        services.send_again(sending, by=c.administrator, at=at)


def test_nothing_leaves_in_quiet_hours_or_by_a_shut_channel(c):
    sending, post = SendingFactory(), Post()
    assert outbox.deliver(at=moment(20), send=post) == (0, 0)
    Channel.objects.update(is_active=False)
    assert outbox.deliver(at=AT, send=post) == (0, 0)
    assert post.sent == []
    sending.refresh_from_db()
    assert sending.state == "WAITING"


def test_what_was_interrupted_waits_for_a_person(c):
    """Claimed, and then the program died: nobody knows whether it arrived, so it is not sent by itself."""
    sending, post = SendingFactory(), Post()
    assert services.start_sending(sending, at=AT) is not None
    assert services.start_sending(sending, at=AT) is None
    assert outbox.deliver(at=AT + timedelta(days=3), send=post) == (0, 0)
    assert list(queries.interrupted()) == [sending]
    services.send_again(sending, by=c.administrator, at=AT)
    assert outbox.deliver(at=AT, send=post) == (1, 0)


def test_a_channel_that_breaks_does_not_stop_the_others(c, caplog):
    first, second = SendingFactory(), SendingFactory()

    tried = []

    def send(address, title, body):
        tried.append(address)
        if len(tried) == 1:
            raise ConnectionError("no route")
        return ""

    assert outbox.deliver(at=AT, send=send) == (1, 1)
    first.refresh_from_db()
    second.refresh_from_db()
    assert {first.state, second.state} == {"WAITING", "SENT"}
    assert "no route" in caplog.text


def test_without_the_library_a_sentence_says_so(c, monkeypatch):
    sending = SendingFactory()
    monkeypatch.setattr(outbox, "is_installed", lambda: False)
    assert outbox.deliver(at=AT) == (0, 1)
    sending.refresh_from_db()
    assert sending.state == "WAITING"
    assert "gongjian[notify]" in sending.why


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # inside the library
def test_the_library_is_asked_and_its_answer_is_told(c, monkeypatch):
    """The library itself, with its network taken away."""
    apprise = pytest.importorskip("apprise")
    answers = iter([True, False])
    sent = []

    def notify(self, **facts):
        sent.append((len(self), facts))
        return next(answers)

    monkeypatch.setattr(apprise.Apprise, "notify", notify)
    address = "wecombot://botkey-botkey-botkey"
    assert outbox.send_by_apprise(address, "题", "文") == ""
    assert "没有接收" in outbox.send_by_apprise(address, "题", "文")
    assert "写得不对" in outbox.send_by_apprise("nothing", "题", "文")
    assert sent == [(1, {"title": "题", "body": "文"})] * 2
    assert "apprise" in sys.modules


def test_a_notice_of_the_factory_has_one_reader(c):
    notice = NoticeFactory()
    assert list(queries.inbox(notice.account)) == [notice]
