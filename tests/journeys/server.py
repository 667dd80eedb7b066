"""The real server in its own process, and a plain client for it."""

import contextlib
import http.client
import http.cookies
import os
import re
import signal
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60  # seconds
PYTHON = os.environ.get(
    "GONGJIAN_SERVED_BY", sys.executable
)  # an installed bundle's, when that is what is tried


def free_port() -> int:
    """A port nobody listens on."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`gongjian serve` on an instance folder."""

    def __init__(self, home: Path, *, log: Path | None = None) -> None:
        self.home, self.port = home, free_port()
        self.log = log or home / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Base address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        """Start and wait until it answers."""
        environment = os.environ | {
            "GONGJIAN_HOME": str(self.home),
            "GONGJIAN_DATABASE": "",
            "GONGJIAN_TICK_SECONDS": "0",
            "DJANGO_SETTINGS_MODULE": "gongjian.conf.settings",
        }
        command = [PYTHON, "-m", "gongjian.cli", "serve", "--workers", "1", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.home, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            with (
                contextlib.suppress(OSError),
                contextlib.closing(socket.create_connection(("127.0.0.1", self.port), 0.2)),
            ):
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError(f"server did not start:\n{self.log.read_text()[-2000:]}")

    def kill(self, sig: int = signal.SIGKILL) -> None:
        """End it and everything it started, at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, sig)
            self.process.wait()
            self.process = None


class Client:
    """Signs in and posts forms, over one connection, with nothing but the standard library."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        weakref.finalize(self, self.connection.close)  # the server keeps it open for the next request
        self.cookies: dict[str, str] = {}

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body, and where it redirects to."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if method == "POST":
            body = urlencode((fields or {}) | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return answer.status, text, answer.headers.get("Location", "")

    def sign_in(self, username: str, password: str) -> None:
        """Open the door; raises when it stays shut."""
        _status, page, _to = self.request("GET", "/sign-in/")
        assert re.search("csrfmiddlewaretoken", page)
        status, page, _to = self.request("POST", "/sign-in/", {"username": username, "password": password})
        assert status == http.client.FOUND, page[:500]


def built(world: str, home: Path, *more: str) -> str:
    """Build a world of the journeys in this folder, in a process of its own; returns the last line it prints, or ""."""
    migrated.put_into(home)
    made = subprocess.run(
        [sys.executable, "-m", f"tests.journeys.{world}", str(home), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.strip().rpartition("\n")[2]


@contextlib.contextmanager
def serving(home: Path) -> Iterator[Server]:
    """A server on this folder, killed at the end."""
    server = Server(home).start()
    try:
        yield server
    finally:
        server.kill()
