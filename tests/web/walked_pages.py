"""Every page of a role fetched once, and looked at by several tests.

What is kept is used again only where the database holds the same rows. Tests that share a walk are a group, so that they
run on one worker: `@by_role(roles)`.
"""

import sys
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongjian.people.states import Role
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.rights import SYSTEMS, matrix
from tests.kept_scenes import keys_so_far


@dataclass(frozen=True)
class Page:
    """What one address answered, and how many queries that took."""

    route: str
    address: str
    status: int
    location: str  # where it leads instead
    html: str  # empty for anything but a page
    queries: int

    @property
    def opened(self) -> bool:
        """Whether it is a page the role sees."""
        return self.status == 200 and bool(self.html)


_kept: dict[Any, list[Page]] = {}


def by_role(roles: Iterable[Role]) -> pytest.MarkDecorator:
    """A test for each of these roles, on the worker that keeps the walk of the role."""
    each = [pytest.param(role, marks=walk_of(role)) for role in sorted(roles)]
    return pytest.mark.parametrize("role", each)


def walk_of(role: Role) -> pytest.MarkDecorator:
    """The group of the tests that look at the pages of a role."""
    return pytest.mark.xdist_group(f"pages-{role}")


def walked(client: Client, role: Role, wanted: Mapping[str, Collection[Any]]) -> list[Page]:
    """Every route but that which signs out, asked for by this role with these arguments."""
    if connection.vendor != "sqlite":  # elsewhere keys go on from test to test
        return list(_walk(client, wanted))
    key = (role, timezone.localdate(), keys_so_far())
    traced = (
        sys.gettrace() is not None
    )  # a test that is counted for coverage walks where nobody counted before
    if (key, True) not in _kept and (traced or (key, False) not in _kept):
        results_in_memory.results_on(
            timezone.localdate()
        )  # else the first page that asks would work them out
        _kept[key, traced] = list(_walk(client, wanted))
    return _kept[key, (key, True) in _kept]


def pages_of(client: Client, role: Role, wanted: Mapping[str, Collection[Any]]) -> list[Page]:
    """The pages among them that the role's own routes open."""
    own = {name for name, roles in matrix().items() if role in roles and roles != SYSTEMS}
    return [page for page in walked(client, role, wanted) if page.opened and page.route in own]


def _walk(client: Client, wanted: Mapping[str, Collection[Any]]) -> Iterable[Page]:
    for route in matrix():
        if route != "sign-out":
            yield _fetched(client, route, reverse(route, args=wanted[route]))


def _fetched(client: Client, route: str, address: str) -> Page:
    asked: list[str] = []
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(_noting(asked)))
        answer: Any = client.get(address)
    is_html = "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming
    html = answer.content.decode() if is_html else ""
    return Page(route, address, answer.status_code, answer.headers.get("Location", ""), html, len(asked))


def _noting(asked: list[str]) -> Any:
    def note(execute: Any, sql: str, *how: Any) -> Any:
        asked.append(sql)
        return execute(sql, *how)

    return note
