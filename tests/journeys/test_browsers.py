"""Every page in Chromium 92, the oldest browser the offices have, and in today's: the same words, the same colours, no errors."""

import json
import os
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import ROOT
from tests.journeys.pages import PAGES
from tests.journeys.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browsers")]
OLD = ROOT / ".browsers" / "chromium-92"
SIZES = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
# A browser that runs as one process leaves no second page in it: one launch a page.
OLD_FLAGS = ["--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu", "--headless"]
LOOK = """() => {
  const folded = e => { const d = e.closest('details:not([open])'); return d && d !== e && !(e.closest('summary')); };
  const shown = e => e.getClientRects().length > 0 && !folded(e);
  const plain = colour => colour.replace(/rgba\\(.*, 0\\)/, 'transparent');
  const parts = [...document.querySelectorAll('h1, h2, th, td, label, legend, .btn, .light, .light-shape, .light-left, .state, .alert, .top, .side, .bar, .panel, .field-error, main a')];
  return {
    colours: parts.filter(shown).map(e => { const s = getComputedStyle(e); return [e.tagName + '.' + e.className, plain(s.color), plain(s.backgroundColor), s.borderTopWidth === '0px' ? '' : plain(s.borderTopColor)].join(' | '); }),
    words: document.querySelector('main').innerText.replace(/\\s+/g, ' ').replace(/\\d\\d:\\d\\d/g, 'hh:mm').trim(),
    wide: document.documentElement.scrollWidth - window.innerWidth,
  };
}"""
ADDRESSES = [(role, name) for role, names in PAGES.items() for name in names]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home = tmp_path_factory.mktemp("browsers")
    command = [sys.executable, "-m", "tests.journeys.full_world", str(home)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    server = Server(home).start()
    yield server, json.loads(made.stdout.strip().splitlines()[-1])
    server.kill()


def look(browser, served, where):
    """What a page shows, and what it complains of."""
    (server, known), (role, name, size) = served, where
    context = browser.new_context(viewport=SIZES[size], locale="zh-CN")
    cookie = {"name": "sessionid", "value": known[role]["cookie"], "url": server.address}
    context.add_cookies([cookie])
    page, troubles = context.new_page(), []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    page.goto(server.address + known[role]["pages"][name])
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)  # transitions come to rest
    seen = page.evaluate(LOOK)
    return seen | {"troubles": troubles}


@pytest.fixture(scope="module")
def today(browser, served):
    """Every page in today's browser."""
    return {
        (role, name, size): look(browser, served, (role, name, size))
        for role, name in ADDRESSES
        for size in SIZES
    }


def old_look(kind, served, where):
    """The same page in the old browser."""
    environment = os.environ | {"LD_LIBRARY_PATH": str(OLD / "lib"), "HOME": str(served[0].home)}
    launched = kind.launch(executable_path=str(OLD / "chromium"), args=OLD_FLAGS, env=environment)
    try:
        assert launched.version.startswith("92.")
        return look(launched, served, where)
    finally:
        try:
            launched.close()
        except Exception as error:  # noqa: BLE001  the one-process browser sometimes dies on closing
            print(error)


@pytest.mark.parametrize(("role", "name"), ADDRESSES)
def test_pages_are_sound_today(today, role, name):
    for size in SIZES:
        seen = today[role, name, size]
        assert seen["troubles"] == [], size
        assert seen["wide"] <= 0, size
        assert len(seen["words"]) > 10, size


@pytest.mark.slow
@pytest.mark.parametrize(
    "where", [(role, name, size) for role, name in ADDRESSES for size in SIZES], ids="-".join
)
def test_pages_are_the_same_in_the_old_browser(today, served, browser, where):
    if not (OLD / "chromium").exists():
        pytest.skip("Chromium 92 is not unpacked; run: python frontend/vendor.py --browsers")
    seen, wanted = old_look(browser.browser_type, served, where), today[where]
    assert seen["troubles"] == []
    assert seen["wide"] <= 0
    assert seen["words"] == wanted["words"]
    assert seen["colours"] == wanted["colours"]


AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}
FEWEST = 70  # pages; fewer would mean that the walk went astray


def test_axe_finds_nothing_serious_on_any_page(browser, served):
    """Every page of the matrix once, as the first role that may see it."""
    server, known = served
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for mine in known.values():
        context = browser.new_context(viewport=SIZES["desk"], locale="zh-CN")
        context.add_cookies([{"name": "sessionid", "value": mine["cookie"], "url": server.address}])
        page = context.new_page()
        for name, path in mine["every"].items():
            if name in seen or name in {"sign-out", "sign-in"}:
                continue
            answer = context.request.get(server.address + path, max_redirects=0)
            if answer.status != 200 or "<html" not in answer.text():  # a part of a page, a file, a move
                continue
            seen.add(name)
            page.goto(server.address + path, wait_until="domcontentloaded")
            told = Axe().run(page, options=AXE).response["violations"]
            grave = [
                f"{v['id']}: {v['nodes'][0]['target']}"
                for v in told
                if v["impact"] in {"serious", "critical"}
            ]
            found |= {name: grave} if grave else {}
        context.close()
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)
    assert len(seen) >= FEWEST
