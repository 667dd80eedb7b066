"""The whole journey on a machine with no network route: every connection that any process tries stays on this machine."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache

import pytest

from tests.journeys.conftest import CHROMIUM
from tests.journeys.server import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow(40)]
LOOPBACK = "import fcntl, socket, struct; s = socket.socket(); fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 0x49))"
ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
HERE = {"127.0.0.1", "::1"}
PROBE = {
    "2001:4860:4860::8888"
}  # Chromium asks its own machine for a route to it, and sends nothing: no page does that


ALONE = ["unshare", "--map-root-user", "--net"]
INSIDE = "GONGJIAN_WITHOUT_ROUTE"  # set for the journey that goes its way there


@cache
def why_not() -> str:
    """Why this machine cannot take its routes from a journey; empty when it can."""
    if CHROMIUM is None:
        return "no Chromium on this machine; run: sudo apt-get install -y chromium"
    if not (shutil.which("unshare") and shutil.which("strace")):
        return "no strace on this machine; run: sudo apt-get install -y strace"
    if subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode:
        return "this machine does not let a test make a network of its own"
    return ""


def test_the_whole_journey_without_a_route(tmp_path):
    if why_not():
        pytest.skip(why_not())
    trace = tmp_path / "connections"
    journey = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly"]
    journey += [
        "-p",
        "no:cacheprovider",
        f"--basetemp={tmp_path / 'inner'}",
    ]  # no folder shared with this suite
    script = f'{sys.executable} -c "$0" && exec strace -f --seccomp-bpf -qq -e trace=connect -o {trace} "$@"'
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_", "GONGJIAN_PICTURES"))
    }
    clean[INSIDE] = "yes"
    ran = subprocess.run(
        [*ALONE, "sh", "-c", script, LOOPBACK, *journey, "tests/journeys/test_journey.py"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    passed = ran.returncode == 0 and ran.stdout.startswith(".")  # neither failed nor skipped
    assert passed, ran.stdout[-3000:] + ran.stderr[-1000:]
    tried = {one or other for one, other in ADDRESS.findall(trace.read_text(errors="replace"))}
    assert "127.0.0.1" in tried
    assert tried <= HERE | PROBE
