"""Whatever stands in an address or in a field of a form, no page breaks: the value is passed over, or refused with a sentence.

A browser sends what the page offers; a stored bookmark, a cut address, a paste or a program sends anything.
"""

from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import cycle
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse

from gongjian.people.states import Role
from gongjian.web.rights import SYSTEMS, matrix
from samples.html_forms import forms_of
from tests import scenes
from tests.factories import AT
from tests.web import walked_pages
from tests.web.test_every_form import forms_of_role, undone
from tests.web.test_pages import accounts, arguments, signed_in

STRANGE = {
    "larger than any key": "92233720368547758070",
    "digits without end": "9" * 5000,
    "a digit that is no decimal": "²",
    "below nothing": "-1",
    "no number": "nan",
    "a sign of control": "2026\x00-11",
    "a day that never was": "2026-02-30",
}
OWN = {"csrfmiddlewaretoken", "form_key"}  # of the frame: they say whether the form is taken at all


class _Links(HTMLParser):
    """Names in the addresses of a page that stand behind a question mark."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = urlsplit(page).path
        self.names: set[str] = set()

    def handle_starttag(self, _tag, attrs):
        for name, value in attrs:
            if name in {"href", "hx-get", "data-url"} and value:
                address = urlsplit(value)
                if address.path in ("", self.page):
                    self.names |= {key for key, _value in parse_qsl(address.query, keep_blank_values=True)}


def asked_names(page: str, text: str) -> set[str]:
    """What an address of this page may ask for: names of its links to itself and of the forms that only look."""
    links = _Links(page)
    links.feed(text)
    looking = [form for form in forms_of(text) if form.method == "get" and form.action in ("", page)]
    return links.names | {name for form in looking for name in form.names}


def broken(answer) -> str:
    """The fault an answer ended in, or nothing."""
    if answer.status_code < 500:
        return ""
    _kind, fault, _trace = getattr(answer, "exc_info", None) or (None, "", None)
    return f"{answer.status_code} {type(fault).__name__}: {fault}"[:200]


def pages_of(world, role) -> Iterator[tuple]:
    """Each page of the role with the names its address may hold."""
    client, wanted = signed_in(accounts(world)[role]), arguments(world, role)
    client.raise_request_exception = False
    for page in walked_pages.pages_of(client, role, wanted):
        yield client, page.address, asked_names(page.address, page.html)


@pytest.fixture
def world(db):
    return scenes.ledger(AT)


@pytest.mark.slow(25)
@walked_pages.walk_of(Role.CLERK)
def test_a_strange_address_opens_a_page_all_the_same(world):
    """Each name of each page with one strange value after another in turn: all of them with each take too long."""
    found, asked, kinds = [], set(), cycle(STRANGE)
    for role in (Role.CLERK, Role.ADMINISTRATOR, Role.LEADER, Role.ENTERPRISE):
        for client, page, names in pages_of(world, role):
            for name in sorted(names):
                if (page, name) in asked:
                    continue
                asked.add((page, name))
                kind, query = next(kinds), QueryDict(mutable=True)
                query[name] = STRANGE[kind]
                if fault := broken(client.get(f"{page}?{query.urlencode()}")):
                    found.append(f"{page} {name} ({kind}): {fault}")
    assert found == []
    assert len(asked) > 100


@pytest.mark.parametrize("number", [2**63 - 1, 2**63])
def test_an_address_of_a_record_that_is_not_there_says_so(world, number):
    client, wanted = signed_in(accounts(world)[Role.CLERK]), arguments(world, Role.CLERK)
    client.raise_request_exception = False
    own = [
        name for name, roles in matrix().items() if Role.CLERK in roles and roles != SYSTEMS and wanted[name]
    ]
    strange = {name: [number if isinstance(each, int) else each for each in wanted[name]] for name in own}
    addresses = [reverse(name, args=args) for name, args in strange.items()]
    found = [
        f"{address}: {fault}"
        for address in addresses
        for ask in (client.get, client.post)
        if (fault := broken(ask(address)))
    ]
    assert found == []


@pytest.mark.slow(60)
@walked_pages.walk_of(Role.CLERK)
def test_a_strange_value_in_any_field_is_answered(world):
    """Each field of each form once, with one strange value after another in turn: all of them in each take too long."""
    found, sent_names, kinds = [], set(), cycle(STRANGE)
    for sent in (
        each for role in (Role.CLERK, Role.ADMINISTRATOR, Role.HANDLER) for each in forms_of_role(world, role)
    ):
        sent.client.raise_request_exception = False
        for name in sorted(sent.form.names - OWN):
            if (sent.route, name) in sent_names:
                continue
            sent_names.add((sent.route, name))
            kind = next(kinds)
            with undone():
                if fault := broken(sent.post(**{name: STRANGE[kind]})):
                    found.append(f"{sent.page} -> {sent.action} {name} ({kind}): {fault}")
    assert found == []
    assert len(sent_names) > 100


def test_what_the_walk_asks_for_is_found():
    page = unescape(
        '<a href="?page=2&amp;q=a">2</a><a href="/elsewhere/?no=1">x</a><form><input name="area"></form>'
    )
    assert asked_names("/here/", page) == {"page", "q", "area"}
