"""The page script in a real browser: typing Chinese, picking, drafts, keys, nothing from outside."""

import os
import shutil
from pathlib import Path

import pytest

from gongjian.web import navigation
from tests.factories import AccountFactory, AreaFactory, UnitFactory

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
VENDOR = Path(navigation.__file__).parent / "static" / "vendor" / "htmx.min.js"
pytestmark = [
    pytest.mark.xdist_group("frame"),
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(not VENDOR.exists(), reason="front-end files not fetched: python frontend/vendor.py"),
]
PASSWORD = "a-word-for-tests"
REST = 700  # ms, well beyond the pause that sends a search


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Tab:
    """A signed-in page that notes every request and every complaint."""

    def __init__(self, chromium, address, **options):
        self.context = chromium.new_context(locale="zh-CN", **options)
        self.page, self.address = self.context.new_page(), address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if "Security" in message.text else None,
        )
        self.open("/sign-in/?next=/components/")
        self.page.fill("[name=username]", "zhoumin")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url("**/components/")

    def open(self, path):
        self.page.goto(self.address + path)

    def searches(self):
        return [url for url in self.requests if "/components/?" in url]


@pytest.fixture
def open_tab(chromium, live_server, transactional_db):
    unit = UnitFactory(name="市金融工作局", area=AreaFactory(name="安川市"))
    account = AccountFactory(username="zhoumin", name="周敏", unit=unit)
    account.set_password(PASSWORD)
    account.save()
    tabs = []

    def opened(**options):
        tabs.append(Tab(chromium, live_server.url, **options))
        return tabs[-1]

    yield opened
    for tab in tabs:
        assert tab.complaints == []
        assert all(url.startswith((live_server.url, "data:", "blob:")) for url in tab.requests)
        tab.context.close()


@pytest.fixture
def tab(open_tab):
    return open_tab(viewport={"width": 1440, "height": 900})


def test_an_input_method_sends_one_search_with_the_finished_word(tab):
    keyboard = tab.context.new_cdp_session(tab.page)
    tab.page.focus("[data-filters] [name=q]")
    for half in ("s", "shu", "shui ni"):
        keyboard.send(
            "Input.imeSetComposition", {"text": half, "selectionStart": len(half), "selectionEnd": len(half)}
        )
        tab.page.wait_for_timeout(REST // 2)
    keyboard.send("Input.insertText", {"text": "水泥"})
    tab.page.wait_for_timeout(REST)
    assert [url.split("?")[1] for url in tab.searches()] == ["q=%E6%B0%B4%E6%B3%A5"]
    assert tab.page.url.endswith("?q=%E6%B0%B4%E6%B3%A5")


def test_a_choice_filters_at_once_and_going_back_shows_a_whole_page(tab):
    tab.page.select_option("[data-filters] [name=light]", "RED")
    tab.page.wait_for_url("**?light=RED")
    tab.page.click(".pager a[rel=next]")
    tab.page.wait_for_url("**page=2")
    tab.page.go_back()
    tab.page.wait_for_url("**?light=RED")
    assert tab.page.locator("header.top").count() == 1
    tab.page.wait_for_selector(".pager-count:has-text('1–10')")


def test_a_unit_is_picked_by_typing_and_keys(tab):
    tab.page.focus("#id_lead")
    tab.page.keyboard.type("金融")
    tab.page.wait_for_selector("#id_lead-list li[role=option]")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    assert tab.page.input_value("#id_lead") == "市金融工作局"
    assert tab.page.locator("#form input[type=hidden][name=lead]").count() == 1


def test_what_was_not_sent_is_there_again(tab):
    tab.page.on("dialog", lambda dialog: dialog.accept())
    tab.page.fill("#id_text", "流动资金不足")
    tab.page.wait_for_timeout(REST)
    tab.open("/components/")
    assert tab.page.input_value("#id_text") == "流动资金不足"
    tab.page.click("#toasts button")
    assert tab.page.input_value("#id_text") == ""


def test_rows_are_walked_and_ticked_by_keys(tab):
    for key in ("j", "j", "x"):
        tab.page.keyboard.press(key)
    assert "2026-0002" in tab.page.inner_text("tr.current")
    assert "已选 1 条" in tab.page.inner_text("[data-bulk]")
    tab.page.keyboard.press("?")
    assert tab.page.evaluate("document.querySelector('#keys').open")


def test_a_phone_sees_the_whole_page_without_moving_it_sideways(open_tab):
    phone = open_tab(viewport={"width": 390, "height": 844})
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.page.is_visible("[data-filters] [name=light]")
    small = phone.page.evaluate(
        """() => [...document.querySelectorAll("main .btn, main .form-control, main .form-select, .tick-box, .choice")]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []


def test_search_and_menu_work_without_script(open_tab):
    plain = open_tab(java_script_enabled=False)
    plain.page.fill("[data-filters] [name=q]", "水泥")
    plain.page.click("[data-filters] .btn-primary")
    plain.page.wait_for_url("**q=%E6%B0%B4%E6%B3%A5**")
    plain.page.click("details.menu summary")
    plain.page.click("text=退出登录")
    plain.page.wait_for_url("**/sign-in/")
