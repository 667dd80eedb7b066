"""Connections that never finish what they began hold up nobody else."""

import contextlib
import socket
import time

import pytest

from tests.journeys.server import Client

pytestmark = pytest.mark.real_clock
MANY = 40  # five times the threads
SOON = 10.0  # seconds; those held up would wait until the unfinished ones are closed
UPLOAD = b"POST /sign-in/ HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n"
UNFINISHED = {
    "half a header": b"GET / HTTP/1.1\r\nHost: x\r\nX-More:",
    "half an upload": UPLOAD + b"a" * 70_000,
    "half a chunk": b"POST /sign-in/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nab",
    "nothing": b"",
}


@pytest.mark.slow
@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=list(UNFINISHED))
def test_others_are_answered_while_many_requests_stand_half_sent(small_city, sent):
    server, _known = small_city
    Client(server.port).request("GET", "/sign-in/")
    with contextlib.ExitStack() as held:
        for _each in range(MANY):
            line = held.enter_context(
                contextlib.closing(socket.create_connection(("127.0.0.1", server.port)))
            )
            line.sendall(sent)
        began = time.monotonic()
        status, _page, _to = Client(server.port).request("GET", "/sign-in/")
        assert (status, time.monotonic() - began < SOON) == (200, True)
