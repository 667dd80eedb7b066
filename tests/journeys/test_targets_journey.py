"""Targets in a browser: from rally to township in one sitting, a wrong figure put right everywhere, a county head on a phone."""

import io
import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from docx import Document

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow(30),
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("small_city"),
]
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


class Person:
    """Somebody who has signed in, at a screen."""

    def __init__(self, browser, server, cookie, size=DESK):
        self.address = server.address
        context = browser.new_context(viewport=size, locale="zh-CN", accept_downloads=True)
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.address}])
        self.page = context.new_page()

    def go(self, path):
        """Open a page and say what it says."""
        self.page.goto(self.address + path)
        return self.text()

    def press(self, selector):
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        return self.text()

    def fill_all(self, value):
        """Fill each box of the table."""
        boxes = self.page.locator("main .entry-grid input")
        for number in range(boxes.count()):
            boxes.nth(number).fill(value)

    def text(self):
        return self.page.inner_text("main")

    def fill(self, **values):
        for name, value in values.items():
            self.page.fill(f"main [name={name}]", value)


def test_from_the_rally_to_the_township_in_one_sitting(browser, small_city):
    server, known = small_city
    facts = known["CLERK"]
    (county, name), (rally, year) = facts["county"], facts["rally"]
    city, below = (
        Person(browser, server, facts["cookie"]),
        Person(browser, server, facts["county_clerk"]),
    )
    city.go("/targets/battles/new/")
    city.fill(name="夜间经济攻坚战", order="99")
    city.page.locator("main [name=indicators]").first.check()
    city.press("main button[type=submit]")

    city.go("/targets/new/")
    city.page.select_option("main [name=battle]", label="夜间经济攻坚战")
    city.page.select_option("main [name=indicator]", index=1)
    city.page.select_option("main [name=horizon]", "FULL_YEAR")
    city.page.select_option("main [name=year]", str(year))
    city.fill(value="900")
    city.press("main button[type=submit]")
    whole = re.search(r"/targets/(\d+)/", city.page.url).group(1)

    city.go(f"/targets/{whole}/pass-on/")
    city.fill_all("90")
    city.page.locator(f"main [name=a{county}]").fill("80")
    told = city.press("button[name=check]")
    assert re.search(r"(缺口|层层加码) [\d,.]+，由.+(承担|说明)", told)
    city.press("main .buttons button:not([name])")
    assert "已下达，待回复" in city.text()

    below.go("/inbox/")
    told = below.press("main form[action*='/open/'] button:has-text('80。请认可')")
    assert "已下达，待回复" in told
    part = re.search(r"/targets/(\d+)/", below.page.url).group(1)
    below.page.locator("summary:has-text('提出异议')").click()
    below.page.fill("[name=counter-value]", "75")
    below.page.fill("[name=counter-reason]", "两家企业停产改造")
    below.press("form[action$='/counter/'] button[type=submit]")
    city.go(f"/targets/{part}/")
    city.press("form[action$='/accept/'] button")
    assert "已签责任书" in city.press("form[action$='/sign/'] button")

    below.go(f"/targets/{part}/pass-on/")
    below.fill_all("1")
    below.press("main .buttons button:not([name])")
    assert "已下达，待回复" in below.text()

    assert name in city.go(f"/targets/rallies/{rally}/?area={county}")
    option = city.page.locator("main [name=target] option:has-text('75')").first.get_attribute("value")
    city.page.select_option("main [name=target]", option)
    city.fill(words="一天不耽误，一分不打折")
    city.page.locator("summary:has-text('改时限')").click()
    city.fill(due=(localdate() + timedelta(days=30)).isoformat())  # the year of the rally may be over
    assert "一天不耽误" in city.press("form[action$='/pledges/'] button[type=submit]")
    with city.page.expect_download() as download:
        city.page.locator("a[href$='minutes.docx']").click()
    minutes = Document(io.BytesIO(download.value.path().read_bytes()))
    words = [cell.text for table in minutes.tables for row in table.rows for cell in row.cells]
    assert any("一天不耽误" in text for text in [*words, *(one.text for one in minutes.paragraphs)])


def test_a_wrong_figure_is_corrected_and_whatever_used_it_says_so(browser, small_city):
    server, known = small_city
    facts = known["CLERK"]
    (county, _name), (published, month), indicator = (
        facts[key] for key in ("county", "published", "indicator")
    )
    clerk = Person(browser, server, facts["cookie"])
    before = clerk.go(f"/standings/published/{published}/")
    clerk.go(f"/figures/{indicator}/{county}/{int(month[:4])}-{int(month[5:7])}/")
    box = clerk.page.locator("main form[action*='/correct/']").first
    box.locator("[name=value]").fill("1.5")
    box.locator("[name=reason]").fill("多写了一位")
    assert "已更正" in clerk.press("main form[action*='/correct/'] button")

    after = clerk.go(f"/standings/published/{published}/")
    assert after != before
    assert "更正了" in after
    assert "更正了" in clerk.go("/targets/wall/")
    for target in filter(None, [facts["target"]]):
        assert "更正过" in clerk.go(f"/targets/{target}/")


def test_a_county_head_finds_place_reason_and_way_up_with_one_tap(browser, small_city):
    server, known = small_city
    head = Person(browser, server, known["CLERK"]["leader"], PHONE)
    assert re.search(r"第\d+位", head.go("/"))
    told = head.press("main a:has-text('怎么进一位')")
    for heading in ("怎么进一位", "为什么是这个名次"):
        assert heading in told
    assert re.search("还差 .+ 分|已在第一位|追不上|先补齐", told)
    assert head.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
