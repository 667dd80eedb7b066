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
    made, code = complain(city.handler, page="/desk/")
    assert (made.made_by, made.page, code) == (city.handler, "/desk/", "")
    assert made.area == city.city
    assert made.due_on == DAY + timedelta(7)  # a Tuesday: five working days on is the next Tuesday
    assert queries.standing(made, today=made.due_on) == "OPEN"
    assert queries.standing(made, today=made.due_on + timedelta(1)) == "LATE"
    answered = complaints.answer(made, outcome="ACCEPTED", text="合并两张表", by=city.auditor, at=AT)
    assert queries.standing(answered, today=DAY + timedelta(90)) == "ANSWERED"
    assert [e.by_name for e in Event.objects.order_by("seq")] == [city.handler.name, city.auditor.name]


def test_without_a_name_nothing_leads_back(city):
    made, code = complain(city.county_clerk, nameless=True, page="/problems/")
    assert (made.made_by, made.page, made.area) == (None, "", city.city)
    assert len(code) == 10
    assert code not in made.receipt
    event = Event.objects.get()
    assert (event.by_id, event.at.astimezone(AT.tzinfo).hour, event.at.minute) == (None, 12, 0)
    assert str(city.county_clerk) not in str(event.data)
    assert not queries.visible_to(city.county_clerk).exists()
    assert queries.visible_to(city.clerk).get() == made


def test_who_may_answer(city):
    made, _code = complain(city.clerk, about_unit=city.bureau)
    for account, words in (
        (city.clerk, "别人答复"), (city.handler, "攻坚办或审计"), (city.county_clerk, "攻坚办或审计"),
        (AccountFactory(role="AUDITOR", unit=city.bureau, reads_area=city.city), "被投诉单位"),
    ):  # fmt: skip
        assert not perms.can_answer(account, made)
        with pytest.raises(Refused, match=words):
            complaints.answer(made, outcome="EXPLAINED", text="说明", by=account, at=AT)
    assert perms.can_answer(city.auditor, made)
    with pytest.raises(Refused, match="怎么处理"):
        complaints.answer(made, outcome="EXPLAINED", text=" ", by=city.auditor, at=AT)
    complaints.answer(made, outcome="EXPLAINED", text="说明", by=city.auditor, at=AT)
    with pytest.raises(Refused, match="已经答复"):
        complaints.answer(made, outcome="EXPLAINED", text="再说明", by=city.auditor, at=AT)
    with pytest.raises(Refused, match="哪张表"):
        complain(city.clerk, text=" ")


def test_nobody_reads_what_others_said(city):
    mine, _code = complain(city.handler)
    assert list(queries.visible_to(city.handler)) == [mine]
    for other in (city.leader, city.officer, city.administrator, city.other_handler, city.county_clerk):
        assert not queries.visible_to(other).exists()


def test_figures(city):
    late = ComplaintFactory(area=city.city, made_on=DAY - timedelta(40), due_on=DAY - timedelta(33))
    ComplaintFactory(area=city.city, kind="ASKING")
    made, _code = complain(city.handler)
    complaints.answer(made, outcome="PARTLY", text="改", by=city.clerk, at=AT)
    told = queries.figures(Complaint.objects.all(), today=DAY)
    assert (told.received, told.answered, told.late, told.in_time, told.nameless, told.days) == (
        3,
        1,
        1,
        1,
        2,
        0,
    )
    assert told.in_time_percent == 100
    assert dict(told.months) == {"2026-11": 2, f"{late.made_on:%Y-%m}": 1}
    assert [n for _kind, n in told.kinds] == [2, 1]
    nothing = queries.figures(Complaint.objects.none(), today=DAY)
    assert (nothing.in_time_percent, nothing.days) == (None, None)
    for wanted, number in (("LATE", 1), ("OPEN", 1), ("ANSWERED", 1)):
        assert queries.by_standing(Complaint.objects.all(), wanted, today=DAY).count() == number


# --- on the page


def signed_in(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.signed_in.Backend")
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
    made = Complaint.objects.get()
    auditor = signed_in(city.auditor)
    assert auditor.post(f"/complaints/{made.pk}/", {"outcome": "ACCEPTED", "text": ""}).status_code == 422
    auditor.post(f"/complaints/{made.pk}/", {"outcome": "ACCEPTED", "text": "今后一家来要"})
    assert (
        "今后一家来要"
        in signed_in(firm).post("/complaints/receipt/", {"code": code.lower()}).content.decode()
    )
    assert signed_in(firm).post("/complaints/receipt/", {"code": "WRONG"}).status_code == 422
    assert signed_in(firm).get(f"/complaints/{made.pk}/").status_code == 404
    listed = signed_in(city.clerk).get("/complaints/?standing=ANSWERED&kind=ASKING&q=三家").content.decode()
    assert made.number in listed
    assert "匿名" in listed
    book = signed_in(city.clerk).get("/complaints/export/")
    assert book.content[:2] == b"PK"
