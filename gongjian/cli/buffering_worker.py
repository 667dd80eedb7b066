"""The worker of the server: a request reaches a thread only when all of it has arrived, and what never arrives is closed.

gunicorn starts, watches and replaces the workers; within one, waitress reads and writes all connections in a single loop.
"""

import os
import resource
import time
from typing import Any

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress.server import create_server
from waitress.wasyncore import loop

THREADS = 8
HEADER_WITHIN = 20.0  # seconds for a whole header
REQUEST_WITHIN = 300.0  # seconds for a whole request, its upload included
IDLE = 60  # seconds after which a connection without a request is closed
MOST_CONNECTIONS = 2000  # of one worker
FILES_EACH = 3  # open files a connection may take: itself, what it sends, what it is sent
CROWDED = 0.75  # share of the connections from which the oldest unfinished ones make room
MOST_BUFFERED = 1024**3  # bytes of unfinished requests that one worker keeps
LARGEST = 8  # times the largest upload: as far as the gate reads, to answer with a page
UNSENT = (
    256 * 1024**2
)  # bytes of an answer that wait on disk for a slow reader, before a thread waits with them
TURN = 0.5  # seconds
STOPS_WITHIN = 30.0  # seconds for the requests that are under way when the worker is told to stop


def overdue(channels: list[Any], *, now: float, most: int) -> list[Any]:
    """The connections to close: unfinished for too long, or the oldest and largest where all of them are too many."""
    waiting = [channel for channel in channels if not channel.requests]
    waiting.sort(key=lambda channel: channel.begun)
    late = [channel for channel in waiting if now - channel.begun > _allowed(channel)]
    if len(channels) > CROWDED * most:
        late += [channel for channel in waiting if channel not in late][: len(channels) - int(CROWDED * most)]
    left = sorted((channel for channel in waiting if channel not in late), key=_received)
    while left and sum(map(_received, left)) > MOST_BUFFERED:
        late.append(left.pop())
    return late


def _allowed(channel: Any) -> float:
    if channel.request is None:
        return float("inf")  # idle or reading its answer: waitress closes it by itself
    return REQUEST_WITHIN if channel.request.headers_finished else HEADER_WITHIN


def _received(channel: Any) -> int:
    return 0 if channel.request is None else int(channel.request.body_bytes_received)


def watch(channels: list[Any], *, now: float) -> None:
    """Note when each connection began the request that it has not finished."""
    for channel in channels:
        if channel.request is not getattr(channel, "watched", None) or not hasattr(channel, "begun"):
            channel.watched, channel.begun = channel.request, now


class BufferingWorker(Worker):  # type: ignore[misc]  # gunicorn ships no types
    """Runs waitress on the sockets that gunicorn opened."""

    def run(self) -> None:
        """Serve until told to stop, then finish what is under way."""
        most = _raise_open_files()
        sockets = [each.sock for each in self.sockets]
        server = create_server(self.wsgi, map={}, sockets=sockets, **_adjustments(most))
        try:
            while self.alive and self.ppid == os.getppid():
                self._turn(server, most)
            server.accepting = False
            end = time.monotonic() + STOPS_WITHIN
            while _busy(server) and time.monotonic() < end:
                self._turn(server, most)
        finally:
            server.close()

    def _turn(self, server: Any, most: int) -> None:
        self.notify()
        loop(timeout=TURN, map=server._map, use_poll=True, count=1)
        channels, now = list(server.active_channels.values()), time.monotonic()
        watch(channels, now=now)
        for channel in overdue(channels, now=now, most=most):
            channel.handle_close()


def _adjustments(most: int) -> dict[str, Any]:
    return {
        "threads": THREADS,
        "connection_limit": most,
        "channel_timeout": IDLE,
        "cleanup_interval": 10,
        "max_request_header_size": 64 * 1024,
        "max_request_body_size": settings.UPLOAD_LIMIT * LARGEST,
        "outbuf_high_watermark": UNSENT,
        "clear_untrusted_proxy_headers": False,  # `web/client_address.py` decides what is believed
        "url_scheme": "https" if settings.SESSION_COOKIE_SECURE else "http",
        "ident": None,
        "expose_tracebacks": False,
    }


def _busy(server: Any) -> bool:
    return any(channel.requests or channel.total_outbufs_len for channel in server.active_channels.values())


def _raise_open_files() -> int:
    """Allow as many open files as the machine does; returns how many connections that is enough for."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS * FILES_EACH
    allowed = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(50, allowed // FILES_EACH)
