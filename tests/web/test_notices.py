"""Inbox, printed list, channels and sendings on screen."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse

from gongjian.notices.models import Channel, Notice, QuietHours, Sending
from gongjian.notices.services import notify
from gongjian.web.subject_pages import page_about
from tests import scenes
from tests.assignments.doing import handed_over as assigned
from tests.factories import AT, ChannelFactory, EnterpriseAccountFactory, SendingFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def c(db):
    return scenes.city()


def as_(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def text(answer):
    return answer.content.decode()


def tell(*to, key="k", kind="REMINDER", sentence="催办：协调贷款", subject=None):
    return notify(to=to, key=key, kind=kind, sentence=sentence, subject=subject, by=None, at=AT)


def test_the_frame_counts_what_is_unread_and_opening_reads_it(c):
    tell(c.handler, c.bureau)
    client = as_(c.handler)
    assert "收件箱，2 条未读" in text(client.get(reverse("desk")))
    notice = Notice.objects.get(account=c.handler)
    answer = client.post(reverse("notice-open", args=[notice.pk]))
    assert answer.headers["Location"] == "/inbox/"
    assert "收件箱，1 条未读" in text(client.get(reverse("inbox")))
    assert as_(c.leader).post(reverse("notice-open", args=[notice.pk])).status_code == 404


def test_the_inbox_filters_and_marks(c):
    tell(c.handler)
    tell(c.handler, key="p", kind="POLICY", sentence="新政策适用")
    client = as_(c.handler)

    def found(**asked):
        return [n.words for n in client.get(reverse("inbox"), asked).context["page"]]

    assert len(found()) == 2
    assert found(kind="POLICY") == ["新政策适用"]
    assert found(q="贷款") == ["催办：协调贷款"]
    assert found(read="read") == []
    assert "请先勾选通知" in text(client.post(reverse("inbox-read"), follow=True))
    policy = Notice.objects.get(kind="POLICY")
    assert "已把 1 条标为已读" in text(
        client.post(reverse("inbox-read"), {"pk": [policy.pk, "x"]}, follow=True)
    )
    assert found(read="read") == ["新政策适用"]
    assert "已读" in text(client.get(reverse("inbox"), {"read": "all"}))
    client.post(reverse("inbox-read"), {"all": "yes"})
    assert "没有通知" in text(client.get(reverse("inbox")))
    part = text(client.get(reverse("inbox"), headers={"HX-Request": "true"}))
    assert "<html" not in part


def test_the_inbox_costs_the_same_however_long(c, django_assert_max_num_queries):
    for n in range(40):
        tell(c.handler, c.bureau, key=f"k{n}")
    client = as_(c.handler)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("inbox")).status_code == 200


def test_the_printed_list_goes_unit_by_unit(c):
    tell(c.bureau, c.other_bureau)
    client = as_(c.clerk)
    page = text(client.get(reverse("inbox-list"), {"day": "2026-11-24"}))
    assert page.count("催办：协调贷款") == 2
    one = client.get(reverse("inbox-list"), {"day": "2026-11-24", "unit": c.bureau.pk})
    assert len(one.context["rows"]) == 1
    assert "没有发给单位的通知" in text(client.get(reverse("inbox-list"), {"day": "2026-11-23"}))
    assert client.get(reverse("inbox-list"), {"day": "某天"}).status_code == 422


def test_channels_are_added_changed_and_shut(c):
    client = as_(c.administrator)
    assert "还没有通道" in text(client.get(reverse("channels")))
    form = {"name": "金融局群", "kind": "FEISHU", "address": "feishu://abc123", "unit": c.bureau.pk}
    wrong = client.post(reverse("channel-new"), form | {"address": "wecombot://abc"})
    assert wrong.status_code == 422
    assert "feishu://" in text(wrong)
    client.post(reverse("channel-new"), form)
    made = Channel.objects.get()
    page = text(client.get(reverse("channels")))
    assert "金融局群" in page
    assert "feishu://abc123" not in page
    edited = client.get(reverse("channel-edit", args=[made.pk]))
    assert "feishu://abc123" not in text(edited)
    client.post(reverse("channel-edit", args=[made.pk]), {"name": "群", "address": ""})
    client.post(reverse("channel-switch", args=[made.pk]))
    made.refresh_from_db()
    assert (made.name, made.address, made.is_active) == ("群", "feishu://abc123", False)
    client.post(reverse("channel-switch", args=[made.pk]), {"active": "yes"})
    made.refresh_from_db()
    assert made.is_active


def test_quiet_hours_are_set(c):
    client, url = as_(c.administrator), reverse("quiet-hours")
    form = {"starts": "19:00", "ends": "07:30", "digest_at": "08:00"}
    assert client.post(url, form | {"digest_at": "20:00"}).status_code == 422
    assert client.post(url, form).status_code == 302
    assert str(QuietHours.objects.get()) == "19:00–07:30"
    assert "19:00" in text(client.get(url))


def test_sendings_are_listed_and_sent_again(c):
    failed = SendingFactory(state="FAILED", why="没有接收", next_try_at=None)
    SendingFactory(channel=ChannelFactory(), state="UNDER_WAY")
    client = as_(c.administrator)
    assert "发送时中断" in text(client.get(reverse("channels")))
    assert len(client.get(reverse("sendings")).context["page"]) == 2
    assert len(client.get(reverse("sendings"), {"state": "FAILED"}).context["page"]) == 1
    client.post(reverse("sending-again", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.state == "WAITING"
    assert "没有发送记录" in text(client.get(reverse("sendings"), {"state": "SENT"}))
    assert Sending.objects.count() == 2


def test_opening_leads_to_the_page_of_what_it_is_about(c):
    a = assigned(c)
    notice = Notice.objects.get(unit=c.bureau)
    answer = as_(c.handler).post(reverse("notice-open", args=[notice.pk]))
    assert answer.headers["Location"] == reverse("assignment", args=[a.pk])


def test_each_reader_has_a_page_of_each_subject_or_none(c):
    firm = EnterpriseAccountFactory().account
    assert page_about("problems.problem", 7, reader=firm) == reverse("firm-problem", args=[7])
    assert page_about("problems.problem", 7, reader=c.clerk) == reverse("problem", args=[7])
    assert page_about("problems.commonproblem", 7, reader=firm) == reverse("firm")
    assert page_about("policies.policy", None, reader=firm) == reverse("my-policies")
    assert page_about("policies.policy", None, reader=c.clerk) == page_about("", None, reader=firm) == ""


def test_addresses_of_old_notices_become_subjects():
    """What rooms wrote before notices named their subject."""
    migration = import_module("gongjian.notices.migrations.0004_subjects")
    told = {
        "/assignments/12/": ("assignments.assignment", 12),
        "/complaints/3/": ("complaints.complaint", 3),
        "/firm/problems/5/": ("problems.problem", 5),
        "/firm/": ("problems.commonproblem", None),
        "/firm/policies/": ("policies.policy", None),
        "/desk/": ("", None),
    }
    assert {address: migration.subject_of(address) for address in told} == told


@pytest.mark.django_db(transaction=True)
def test_old_notices_are_moved_over():
    """Through the migrations themselves: a row with an address comes out with its subject."""

    def migrate(name):
        executor = MigrationExecutor(connection)
        executor.migrate([("notices", name)])
        return executor.loader.project_state([("notices", name)]).apps.get_model("notices", "Notice").objects

    unit = UnitFactory()
    try:
        old = migrate("0003_withdrawals")
        facts = {"unit_id": unit.pk, "kind": "TASK", "sentence": "新交办", "at": AT}
        old.create(key="a", link="/assignments/12/", **facts)
        old.create(key="b", **facts)
    finally:
        new = migrate("0005_no_addresses")
    read = list(new.order_by("key").values_list("subject_kind", "subject_id"))
    assert read == [("assignments.assignment", 12), ("", None)]
