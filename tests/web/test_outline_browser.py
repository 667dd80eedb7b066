"""The parts of a bulletin change places in a real browser: by dragging, by keys, by buttons, and without scripts."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.bulletins import services as bulletins
from gongjian.bulletins.editing.outline import with_keys
from gongjian.bulletins.models import Bulletin
from tests import scenes
from tests.factories import AT, TODAY
from tests.web.browser_desks import desks, give_password
from tests.web.test_frame_browser import CHROMIUM, REST, VENDOR, chromium

__all__ = ["chromium"]
pytestmark = [
    pytest.mark.xdist_group("frame"),
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(not VENDOR.exists(), reason="front-end files not fetched: python frontend/vendor.py"),
]
SCREENS = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]


@pytest.fixture
def city(transactional_db):
    made = scenes.city()
    give_password(made.clerk)
    return made


@pytest.fixture
def brief(city):
    facts = {"first": date(2026, 11, 23), "last": TODAY, "by": city.clerk, "at": AT}
    return bulletins.make_brief(area=city.city, **facts)


@pytest.fixture
def outline(chromium, live_server, city, brief):
    """Opens the outline on a screen."""
    with desks(chromium, live_server.url) as sit_down:

        def opened(**options):
            page = sit_down(city.clerk, **options)
            page.goto(live_server.url + reverse("bulletin-edit", args=[brief.pk]))
            return page

        yield opened


def keys(page):
    return page.eval_on_selector_all("[data-part]", "all => all.map(one => one.dataset.part)")


def stored(brief):
    return [block["key"] for block in Bulletin.objects.get(pk=brief.pk).content["blocks"]]


def save(page):
    with page.expect_navigation():
        page.click(".outline-save .btn-primary")


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_a_part_is_dragged_to_its_place_and_saved_with_the_texts(outline, brief, screen):
    page = outline(viewport=screen)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    first = keys(page)
    handle = page.locator("[data-handle]").first.bounding_box()
    below = page.locator("[data-part]").nth(1).bounding_box()
    x, y = handle["x"] + 8, handle["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    for part in range(1, 13):
        page.mouse.move(x, y + (below["y"] + below["height"] - y) * part / 12)
    page.mouse.up()
    page.wait_for_function(f"document.querySelector('[data-part]').dataset.part !== '{first[0]}'")
    assert "2" in page.inner_text("[data-outline-said]")
    page.fill(f"[name={first[0]}]", "总的情况")
    moved = keys(page)
    save(page)
    assert stored(brief) == moved
    assert moved[:2] == [first[1], first[0]]
    assert "总的情况" in [block.get("text") for block in Bulletin.objects.get(pk=brief.pk).content["blocks"]]
    assert brief.versions.count() == 2  # one saving, one version


def test_keys_and_buttons_move_a_part_without_leaving_the_page(outline, brief):
    page = outline(viewport=SCREENS[0])
    first = keys(page)
    page.focus(f"[name={first[1]}]")
    page.keyboard.press("Alt+ArrowUp")
    assert keys(page)[:2] == [first[1], first[0]]
    assert page.evaluate("document.activeElement.name") == first[1]
    page.keyboard.press("Alt+ArrowUp")  # nothing above
    page.click(f"#{first[0]} [data-move='1']")
    assert keys(page)[:3] == [first[1], first[2], first[0]]
    assert page.locator(f"#{first[1]} [data-move='-1']").is_disabled()
    assert brief.versions.count() == 0
    save(page)
    assert stored(brief) == [first[1], first[2], first[0], *first[3:]]


def test_an_order_that_was_not_saved_comes_back_with_the_draft(outline):
    page = outline(viewport=SCREENS[0])
    first = keys(page)
    page.click(f"#{first[0]} [data-move='1']")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_function(f"document.querySelector('[data-part]').dataset.part === '{first[1]}'")


def test_a_draft_offers_what_its_writer_typed_even_when_the_part_is_gone(outline, brief):
    page = outline()
    blocks = with_keys(brief.content["blocks"])
    part = next(block for block in blocks if block["kind"] == "paragraph")
    page.locator(f"[name={part['key']}]").fill("写到一半的一段话[9|none]")
    save(page)  # refused: there is no such number
    page.locator("[name=issue]").fill("77")
    page.wait_for_timeout(REST)
    brief.title, brief.content["blocks"] = "同事改的标题", [block for block in blocks if block is not part]
    brief.save()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(page.url)
    offered = page.locator(".older-draft").inner_text()
    assert "写到一半的一段话" in offered
    assert "同事改的标题" not in offered  # nobody's draft
    assert page.locator("[name=title]").input_value() == "同事改的标题"


def test_without_scripts_the_buttons_move_a_part(outline, brief):
    page = outline(viewport=SCREENS[0], java_script_enabled=False)
    first = stored(brief)
    with page.expect_navigation():
        page.click(f"#{first[1]} [value='up:{first[1]}']")
    assert stored(brief) == [first[1], first[0], *first[2:]]
    page.click(f"#{first[0]} summary")
    with page.expect_navigation():
        page.click(f"#{first[0]} [value='drop:{first[0]}']")
    assert stored(brief) == [first[1], *first[2:]]
