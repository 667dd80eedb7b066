"""`make try-bundle`: the archive in dist/ installed and served where there is no network. Too long for every run of the suite."""

import os
import shutil
import subprocess
import sys

import pytest

from deploy.bundle import PYTHONS, ROOT, version
from tests.journeys.test_no_route import LOOPBACK

ALONE = ["unshare", "--map-root-user", "--net"]
ARCHIVE = ROOT / "dist" / f"gongjian-{version()}-x86_64.tar.gz"


def interpreter(minor):
    """The program of one Python, or None: a name on the path may point to nothing."""
    path = shutil.which(f"python{minor}")
    if path and subprocess.run([path, "-c", "import venv"], capture_output=True, check=False).returncode == 0:
        return path
    return None


def alone(*words, **more):
    """Run in a network namespace that holds nothing but the loopback; its output is shown as it comes."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))} | more
    script = f'{sys.executable} -c "$0" && exec "$@"'
    return subprocess.run(
        [*ALONE, "sh", "-c", script, LOOPBACK, *words],
        cwd=ROOT,
        env=clean,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session", autouse=True)
def _a_namespace_and_an_archive():
    """Without them nothing is tried, and that is no success."""
    assert ARCHIVE.exists(), "no archive: run `make bundle`"
    assert subprocess.run([*ALONE, "true"], check=False).returncode == 0, (
        "no network namespace on this machine"
    )


@pytest.mark.parametrize("minor", PYTHONS)
def test_it_installs_serves_and_is_worked_in_without_a_network(minor, tmp_path, capsys):
    python = interpreter(minor)
    if python is None:
        pytest.skip(f"no Python {minor} on this machine")
    ran = alone(sys.executable, "-m", "tests.bundle.offline", str(ARCHIVE), str(tmp_path), python)
    with capsys.disabled():
        print(f"\n{ran.stdout}")
    assert ran.returncode == 0
    if minor == PYTHONS[-1] or not any(interpreter(later) for later in PYTHONS[PYTHONS.index(minor) + 1 :]):
        journey_in_a_browser(ran.stdout.splitlines()[-1])


def journey_in_a_browser(python):
    """The whole journey from report to brief, in a browser, against the installed product."""
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    ran = alone(*words, "tests/journeys/test_journey.py", GONGJIAN_SERVED_BY=python)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert ran.stdout.startswith("."), ran.stdout[-3000:]  # neither failed nor skipped
