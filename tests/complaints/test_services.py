"""Complaining by name and without, answering, the clock, figures."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.complaints import perms, queries
from gongjian.complaints import services as complaints
from gongjian.complaints.models import Complaint
from gongjian.measures.measure import Scope
from gongjian.measures.queries import count_all
from gongjian.notices.models import Notice
from gongjian.web.subject_pages import page_about
from tests import scenes
from tests.factories import AT, AccountFactory, ComplaintFactory, EnterpriseAccountFactory

pytestmark = pytest.mark.django_db
DAY = AT.date()


@pytest.fixture
def city():
    return scenes.city()


def complain(by, *, nameless=False, **facts):
    facts = {"kind": "FORMS", "text": "同一张表一周要了三次", "nameless": nameless} | facts
    return complaints.complain(**facts, by=by, at=AT)


def test_a_complaint_by_name_is_answered_within_five_working_days(city):
    complaint, code = complain(city.handler, page="/desk/")
    assert (complaint.made_by, complaint.page, code) == (city.handler, "/desk/", "")
    assert complaint.area == city.city
    assert complaint.due_on == DAY + timedelta(7)  # a Tuesday: five working days on is the next Tuesday
    assert queries.status_of(complaint, today=complaint.due_on) == "OPEN"
    assert queries.status_of(complaint, today=complaint.due_on + timedelta(1)) == "LATE"
    answered = complaints.answer(complaint, outcome="ACCEPTED", text="合并两张表", by=city.auditor, at=AT)
    assert queries.status_of(answered, today=DAY + timedelta(90)) == "ANSWERED"
    assert [e.by_name for e in Event.objects.filter(name__startswith="complaint.").order_by("seq")] == [
        city.handler.name,
        city.auditor.name,
    ]


def test_without_a_name_nothing_leads_back(city):
    complaint, code = complain(city.county_clerk, nameless=True, page="/problems/")
    assert (complaint.made_by, complaint.page, complaint.area) == (None, "", city.city)
    assert len(code) == 10
    assert code not in complaint.receipt
    event = Event.objects.get(name="complaint.made")
    assert (event.by_id, event.at.astimezone(AT.tzinfo).hour, event.at.minute) == (None, 12, 0)
    assert str(city.county_clerk) not in str(event.data)
    assert not queries.visible_to(city.county_clerk).exists()
    assert queries.visible_to(city.clerk).get() == complaint


def test_who_may_answer(city):
    complaint, _code = complain(city.clerk, about_unit=city.bureau)
    for account, words in (
        (city.clerk, "别人答复"),
        (city.handler, "攻坚办或审计"),
        (city.county_clerk, "攻坚办或审计"),
        (AccountFactory(role="AUDITOR", unit=city.bureau, reads_area=city.city), "被投诉单位"),
    ):
        assert not perms.can_answer(account, complaint)
        with pytest.raises(Refused, match=words):
            complaints.answer(complaint, outcome="EXPLAINED", text="说明", by=account, at=AT)
    assert perms.can_answer(city.auditor, complaint)
    with pytest.raises(Refused, match="怎么处理"):
        complaints.answer(complaint, outcome="EXPLAINED", text=" ", by=city.auditor, at=AT)
    complaints.answer(complaint, outcome="EXPLAINED", text="说明", by=city.auditor, at=AT)
    with pytest.raises(Refused, match="已经答复"):
        complaints.answer(complaint, outcome="EXPLAINED", text="再说明", by=city.auditor, at=AT)
    with pytest.raises(Refused, match="哪张表"):
        complain(city.clerk, text=" ")


def test_nobody_reads_what_others_said(city):
    mine, _code = complain(city.handler)
    assert list(queries.visible_to(city.handler)) == [mine]
    for other in (city.leader, city.officer, city.administrator, city.other_handler, city.county_clerk):
        assert not queries.visible_to(other).exists()


def counted(*keys):
    """What the table of measures counts."""
    return [number.number for number in count_all(keys, Scope(DAY)).values()]


def test_figures(city):
    late = ComplaintFactory(area=city.city, made_on=DAY - timedelta(40), due_on=DAY - timedelta(33))
    ComplaintFactory(area=city.city, kind="ASKING")
    complaint, _code = complain(city.handler)
    complaints.answer(complaint, outcome="PARTLY", text="改", by=city.clerk, at=AT)
    figures = queries.figures(Complaint.objects.all())
    assert (figures.answered, figures.in_time, figures.days) == (1, 1, 0)
    assert counted("complaints", "complaints_answered", "complaints_late", "complaints_nameless") == [
        3,
        1,
        1,
        2,
    ]
    assert figures.in_time_percent == 100
    assert dict(figures.months) == {"2026-11": 2, f"{late.made_on:%Y-%m}": 1}
    assert [n for _kind, n in figures.kinds] == [2, 1]
    nothing = queries.figures(Complaint.objects.none())
    assert (nothing.in_time_percent, nothing.days) == (None, None)
    for wanted, number in (("LATE", 1), ("OPEN", 1), ("ANSWERED", 1)):
        assert queries.with_status(Complaint.objects.all(), wanted, today=DAY).count() == number


# --- on the page


def signed_in(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def test_the_entry_stands_on_every_page_and_remembers_where_one_was(city):
    client = signed_in(city.handler)
    assert 'href="/complaints/new/"' in client.get("/desk/").content.decode()
    page = client.get("/complaints/new/", headers={"referer": "http://testserver/desk/?x=1"}).content.decode()
    assert 'value="/desk/"' in page
    answer = client.post(
        "/complaints/new/", {"kind": "FORMS", "text": "重复报数", "page": "/desk/"}, follow=True
    )
    assert "重复报数" in answer.content.decode()
    assert client.post("/complaints/new/", {"kind": "FORMS", "text": ""}).status_code == 422


def test_the_receipt_shows_the_answer(city):
    firm = EnterpriseAccountFactory(enterprise=city.firm).account
    firm.reads_area = city.city
    firm.save()
    page = (
        signed_in(firm)
        .post("/complaints/new/", {"kind": "ASKING", "text": "三家都来要", "nameless": "on"})
        .content.decode()
    )
    [code] = re.findall(r"one-time-code\">([A-Z0-9]{10})<", page)
    complaint = Complaint.objects.get()
    auditor = signed_in(city.auditor)
    assert (
        auditor.post(f"/complaints/{complaint.pk}/", {"outcome": "ACCEPTED", "text": ""}).status_code == 422
    )
    auditor.post(f"/complaints/{complaint.pk}/", {"outcome": "ACCEPTED", "text": "今后一家来要"})
    assert (
        "今后一家来要"
        in signed_in(firm).post("/complaints/receipt/", {"code": code.lower()}).content.decode()
    )
    assert signed_in(firm).post("/complaints/receipt/", {"code": "WRONG"}).status_code == 422
    assert signed_in(firm).get(f"/complaints/{complaint.pk}/").status_code == 404
    listed = signed_in(city.clerk).get("/complaints/?standing=ANSWERED&kind=ASKING&q=三家").content.decode()
    assert complaint.number in listed
    assert "匿名" in listed
    book = signed_in(city.clerk).get("/complaints/export/")
    assert book.content[:2] == b"PK"


def notices_to(**facts):
    """Unread notices, oldest first."""
    return [
        notice.text for notice in Notice.objects.filter(withdrawn_at__isnull=True, **facts).order_by("pk")
    ]


def settled(complaint, by, **facts):
    return complaints.answer(
        complaint, **({"outcome": "EXPLAINED", "text": "按规定办理", "at": AT, "by": by} | facts)
    )


def test_the_office_hears_that_it_waits_and_whoever_complained_how_it_ended(city):
    complaint, _code = complain(city.handler)
    assert "收到投诉建议" in notices_to(unit=city.office)[0]
    settled(complaint, city.clerk)
    assert notices_to(unit=city.office) == []
    assert "按规定办理" in notices_to(account=city.handler)[0]
    notice = Notice.objects.get(account=city.handler)
    assert (
        page_about(notice.subject_kind, notice.subject_id, reader=city.handler)
        == f"/complaints/{complaint.pk}/"
    )


def test_of_a_nameless_one_the_office_hears_and_nothing_leads_back(city):
    complaint, _code = complain(city.handler, nameless=True)
    settled(complaint, city.auditor)
    assert ["匿名投诉建议" in text for text in notices_to(unit=city.office)] == [True]
    assert not notices_to(account=city.handler)
    assert {notice.at.astimezone(AT.tzinfo).hour for notice in Notice.objects.filter(kind="TASK")} == {12}


def test_the_office_complained_of_does_not_answer_for_itself(city):
    complain(city.handler, about_unit=city.office)
    assert notices_to(unit=city.office) == []
    assert len(notices_to(account=city.auditor)) == 1


def test_a_closed_one_is_opened_again_and_the_chain_kept(city):
    complaint, _code = complain(city.handler)
    with pytest.raises(Refused, match="还没有答复"):
        complaints.reopen(complaint, reason="慢", by=city.handler, at=AT)
    settled(complaint, city.clerk, text="已解释")
    for stranger in (city.other_handler, city.clerk):
        with pytest.raises(Refused, match="只有投诉人"):
            complaints.reopen(complaint, reason="不服", by=stranger, at=AT)
    with pytest.raises(Refused, match="哪里没有解决"):
        complaints.reopen(complaint, reason=" ", by=city.handler, at=AT)
    again = complaints.reopen(complaint, reason="表还在要", by=city.handler, at=AT + timedelta(days=10))
    assert (again.round, again.outcome, again.due_on) == (2, "", DAY + timedelta(17))
    earlier = again.earlier.get()
    assert (earlier.answer, earlier.answered_by, earlier.reason) == ("已解释", city.clerk, "表还在要")
    assert "已重开" in notices_to(unit=city.office)[-1]
    with pytest.raises(Refused, match="由别人答复"):
        settled(complaint, city.clerk)
    settled(complaint, city.auditor, text="已停止", at=AT + timedelta(days=11))
    assert counted("complaints_reopened") == [1]
    assert [e.name for e in Event.objects.filter(name__startswith="complaint.").order_by("seq")] == [
        "complaint.made",
        "complaint.answered",
        "complaint.reopened",
        "complaint.answered",
    ]


def test_pages_open_again_by_name_and_by_code(city, client):
    complaint, _code = complain(city.handler)
    settled(complaint, city.clerk, text="已解释")
    client.force_login(city.handler, backend="gongjian.web.session.Backend")
    assert "不同意这个答复" in client.get(f"/complaints/{complaint.pk}/").content.decode()
    empty = client.post(f"/complaints/{complaint.pk}/reopen/", {"reason": ""})
    assert empty.status_code == 422
    page = client.post(
        f"/complaints/{complaint.pk}/reopen/", {"reason": "表还在要"}, follow=True
    ).content.decode()
    assert "第 1 次答复" in page
    assert "表还在要" in page
    hidden, code = complain(city.other_handler, nameless=True)
    settled(hidden, city.auditor)
    assert "不同意这个答复" in client.post("/complaints/receipt/", {"code": code}).content.decode()
    wrong = client.post("/complaints/receipt/reopen/", {"code": "ZZZZ", "reason": "不对"})
    assert wrong.status_code == 422
    assert "查询码不对" in wrong.content.decode()
    client.post("/complaints/receipt/reopen/", {"code": code, "reason": "没改"})
    hidden.refresh_from_db()
    assert hidden.round == 2
    assert Event.objects.filter(name="complaint.reopened").latest("seq").by_id is None
