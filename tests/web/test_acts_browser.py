"""Acts where a row stands, and the search of the head, in a real browser: by keyboard with the script, by links without it."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests import scenes
from tests.web.test_frame_browser import CHROMIUM, VENDOR, chromium

__all__ = ["chromium"]
pytestmark = [
    pytest.mark.xdist_group("frame"),
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(not VENDOR.exists(), reason="front-end files not fetched: python frontend/vendor.py"),
]
PASSWORD = "a-word-for-tests"


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    settings.HOME = tmp_path
    cache.clear()
    made = scenes.ledger(timezone.now())
    for account in (made.city.clerk, made.city.handler):
        account.set_password(PASSWORD)
        account.save()
    return made


@pytest.fixture
def desk(chromium, live_server, world):
    """Opens the first page of an account."""
    opened = []

    def sit_down(account, **options):
        context = chromium.new_context(locale="zh-CN", **options)
        opened.append(context)
        page = context.new_page()
        page.goto(live_server.url + reverse("sign-in"))
        page.fill("[name=username]", account.username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_load_state()
        return page

    yield sit_down
    for context in opened:
        context.close()


def to_row(page, row):
    """Press j until the row is the current one."""
    for _n in range(40):
        page.keyboard.press("j")
        if "current" in (page.locator(row).get_attribute("class") or ""):
            return
    raise AssertionError(row)


def test_a_clerk_acts_where_the_row_stands_by_keyboard(desk, world):
    page, row = desk(world.city.clerk), f"#problem-{world.fresh.pk}"
    to_row(page, row)
    page.keyboard.press("h")
    page.wait_for_selector(f"{row} .act-place form.hand-over")
    assert page.evaluate("document.activeElement.closest('.act-place') !== null")
    page.keyboard.press("Escape")
    assert page.locator(f"{row} .act-place form").count() == 0
    page.keyboard.press("Enter")
    place = page.locator(f"{row} .act-place")
    place.locator("form.hand-over").wait_for()
    place.locator("summary", has_text="当场已经答复").click()
    place.locator("[name=answer]").fill("已当场说明")
    with page.expect_navigation():
        place.locator("form[action$='/answer/'] button[type=submit]").click()
    assert page.url.rstrip("/").count("/") == 2  # back on the first page
    assert page.locator(row).count() == 0
    world.fresh.refresh_from_db()
    assert world.fresh.answer == "已当场说明"


def test_one_row_is_open_at_a_time_and_its_picks_work(desk, world):
    page = desk(world.city.clerk)
    rows = page.locator("li.act-row")
    for n in (0, 1):
        rows.nth(n).locator("a.act-link").click()
        rows.nth(n).locator(".act-place form").first.wait_for(state="attached")
    assert page.locator(".act-place form").count() == rows.nth(1).locator(".act-place form").count()
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_without_a_script_the_same_link_opens_the_page_and_the_form_leads_back(desk, world):
    page = desk(world.city.clerk, java_script_enabled=False)
    page.click(f"#problem-{world.fresh.pk} a.act-link")
    page.wait_for_url(f"**/problems/{world.fresh.pk}/**")
    page.locator("summary", has_text="当场已经答复").click()
    page.fill("[name=answer]", "已当场说明")
    page.click("form[action$='/answer/'] button[type=submit]")
    assert page.url.rstrip("/").count("/") == 2


def test_the_search_of_the_head_goes_by_keys(desk, world, live_server):
    page = desk(world.city.clerk)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "top-q"
    page.keyboard.type(world.owed.number.lower())
    page.wait_for_selector("#top-hits a")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == live_server.url + reverse("problem", args=[world.owed.pk])
    page.keyboard.press("/")
    page.keyboard.type("查无此物")
    page.wait_for_selector("#top-hits .hits-none")
    page.keyboard.press("Escape")
    assert not page.is_visible("#top-hits")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "没有搜到" in page.inner_text("main")


def test_a_phone_holds_the_search_and_its_hits(desk, world):
    page = desk(world.city.clerk, viewport={"width": 390, "height": 844})
    page.fill("#top-q", world.city.firm.name[:3])
    page.wait_for_selector("#top-hits a")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
