"""A plain client of the real server for `bench.edits`: signs in, opens forms, sends them."""

import contextlib
import http.client
import http.cookies
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from samples.html_forms import PageForm, form_to

STARTS_WITHIN = 60


class Browser:
    """One person at one desk, over one connection."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}
        _status, page, _to = self.ask("/sign-in/")
        form = form_to(page, _action(page, "/sign-in/"))
        status, page, _to = self.ask("/sign-in/", form.filled(username=username, password=password))
        if status != http.client.FOUND:
            raise RuntimeError(f"{username} cannot sign in: {status}")

    def ask(self, path: str, data: dict[str, list[str]] | None = None) -> tuple[int, str, str]:
        """Status, page, and where it leads; with data it is sent."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if data is not None:
            body = urlencode(data, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._answer("GET" if body is None else "POST", path, body, headers)
        text = answer.read().decode("utf-8", "replace")
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return answer.status, text, answer.headers.get("Location", "")

    def _answer(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """Once more when the server has closed a connection that lay idle, as a browser does."""
        for _n in range(2):
            try:
                self.connection.request(method, path, body, headers)
                return self.connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionError):
                self.connection.close()
        raise RuntimeError(f"{path}: no answer")

    def open(self, page: str, action: str) -> PageForm:
        """The form of a page that is sent to this address."""
        status, text, _to = self.ask(page)
        if status != http.client.OK:
            raise RuntimeError(f"{page}: {status}")
        return form_to(text, action)


def _action(page: str, address: str) -> str:
    return address if f'action="{address}"' in page else ""


@contextlib.contextmanager
def served(home: Path) -> Iterator[int]:
    """`gongjian serve` on this folder; yields its port."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "GONGJIAN_HOME": str(home),
        "GONGJIAN_DATABASE": "",
        "GONGJIAN_TICK_SECONDS": "0",
    }
    command = [sys.executable, "-m", "gongjian.cli", "serve", "--port", str(port)]
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=home, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(port)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")
