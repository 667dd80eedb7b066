"""No page is wider than a phone or longer than five of its screens, the leader's first page not longer than two: measured in a browser on full lists."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow(90),
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("small_city"),  # one serves them all
]
PHONE = {"width": 390, "height": 844}
HOME, PAGE = 1700, 4300  # pixels: the leader's first page, every other
SIZE = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
PATHS = (
    "all => all.map(a => new URL(a.getAttribute('href'), location).pathname)"  # areas of a map are links too
)
NO_PAGE = re.compile(
    r"^/(components/"  # every part of the house once: a sample for those who build pages
    r"|manual/)"  # chapters are read as text, from a table of contents
)
EACH = 1  # addresses of one shape that are followed from the lists


def sizes(page, address, first):
    """Width and height of every page that leads from the first ones, each shape of address a few times; what is no page is left out."""
    found, waiting = {}, list(first)
    shapes: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        try:
            answer = page.goto(address + path, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error):
                continue
            raise
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[path] = tuple(page.evaluate(SIZE))
        for link in page.eval_on_selector_all("main a[href^='/']", PATHS):
            shape = re.sub(r"\d+", "0", link)
            if shape == link or link in found or link in waiting or shapes.get(shape, 0) >= EACH:
                continue
            if not re.search(r"\.(docx|xlsx|ics|csv)$|/export/|/files/", link):
                shapes[shape] = shapes.get(shape, 0) + 1
                waiting.append(link)
    return {path: size for path, size in found.items() if not NO_PAGE.match(urlsplit(path).path)}


@pytest.mark.parametrize(
    ("role", "language"),
    [
        *(
            (role, "zh-hans")
            for role in ("ADMINISTRATOR", "AUDITOR", "CLERK", "ENTERPRISE", "HANDLER", "OFFICER")
        ),
        *(
            ("LEADER", language) for language in ("zh-hans", "en")
        ),  # the narrowest limit, in longer words as well
    ],
)
def test_no_page_is_wider_than_a_phone_or_longer_than_five_of_its_screens(
    browser, small_city, role, language
):
    server, known = small_city
    context = browser.new_context(viewport=PHONE, accept_downloads=False)
    for name, value in (("sessionid", known[role]["cookie"]), ("django_language", language)):
        context.add_cookies([{"name": name, "value": value, "url": server.address}])
    pages = known[role]["pages"]
    found = sizes(context.new_page(), server.address, pages.values())
    context.close()
    assert len(found) > len(pages) / 3
    assert {path: size for path, size in found.items() if size[0] > PHONE["width"] or size[1] > PAGE} == {}
    if role == "LEADER":
        assert found[pages["leader"]][1] <= HOME
