"""The browser and the server of the journeys."""

import json
import shutil

import pytest

from tests.journeys.server import built, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# The browser itself must not look for the world outside: what it asks for is then what the pages ask for.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-ipv6",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def small_city(tmp_path_factory):
    """A server on a small invented city; yields (server, each role's cookie and pages)."""
    home = tmp_path_factory.mktemp("small-city")
    known = json.loads(built("small_city", home))
    with serving(home) as server:
        yield server, known


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """A running server on a small city; yields (server, the clerk's one-time password)."""
    home = tmp_path_factory.mktemp("instance")
    password = built("world", home)
    with serving(home) as server:
        yield server, password


@pytest.fixture(scope="module")
def browser():
    """A real browser of today."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; run: sudo apt-get install -y chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        launched = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def instance_for_kills(tmp_path_factory):
    """The folder of a small city; the test starts and kills the server itself."""
    home = tmp_path_factory.mktemp("kills")
    built("world", home)
    return home
