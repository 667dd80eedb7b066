"""Asking: counted by body, refused where the answer is known and fresh, read by those who may."""

from datetime import date, timedelta

import pytest
from django.test import Client

from gongjian.assignments import services as assignments
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.enterprises.burden import queries as burden
from gongjian.enterprises.burden import services as asking
from gongjian.enterprises.models import Asking
from gongjian.enterprises.states import AskingKind
from gongjian.problems import services as problems
from tests import scenes
from tests.factories import AT, TODAY, AskingFactory, FactFactory, ProblemFactory

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def city():
    return scenes.city()


def ask(city, *keys, reason="", period=OCTOBER, kind="MONTH"):
    return asking.ask_facts(
        city.firm, keys=list(keys), period_kind=kind, period=period, reason=reason, by=city.clerk, at=AT
    )


def test_what_is_not_known_is_asked_and_counted_by_body(city):
    asking = ask(city, "营业收入", "用电量")
    assert (asking.questions, asking.prefilled, asking.minutes) == (2, 0, 20)
    assert (asking.asked_by, asking.by_unit) == (city.office.name, city.office)
    assert str(city.clerk) not in asking.asked_by
    assert [e.name for e in events_of(city.firm)] == ["enterprise.asked"]


def test_what_is_known_is_shown_instead_with_source_and_date(city):
    FactFactory(enterprise=city.firm, source="税务部门", recorded_at=AT)
    with pytest.raises(
        Refused, match=r"营业收入已经知道：100万元（税务部门，2026-11-24）.*写明理由"
    ) as refused:
        ask(city, "营业收入")
    assert refused.value.field == "reason"
    assert not Asking.objects.exists()
    asking = ask(city, "营业收入", "用电量", reason="税务口径与统计口径不一致")
    assert (asking.questions, asking.prefilled, asking.minutes) == (2, 1, 10)
    assert ask(city, "营业收入", period=date(2026, 9, 1)).prefilled == 0


def test_asking_for_nothing_or_for_what_is_not_in_the_catalogue(city):
    with pytest.raises(Refused, match="请选"):
        ask(city)
    with pytest.raises(Refused, match="数据目录里没有"):
        ask(city, "心情")
    with pytest.raises(Refused, match="攻坚办"):
        asking.ask_facts(
            city.firm, keys=["营业收入"], period_kind="MONTH", period=OCTOBER, by=city.handler, at=AT
        )


def test_reminders_and_codes_are_counted_where_the_product_asks(city):
    problem = ProblemFactory(enterprise=city.firm, area=city.county)
    task = problems.hand_over(
        problem,
        lead_unit=city.bureau,
        responsible_person=city.director,
        task="办",
        due=TODAY + timedelta(9),
        on_the_spot=False,
        by=city.clerk,
        at=AT,
    )
    assignments.remind(task, by=city.clerk, at=AT)
    assignments.accept(task, by=city.handler, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="好", by=city.handler, at=AT)
    problems.issue_code(problem, by=city.clerk, at=AT)
    assert list(Asking.objects.order_by("pk").values_list("kind", "unit", "enterprise")) == [
        ("REPORT", city.bureau.pk, None),
        ("WORD", None, city.firm.pk),
    ]


def test_counting_outside_a_transaction_is_an_error(city, monkeypatch):
    monkeypatch.setattr(
        "gongjian.enterprises.burden.services.transaction.get_connection",
        lambda: type("C", (), {"in_atomic_block": False}),
    )
    with pytest.raises(RuntimeError):
        asking.record_asking(kind=AskingKind.WORD, what="x", of=city.firm, by=city.clerk, at=AT)


def test_the_ledger_adds_up(city):
    AskingFactory(enterprise=city.firm, questions=3, prefilled=1, minutes=20)
    AskingFactory(enterprise=city.firm, asked_by="安川市商务局", on=date(2026, 10, 9), reason="口径不同")
    AskingFactory(enterprise=None, unit=city.bureau, area=city.city, kind="REPORT", minutes=70)
    shown = burden.burden_summary(burden.visible_to(city.clerk))
    assert (shown.total.askings, shown.total.questions, shown.total.hours, shown.total.prefilled_percent) == (
        3,
        5,
        2,
        20,
    )
    assert [(m.name, m.questions) for m in shown.months] == [("2026-10", 1), ("2026-11", 4)]
    assert [a.name for a in shown.askers] == ["安川市统计局", "安川市商务局"]
    assert ([u.questions for u in shown.units], [f.questions for f in shown.firms], shown.overridden) == (
        [1],
        [4],
        1,
    )
    assert (
        sum(a.questions for a in shown.askers)
        == sum(m.questions for m in shown.months)
        == shown.total.questions
    )
    assert burden.visible_to(city.handler).get().unit == city.bureau
    assert burden.visible_to(city.county_clerk).count() == 2
    assert burden.asked_between(Asking.objects.all(), date(2026, 11, 1), date(2026, 11, 30)).count() == 2
    assert burden.burden_summary(Asking.objects.none()).total.prefilled_percent == 0


def signed_in(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def test_on_the_page(city):
    client = signed_in(city.clerk)
    facts = {"keys": ["营业收入"], "period_kind": "MONTH", "period": "2026-10-15", "reason": ""}
    assert client.post(f"/enterprises/{city.firm.pk}/ask/", facts).status_code == 302
    FactFactory(enterprise=city.firm, source="税务部门", recorded_at=AT)
    refused = client.post(f"/enterprises/{city.firm.pk}/ask/", facts)
    assert refused.status_code == 422
    assert "已经知道" in refused.content.decode()
    page = client.get("/burden/").content.decode()
    assert city.office.name in page
    rows = client.get("/burden/askings/", {"asked_by": city.office.name}).content.decode()
    assert "营业收入" in rows
    assert client.get("/burden/export/?kind=FACT").content[:2] == b"PK"
