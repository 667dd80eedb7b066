"""What the page benchmarks share: pages asked through Django's test client, their times, queries and plans."""

import gc
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any


@dataclass(frozen=True)
class Timed:
    """One page: milliseconds of each call, those of them the processor worked, and the queries of one call."""

    taken: tuple[float, ...]
    worked: tuple[float, ...]
    queries: int

    @property
    def medians(self) -> tuple[float, float, int]:
        """Milliseconds, milliseconds of the processor, queries."""
        return median(self.taken), median(self.worked), self.queries


def percentile(taken: Sequence[float], share: float) -> float:
    """Nearest rank."""
    ordered = sorted(taken)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def settled(user: Any, *, backend: str | None = None) -> Any:
    """A test client signed in as this account, every page loaded and frozen as `gongjian serve` does in its workers."""
    from django.test import Client
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  asking is what loads them
    gc.collect()
    gc.freeze()
    client = Client()
    client.force_login(user, backend=backend)
    return client


def timed(calls: Sequence[Callable[[], Any]], *, rounds: int) -> Timed:
    """Each call once to warm up, then `rounds` times in turn; the queries are those of the first."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for call in calls:
        call()
    taken, worked = [], []
    for _ in range(rounds):
        for call in calls:
            began, busy = perf_counter(), process_time()
            call()
            taken.append((perf_counter() - began) * 1000)
            worked.append((process_time() - busy) * 1000)
    with CaptureQueriesContext(connection) as asked:
        calls[0]()
    return Timed(tuple(taken), tuple(worked), len(asked))


def page(client: Any, *addresses: str) -> Callable[[], None]:
    """Ask for what one page needs, one address after the other; AssertionError when an answer is not whole."""

    def call() -> None:
        for address in addresses:
            answer = client.get(address)
            if answer.status_code != 200:
                raise AssertionError(f"{address}: {answer.status_code}")

    return call
