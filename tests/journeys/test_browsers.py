"""Every page in Chromium 92, the oldest browser the offices have, and in today's: the same words, the same colours, no errors."""

import contextlib
import json
import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.journeys.pages import PAGES
from tests.journeys.server import ROOT, built, serving

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browsers")]
OLD = ROOT / ".browsers" / "chromium-92"
SIZES = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
# A browser that runs as one process leaves no second page in it: one tab walks through all of them.
OLD_FLAGS = ["--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu", "--headless"]
LOOK = """() => {
  const folded = e => { const d = e.closest('details:not([open])'); return d && d !== e && !(e.closest('summary')); };
  const shown = e => e.getClientRects().length > 0 && !folded(e);
  const plain = colour => colour.replace(/rgba\\(.*, 0\\)/, 'transparent');
  const parts = [...document.querySelectorAll('h1, h2, th, td, label, legend, .btn, .light, .light-shape, .light-left, .state, .alert, .top, .side, .bar, .panel, .field-error, main a')];
  return {
    colours: parts.filter(shown).map(e => { const s = getComputedStyle(e); return [e.tagName + '.' + e.className, plain(s.color), plain(s.backgroundColor), s.borderTopWidth === '0px' ? '' : plain(s.borderTopColor)].join(' | '); }),
    words: document.querySelector('main').innerText.replace(/\\s+/g, ' ').replace(/\\d\\d:\\d\\d/g, 'hh:mm').replace(/\\d+ 毫秒/g, 'ms').replace(/(\\d+|不到 1) 分钟/g, 'm 分钟').trim(),
    wide: document.documentElement.scrollWidth - window.innerWidth,
  };
}"""
# The old browser styles the arrow of its own lists (`<input list>`) inline, and refuses itself. What a page did so, today's browser would tell.
OWN_FAULT = "Refused to apply inline style"
# A new width is drawn with the next frame; then whatever moves comes to rest.
AT_REST = """async () => {
  for (let n = 0; n < 2; n++) await new Promise(done => requestAnimationFrame(done));
  await Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0)));
}"""
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}
GRAVE = """async options => {
  const found = (await axe.run(document, options)).violations.filter(v => ['serious', 'critical'].includes(v.impact));
  return found.map(v => `${v.id}: ${v.nodes[0].target}`);
}"""
ADDRESSES = [(role, name) for role, names in PAGES.items() for name in names]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home = tmp_path_factory.mktemp("browsers")
    known = json.loads(built("full_world", home))
    with serving(home) as server:
        yield server, known


def look(page, served, role, name, *, also=None):
    """What a page shows in each size, and what it complains of: loaded once, since no script asks for the width."""
    server, known = served
    troubles = []
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": known[role]["cookie"], "url": server.address}])
    page.set_viewport_size(SIZES["desk"])

    def on_error(error):
        troubles.append(str(error))

    def on_console(line):
        if line.type == "error":
            troubles.append(line.text)

    page.on("pageerror", on_error)
    page.on("console", on_console)
    try:
        page.goto(server.address + known[role]["pages"][name], wait_until="load")
        seen = {}
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            page.evaluate(AT_REST)
            seen[size] = page.evaluate(LOOK)
            if also and size == "desk":
                seen["also"] = also(page)
    finally:
        page.remove_listener("pageerror", on_error)
        page.remove_listener("console", on_console)
    return seen | {"troubles": troubles}


def walk(open_tab, served, *, also=None):
    """Every page in one tab; a browser that dies on one is opened again, once a page."""
    tab, found = open_tab(), {}
    for role, name in ADDRESSES:
        try:
            found[role, name] = look(tab, served, role, name, also=also)
        except Error:
            tab = open_tab()
            found[role, name] = look(tab, served, role, name, also=also)
    return found


def grave(page):
    """What axe finds that is serious or critical; the page tells no more than that, for all of it is a megabyte."""
    page.evaluate(Axe().axe_script)
    return page.evaluate(GRAVE, AXE)


@pytest.fixture(scope="module")
def today(browser, served):
    """Every page in today's browser."""
    return walk(lambda: browser.new_context(locale="zh-CN").new_page(), served, also=grave)


@pytest.fixture(scope="module")
def before(browser, served):
    """Every page in the old browser."""
    if not (OLD / "chromium").exists():
        pytest.skip("Chromium 92 is not unpacked; run: python frontend/vendor.py --browsers")
    environment = os.environ | {"LD_LIBRARY_PATH": str(OLD / "lib"), "HOME": str(served[0].home)}
    launched = []

    def open_tab():
        one = browser.browser_type.launch(
            executable_path=str(OLD / "chromium"), args=OLD_FLAGS, env=environment
        )
        launched.append(one)
        assert one.version.startswith("92.")
        return one.new_context(locale="zh-CN").new_page()

    found = walk(open_tab, served)
    for one in launched:
        with contextlib.suppress(Error):  # the one-process browser sometimes dies on closing
            one.close()
    return found


@pytest.mark.parametrize(("role", "name"), ADDRESSES)
def test_pages_are_sound_today(today, role, name):
    seen = today[role, name]
    assert seen["troubles"] == []
    for size in SIZES:
        assert seen[size]["wide"] <= 0, size
        assert len(seen[size]["words"]) > 10, size


@pytest.mark.parametrize(("role", "name"), ADDRESSES)
def test_axe_finds_nothing_serious(today, role, name):
    assert today[role, name]["also"] == []


@pytest.mark.slow
@pytest.mark.parametrize(("role", "name"), ADDRESSES)
def test_pages_are_the_same_in_the_old_browser(today, before, role, name):
    seen, wanted = before[role, name], today[role, name]
    assert [one for one in seen["troubles"] if not one.startswith(OWN_FAULT)] == []
    for size in SIZES:
        assert seen[size]["wide"] <= 0, size
        assert seen[size]["words"] == wanted[size]["words"], size
        assert seen[size]["colours"] == wanted[size]["colours"], size
