"""No page is longer than five screens of a phone, the leader's first page not longer than two: measured in a browser on full lists."""

import json
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from tests.journeys.conftest import ROOT
from tests.journeys.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow(90), pytest.mark.enable_socket]
PHONE = {"width": 390, "height": 844}
HOME, PAGE = 1700, 4300  # pixels: the leader's first page, every other
HEIGHT = "document.documentElement.scrollHeight"
NO_PAGE = re.compile(
    r"^/(components/"  # every part of the house once: a sample for those who build pages
    r"|manual/"  # chapters are read as text, from a table of contents
    r"|policies/(new|\d+/next|versions/\d+)/$"  # one form, as long as the rule that is written in it
    r"|bulletins/\d+/$)"  # a paper is read as a whole
)
EACH = 2  # addresses of one shape that are followed from the lists


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home = tmp_path_factory.mktemp("heights")
    command = [sys.executable, "-m", "tests.journeys.small_city", str(home)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    server = Server(home).start()
    yield server, json.loads(made.stdout.strip().splitlines()[-1])
    server.kill()


def heights(page, address, first):
    """The height of every page that leads from the first ones, each shape of address a few times; what is no page is left out."""
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
        found[path] = page.evaluate(HEIGHT)
        for link in page.eval_on_selector_all("main a[href^='/']", "all => all.map(a => a.pathname)"):
            shape = re.sub(r"\d+", "0", link)
            if shape == link or link in found or link in waiting or shapes.get(shape, 0) >= EACH:
                continue
            if not re.search(r"\.(docx|xlsx|ics|csv)$|/export/|/files/", link):
                shapes[shape] = shapes.get(shape, 0) + 1
                waiting.append(link)
    return {path: height for path, height in found.items() if not NO_PAGE.match(urlsplit(path).path)}


@pytest.mark.parametrize(
    "role", ["ADMINISTRATOR", "AUDITOR", "CLERK", "ENTERPRISE", "HANDLER", "LEADER", "OFFICER"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_is_longer_than_five_screens_of_a_phone(browser, served, role, language):
    server, known = served
    context = browser.new_context(viewport=PHONE, accept_downloads=False)
    for name, value in (("sessionid", known[role]["cookie"]), ("django_language", language)):
        context.add_cookies([{"name": name, "value": value, "url": server.address}])
    pages = known[role]["pages"]
    found = heights(context.new_page(), server.address, pages.values())
    context.close()
    assert len(found) > len(pages) / 3
    assert {path: height for path, height in found.items() if height > PAGE} == {}
    if role == "LEADER":
        assert found[pages["leader"]] <= HOME
