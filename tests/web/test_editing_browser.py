"""Two people at one record in a real browser: an older draft, both texts side by side, a session that ended."""

from urllib.parse import urljoin

import pytest
from django.urls import reverse

from gongjian.people.models import Session
from gongjian.visits.states import NoteHeading
from tests import scenes
from tests.factories import StopFactory, VisitFactory
from tests.web.browser_desks import desks, give_password
from tests.web.test_frame_browser import CHROMIUM, REST, VENDOR, chromium

__all__ = ["chromium"]
pytestmark = [
    pytest.mark.xdist_group("frame"),
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(not VENDOR.exists(), reason="front-end files not fetched: python frontend/vendor.py"),
]


@pytest.fixture
def city(transactional_db):
    made = scenes.city()
    give_password(made.clerk, made.county_clerk)
    return made


@pytest.fixture
def desk(chromium, live_server, city):
    """Opens a desk of its own for an account."""
    with desks(chromium, live_server.url) as sit_down:
        yield sit_down


@pytest.fixture
def stop(city):
    return StopFactory(visit=VisitFactory(area=city.county, recorded_by=city.clerk), enterprise=city.firm)


def note(stop, heading=NoteHeading.PLANNING):
    return f"[name=s{stop.pk}-note_{heading.value}]"


def open_stop(page, live_server, stop):
    page.goto(live_server.url + reverse("visit", args=[stop.visit_id]))
    page.locator(f"form[action$='/stops/{stop.pk}/']").locator("xpath=..").evaluate("d => { d.open = true }")


def save(page, stop):
    form = page.locator(f"form[action$='/stops/{stop.pk}/']")
    form.locator("input[value=NOTHING]").check()
    form.locator("button.btn-primary").last.click()
    page.wait_for_load_state()


def test_an_older_draft_is_shown_beside_the_newer_text_and_not_put_over_it(desk, live_server, city, stop):
    mine, other = desk(city.clerk), desk(city.county_clerk)
    open_stop(mine, live_server, stop)
    mine.fill(note(stop), "我的草稿：明年上两条线")
    mine.wait_for_timeout(REST)
    open_stop(other, live_server, stop)
    other.fill(note(stop), "同事的：明年上三条线")
    save(other, stop)
    mine.on("dialog", lambda dialog: dialog.accept())
    open_stop(mine, live_server, stop)
    assert mine.input_value(note(stop)) == "同事的：明年上三条线"
    offered = mine.locator(".older-draft")
    assert "我的草稿：明年上两条线" in offered.inner_text()
    assert "同事的：明年上三条线" in offered.inner_text()
    open_stop(mine, live_server, stop)  # it stays on offer
    mine.locator(".older-draft .versions button").first.click()
    assert mine.input_value(note(stop)) == "我的草稿：明年上两条线"
    assert mine.locator(".older-draft").count() == 0


def test_a_draft_of_the_same_version_comes_back_as_before(desk, live_server, city, stop):
    mine = desk(city.clerk)
    mine.on("dialog", lambda dialog: dialog.accept())
    open_stop(mine, live_server, stop)
    mine.fill(note(stop), "写了一半")
    mine.wait_for_timeout(REST)
    open_stop(mine, live_server, stop)
    assert mine.input_value(note(stop)) == "写了一半"
    assert mine.locator(".older-draft").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_both_texts_stand_side_by_side_and_one_is_chosen(desk, city, stop, script):
    options = {"java_script_enabled": script, "viewport": {"width": 390, "height": 800}}
    mine, other = desk(city.clerk, **options), desk(city.county_clerk)
    for page in (mine, other):
        page.goto(urljoin(page.url, reverse("visit-edit", args=[stop.visit_id])))
    other.fill("[name=place]", "东门会议室")
    other.click("main form[method=post] button.btn-primary")
    other.wait_for_load_state()
    mine.fill("[name=place]", "西门会议室")
    mine.click("main form[method=post] button.btn-primary")
    mine.wait_for_load_state()
    shown = mine.locator(".versions").inner_text()
    assert "东门会议室" in shown
    assert "西门会议室" in shown
    assert mine.evaluate("document.documentElement.scrollWidth") <= 390
    mine.locator(".version input").first.check()
    mine.click("main form[method=post] button.btn-primary")
    mine.wait_for_load_state()
    stop.visit.refresh_from_db()
    assert stop.visit.place == "西门会议室"


def test_a_list_asked_for_after_the_session_ended_leads_to_sign_in_and_the_text_stays(
    desk, live_server, city
):
    mine = desk(city.clerk)
    mine.goto(live_server.url + reverse("problem-new"))
    mine.fill("[name=text]", "写了很久的问题")
    Session.objects.all().delete()
    mine.locator("[name=enterprise_text]").press_sequentially("恒岳")
    mine.wait_for_timeout(REST)
    listed = mine.locator(".pick-list:visible")
    assert "登录已过期" in listed.inner_text()
    assert "没有找到" not in listed.inner_text()
    assert listed.locator("a").get_attribute("href").startswith(reverse("sign-in"))
    assert mine.input_value("[name=text]") == "写了很久的问题"
