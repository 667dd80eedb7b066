"""The firm first sees what was done, then is asked: on its own page, with the code of the slip, at the kiosk; what waits is on top."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongjian.assignments import services as assignments
from gongjian.attachments.services import accept_file
from gongjian.problems import services as problems
from tests import scenes
from tests.web.test_pages import signed_in

TEXT = "协调银行续贷三百万元，已放款"


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


@pytest.fixture
def done(world):
    """A matter of the signed-in firm, resolved a moment ago with a paper."""
    c, at = world.city, timezone.now()
    task = world.owed.assignment
    assignments.accept(task, by=c.handler, at=at)
    paper = accept_file("放款凭证.pdf", b"%PDF-1.7 x")
    assignments.resolve(task, outcome="SOLVED", text=TEXT, files=[paper], by=c.handler, at=at)
    world.owed.refresh_from_db()
    return world.owed


def in_order(page, *words):
    places = [page.index(word) for word in words]
    assert places == sorted(places), words


def test_the_own_page_shows_the_result_before_the_question(world, done):
    page = signed_in(world.enterprise).get(reverse("firm-problem", args=[done.pk])).content.decode()
    in_order(page[page.index('id="done"') :], "办理结果", "已解决", "办结", TEXT, "放款凭证.pdf", "提交评价")


def test_what_waits_for_the_firm_stands_on_top_and_leaves_when_it_has_spoken(world, done):
    firm = signed_in(world.enterprise)
    page = firm.get(reverse("firm")).content.decode()
    in_order(page, "等您评价", done.number)
    top = page[page.index("等您评价") :]
    assert done.number in top[: top.index("</section>")]
    assert "办理中" not in top[: top.index("</section>")]
    said = {"satisfaction": "SATISFIED", "said_by": "高总", "note": ""}
    assert firm.post(reverse("firm-problem", args=[done.pk]), said).status_code == 302
    after = firm.get(reverse("firm")).content.decode()
    top = after.partition("等您评价")[2]
    assert done.number not in top[: top.find("</section>")]


@pytest.mark.parametrize("route", ["word", "kiosk"])
def test_the_code_opens_what_was_done_and_only_then_the_question(world, done, route):
    code = problems.issue_code(done, by=world.city.clerk, at=timezone.now())
    anybody = Client()
    empty = anybody.get(reverse(route)).content.decode()
    assert "satisfaction" not in empty
    page = anybody.post(reverse(route), {"code": code}).content.decode()
    in_order(page, TEXT, "放款凭证.pdf", "satisfaction")
    said = {"code": code, "satisfaction": "SATISFIED", "said_by": "高总", "note": ""}
    anybody.post(reverse(route), said)
    assert done.words.get().satisfaction == "SATISFIED"


def test_a_wrong_code_shows_nothing(world, done):
    answer = Client().post(reverse("word"), {"code": "ZZZZ2222"})
    assert answer.status_code == 422
    assert TEXT not in answer.content.decode()
    assert "satisfaction" not in answer.content.decode()
