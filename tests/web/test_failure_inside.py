"""The page of an error nobody foresaw lists what was typed, and no secret."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.assignments import services as assignments
from gongjian.notices import services as notices
from gongjian.problems import services as problems
from gongjian.visits import services as visits
from gongjian.web.error_pages.views import broken
from samples.html_forms import form_to
from tests import scenes
from tests.factories import AT
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db
LONG = "与三家银行对接，两家给出授信意见。\n第三家要求补充流水，预计下周办结。"


def fails(*_args, **_kwargs):
    raise RuntimeError("nobody foresaw this")


def sent(account, page, action, **typed):
    """The answer to a form that runs into an error, as a browser would get it."""
    client = as_(account) if account else Client()
    client.raise_request_exception = False
    data = form_to(text(client.get(page)), action).filled(**typed)
    return client.post(action or page, data, headers={"referer": f"http://testserver{page}"})


@pytest.fixture
def city():
    return scenes.city()


def test_a_new_problem(city, monkeypatch):
    monkeypatch.setattr(problems, "record", fails)
    page = reverse("problem-new")
    facts = {
        "enterprise": str(city.firm.pk),
        "enterprise_text": "恒岳机械",
        "text": LONG,
        "kind": "DIFFICULTY",
    }
    answer = sent(city.clerk, page, "", **facts, category="LAND")
    assert answer.status_code == 500
    shown = text(answer)
    for each in (
        "恒岳机械",
        "第三家要求补充流水",
        "问题",
        'data-copy="#typed"',
        f'href="{page}"',
        "没有保存",
    ):
        assert each in shown, each
    assert "csrfmiddlewaretoken" not in shown
    assert "form_key" not in shown


def test_a_new_visit(city, monkeypatch):
    monkeypatch.setattr(visits, "plan", fails)
    answer = sent(city.clerk, reverse("visit-new"), "", title="走访恒岳机械", starts_on="2026-11-24")
    assert answer.status_code == 500
    assert "走访恒岳机械" in text(answer)


def test_a_report_on_a_task(monkeypatch):
    world = scenes.ledger(AT)
    assignments.accept(world.owed.assignment, by=world.city.handler, at=AT)
    monkeypatch.setattr(assignments, "report", fails)
    page = reverse("problem", args=[world.owed.pk])
    action = reverse("assignment-move", args=[world.owed.assignment_id, "report"])
    answer = sent(world.city.handler, page, action, **{"report-text": LONG})
    assert answer.status_code == 500
    assert "第三家要求补充流水" in text(answer)
    assert "进展情况" in text(answer) or "内容" in text(answer)


def test_no_password_is_listed(city, monkeypatch):
    city.clerk.set_password("OldPassword-20261")
    city.clerk.save()
    monkeypatch.setattr("gongjian.web.sign_in.views.change_password", fails)
    facts = {"old": "OldPassword-20261", "new": "NewPassword-20261", "again": "NewPassword-20261"}
    answer = sent(city.clerk, reverse("password"), reverse("password"), **facts)
    assert answer.status_code == 500
    assert "Password-20261" not in text(answer)


def test_no_one_time_code_is_listed(city, monkeypatch):
    monkeypatch.setattr(problems, "problem_of_code", fails)
    answer = sent(None, reverse("word"), "", code="83172645")
    assert answer.status_code == 500
    assert "83172645" not in text(answer)


def test_no_address_with_a_password_is_listed(city, monkeypatch):
    monkeypatch.setattr(notices, "add_channel", fails)
    facts = {"name": "金融局工作群", "kind": "EMAIL", "address": "mailtos://user:Geheim-20261@mail"}
    answer = sent(city.administrator, reverse("channel-new"), "", **facts)
    assert answer.status_code == 500
    assert "金融局工作群" in text(answer)
    assert "Geheim-20261" not in text(answer)


def test_a_request_that_cannot_be_read_still_gets_its_page(rf):
    request = rf.generic("POST", "/problems/new/", b"--x", content_type="multipart/form-data; boundary=x")
    request.resolver_match = object()  # nothing about this request is as it should be
    assert broken(request).status_code == 500


def test_a_page_that_was_only_opened_lists_nothing(rf):
    page = text(broken(rf.get("/problems/")))
    assert "已填内容" not in page
    assert "系统出错" in page
