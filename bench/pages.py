"""What the page benchmarks share: pages asked through Django's test client, their times, queries and plans."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Timed:
    """One page: milliseconds of each call, and the queries of one."""

    name: str
    taken: tuple[float, ...]
    queries: int

    def percentile(self, share: float) -> float:
        """Nearest rank."""
        ordered = sorted(self.taken)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def client_of(account: Any, *, backend: str) -> Any:
    """A test client signed in as this account, in a process that has settled as the server's workers do."""
    from django.test import Client

    from gongjian.cli.instance import settle

    settle()
    client = Client()
    client.force_login(account, backend=backend)
    return client


def ask(client: Any, name: str, addresses: Sequence[str], *, rounds: int) -> Timed:
    """Ask each address `rounds` times in turn after one warm-up; AssertionError for a page that is not whole."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for address in addresses:
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")
    taken = []
    for _ in range(rounds):
        for address in addresses:
            began = perf_counter()
            client.get(address)
            taken.append((perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as asked:
        client.get(addresses[0])
    return Timed(name, tuple(taken), len(asked))
