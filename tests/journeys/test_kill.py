"""The server killed amid writes, again and again: what was acknowledged is there, no change stands without its event."""

import contextlib
import http.client
import os
import sqlite3
import threading
import time
from random import Random

import pytest

from tests.journeys.server import Client, Server
from tests.journeys.world import PASSWORD

pytestmark = [pytest.mark.slow(60), pytest.mark.enable_socket, pytest.mark.real_clock]
KILLS = int(os.environ.get("GONGJIAN_KILLS", "20"))
WRITERS = 3


class Writer(threading.Thread):
    """Records problems as fast as it can until the server is gone; remembers what was acknowledged."""

    def __init__(self, port, cookies, name):
        super().__init__(daemon=True)
        self.client = Client(port)
        self.client.cookies = dict(cookies)
        self.label = name
        self.acknowledged = []

    def run(self):
        n = 0
        with (
            contextlib.closing(self.client.connection),
            contextlib.suppress(OSError, http.client.HTTPException),
        ):
            while True:
                n += 1
                text = f"断电测试 {self.label}-{n}"
                facts = {
                    "enterprise": "1",
                    "text": text,
                    "kind": "DIFFICULTY",
                    "category": "OTHER",
                    "channel": "FIRM",
                    "origin": "COUNTY",
                }
                status, _body, to = self.client.request("POST", "/problems/new/", facts)
                assert status == http.client.FOUND, status
                assert to.startswith("/problems/")
                self.acknowledged.append(text)


def test_kills_lose_nothing(instance_for_kills):
    home = instance_for_kills
    dice, acknowledged = Random(9), []
    cookies: dict[str, str] = {}
    for kill in range(KILLS):
        server = Server(home).start()
        if not cookies:
            first = Client(server.port)
            with contextlib.closing(first.connection):
                first.sign_in("leader", PASSWORD)
            cookies = first.cookies
        writers = [Writer(server.port, cookies, f"{kill}-{n}") for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        _until(lambda writers=writers: any(writer.acknowledged for writer in writers))
        time.sleep(dice.uniform(0.0, 0.2))
        server.kill()
        for writer in writers:
            writer.join(30)
            acknowledged += writer.acknowledged
    _nothing_is_lost(home, acknowledged)


def _until(asked, *, within=30.0):
    end = time.monotonic() + within
    while not asked() and time.monotonic() < end:
        time.sleep(0.005)


def _nothing_is_lost(home, acknowledged):
    with contextlib.closing(sqlite3.connect(home / "gongjian.sqlite3")) as book:
        stored = {text: pk for pk, text in book.execute("SELECT id, text FROM problems_problem")}
        events = {
            row[0]
            for row in book.execute("SELECT subject_id FROM audit_event WHERE name = 'problem.recorded'")
        }
        whole = book.execute("PRAGMA integrity_check").fetchone()[0]
        seqs = [row[0] for row in book.execute("SELECT seq FROM audit_event ORDER BY seq")]
    assert len(acknowledged) >= KILLS
    assert [text for text in acknowledged if text not in stored] == []
    assert set(stored.values()) == events
    assert whole == "ok"
    assert seqs == list(range(1, len(seqs) + 1))
