"""Walks the pages of one account from its first page on, and notes every record named that the account cannot open."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import NoReverseMatch, reverse

from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.web.rights import matrix
from tests.web.sight.addresses import match_of, route_of
from tests.web.sight.reading import Shown, read
from tests.web.sight.records import NUMBER, ROUTES, Named, Registry, Sight, unseen

REFUSED = {403, 404, 410}
NOT_WALKED = {
    "sign-out",
    "sign-in",
    "healthz",
    "components",
    "component-units",
    "manual",
    "manual-page",
    "word",
    "kiosk",
    "api-document",
    "api-services",
    "api-requests",
    "api-request",
    "api-changes",
    "password",
}  # public, samples, or by token
SEARCHED = ("q", "text", "number")


@dataclass(frozen=True)
class Violation:
    """A page shows a record that its reader cannot open."""

    account: str
    page: str
    route: str
    named: Named

    def __str__(self) -> str:
        return f"{self.account} {self.page} [{self.route}] names {self.named.kind} {self.named.pk} ({self.named.how})"


@dataclass
class Walk:
    """The walk of one account: which pages were read, and what they showed that they should not."""

    account: Account
    registry: Registry
    each: int  # how many addresses of one shape are read
    pages: Counter[str] = field(default_factory=Counter)
    named: int = 0
    violations: set[Violation] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=True)
        self.client.force_login(self.account)
        self.sight = Sight(self.account)
        self._shapes: Counter[tuple[str, ...]] = Counter()
        self._seen: set[str] = set()

    def run(self) -> "Walk":
        """Read the first pages, what they lead to, and the answers to searches for what is out of sight."""
        waiting = deque(["/", *self._starts(), *self._searches()])
        while waiting:
            address = waiting.popleft()
            if address in self._seen or not self._wanted(address):
                continue
            self._seen.add(address)
            shown = self.get(address)
            if shown is not None:
                waiting.extend(_joined(address, link) for link in shown.links)
        return self

    def _starts(self) -> Iterator[str]:
        for name, roles in matrix().items():
            if Role(self.account.role) in roles and name not in NOT_WALKED:
                try:
                    yield reverse(name)
                except NoReverseMatch:
                    continue  # reached by links

    def _searches(self) -> Iterator[str]:
        for _kind, _pk, piece in unseen(self.account, self.each):
            for name in SEARCH_PAGES:
                if Role(self.account.role) in matrix()[name]:
                    yield f"{reverse(name)}?q={piece}"

    def _wanted(self, address: str) -> bool:
        """Whether this address is read: of one shape (route and words of the query) only so many are."""
        parts = urlsplit(address)
        if parts.netloc or parts.scheme not in {"", "http"} or not parts.path.startswith("/"):
            return False
        name = route_of(address)
        if not name or name in NOT_WALKED or Role(self.account.role) not in matrix().get(name, ()):
            return False
        words = tuple(sorted(key for key, value in parse_qsl(parts.query) if value))
        piece = dict(parse_qsl(parts.query)).get("q", "")
        # A sheet holds the rows of its page: asked for whole, searched and filtered, whatever the filter.
        shape = (name, str(bool(words)), piece) if name.endswith("export") else (name, *words, piece)
        self._shapes[shape] += 1
        return self._shapes[shape] <= self.each

    def get(self, address: str) -> Shown | None:
        """Read one address and look at what it shows."""
        route = route_of(address)
        answer = self.client.get(address)
        if answer.status_code == 302:
            return Shown((answer.headers["Location"],), "")
        if answer.status_code in REFUSED:
            self._note(address, route, Named("address", 0, f"answers {answer.status_code}"))
        if answer.status_code != 200:
            return None  # only a form does this
        shown = read(answer)
        self.pages[route] += 1
        self.look(address, route, shown)
        return shown

    def look(self, address: str, route: str, shown: Shown) -> None:
        """Note every record that a page shows and its reader cannot open."""
        text = shown.text
        for asked in dict(parse_qsl(urlsplit(address).query)).values():
            text = text.replace(asked, " ")  # a page repeats what was looked for
        for link in (*shown.links, *shown.forms):
            for kind, pk in _opened_by(_joined(address, link)):
                self.named += 1
                if not self.sight.opens(kind, pk):
                    self._note(address, route, Named(kind, pk, f"link {link}"))
        for name, bearers in self.registry.named_in(text):
            self.named += 1
            may = self.sight.numbers if NUMBER.fullmatch(name) else self.sight.opens
            if not any(may(kind, pk) for kind, pk in bearers):
                kind, pk = min(bearers)
                self._note(address, route, Named(kind, pk, name))

    def _note(self, address: str, route: str, named: Named) -> None:
        who = f"{self.account.role}:{self.account.username}"
        self.violations.add(Violation(who, address, route, named))


SEARCH_PAGES = (
    "problem-ledger",
    "problem-export",
    "visit-book",
    "visit-export",
    "enterprise-register",
    "enterprise-find",
    "supervised",
    "payouts",
    "payouts-export",
    "market",
    "complaints",
    "audit",
    "inbox",
    "alike",
    "fact-conflicts",
    "burden",
    "askings",
    "unit-find",
    "person-find",
    "problem-then",
)


def _joined(address: str, link: str) -> str:
    """The address a link on a page leads to."""
    whole = link.startswith("/") and not link.startswith("//")
    return link if whole else urljoin(address, link)


def _opened_by(address: str) -> Iterable[tuple[str, int]]:
    """The record an address opens."""
    match = match_of(address)
    kind = ROUTES.get(match.url_name or "") if match else None
    if match and kind and "pk" in match.kwargs:
        yield kind, match.kwargs["pk"]
