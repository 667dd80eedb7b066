"""Walks the pages of one account and tries every link and button: none may be shown that answers "not for you"."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import NoReverseMatch, reverse

from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.web.rights import matrix
from tests.web.sight.addresses import route_of
from tests.web.sight.reading import read

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'action="([^"]+)"')
FORM_ACTION = re.compile(r'formaction="([^"]+)"')
BUTTON = re.compile(r'<button\b(?![^>]*type="button")')
CLOSED = {403, 404, 405, 409, 410}
PUBLIC_PAGES = {
    "sign-out",
    "sign-in",
    "healthz",
    "components",
    "component-units",
    "word",
    "kiosk",
}  # samples, or by token
START = ""  # an address the role may take in general, shown on no page yet
UNREAD = {"manual", "manual-page", "audit-verify"}  # texts, and what reads every event anew


@dataclass
class Doors:
    """The walk of one account: which pages were read, and the links and buttons that were closed to it."""

    account: Account
    each: int = 2  # how many addresses of one shape are tried
    pages: Counter[str] = field(default_factory=Counter)
    closed: set[tuple[str, str, str]] = field(default_factory=set)  # on which page, which address, why

    def run(self) -> "Doors":
        """Read every page the role may take and all it leads to."""
        self._client = Client(raise_request_exception=True)
        self._client.force_login(self.account, backend="gongjian.web.session.Backend")
        self._tried: Counter[tuple[str, ...]] = Counter()
        self._said: dict[str, int] = {}  # what each address answered
        waiting = deque((START, address) for address in ("/", *self._starts()))
        while waiting:
            page, address = waiting.popleft()
            address = urldefrag(address).url
            if address not in self._said:
                if not self._new(page, address):
                    continue
                route = route_of(address)
                links, buttons = self._open(address)
                for action in buttons:
                    self._press(route, urljoin(address, action))
                waiting.extend((route, urljoin(address, link)) for link in links)
            if self._said[address] in CLOSED and page != START:
                self.closed.add((page, route_of(address) or address, str(self._said[address])))
        return self

    def _starts(self) -> Iterator[str]:
        for name, roles in matrix().items():
            if Role(self.account.role) in roles:
                try:
                    yield reverse(name)
                except NoReverseMatch:
                    continue  # reached by links

    def _new(self, page: str, address: str) -> bool:
        parts = urlsplit(address)
        if parts.netloc or parts.scheme not in {"", "http"} or not parts.path.startswith("/"):
            return False
        name = route_of(address)
        if name in PUBLIC_PAGES | UNREAD or parts.path.startswith(("/static/", "/media/")):
            return False
        if self._barred(name):
            self.closed.add((page, name, "link"))
            return False
        shape = (name, *sorted(key for key, value in parse_qsl(parts.query) if value))
        self._tried[shape] += 1
        return self._tried[shape] <= self.each

    def _barred(self, name: str) -> bool:
        roles = matrix().get(name, frozenset())
        return bool(roles) and Role(self.account.role) not in roles

    def _open(self, address: str) -> tuple[Iterable[str], Iterable[str]]:
        """Follow a link; where the page it opens leads to, and where its buttons post to."""
        answer = self._client.get(address)
        self._said[address] = answer.status_code
        if answer.status_code == 302:
            return [answer.headers["Location"]], []
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            return [], []
        self.pages[route_of(address)] += 1
        return read(answer).links, buttons_in(answer.content.decode())

    def _press(self, page: str, address: str) -> None:
        """Look whether the role may take what a form posts to; nothing is posted."""
        if self._barred(name := route_of(address)):
            self.closed.add((page, name, "button"))


def buttons_in(page: str) -> list[str]:
    """Where the buttons of a page post to; a form of which no button is shown posts nothing."""
    found = []
    for head, inside in FORM.findall(page):
        if 'method="post"' in head and (BUTTON.search(inside)) and (action := ACTION.search(head)):
            found.append(html.unescape(action.group(1)))
        found += [html.unescape(action) for action in FORM_ACTION.findall(inside)]
    return found
