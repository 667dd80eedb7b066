"""Walking pages for their counted numbers: what each number says, and how many rows stand where it opens."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

MARKED = re.compile(r'<(\w+)\b[^>]*\bdata-measure="[^>]*>')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
ROW = re.compile(r"<tr data-href=|<(?:tr|li)\b[^>]* data-row\b")
NEXT = re.compile(r'<a rel="next" href="([^"]*)"')
TOTAL = re.compile(r'<nav class="pager" data-total="(\d+)"')
HIDDEN = re.compile(
    r'data-hidden="(\d+)"'
)  # rows of a wider number that the reader may not open: said, not shown
DISAGREES = -1
NOTHING: Mapping[str, str] = MappingProxyType({})
SCOPE = {"area", "unit", "enterprise", "first", "last"}
BY_ITSELF = {
    "light",
    "status",
    "measure",
    "queue",
    "sort",
}  # what a link says besides its scope: the measure itself


@dataclass(frozen=True)
class Number:
    """One marked number on a page: the measure, what it says, what is written there, and the address it opens."""

    measure: str
    count: int
    text: str
    address: str

    @property
    def scope(self) -> tuple[str, ...] | None:
        """Measure and scope, comparable between pages; None where a list narrows by more than a scope can say."""
        asked = dict(parse_qsl(urlsplit(self.address).query))
        if not self.address or asked.keys() - SCOPE - BY_ITSELF:
            return None
        return (self.measure, *(asked.get(name, "") for name in sorted(SCOPE)))


def numbers_of(page: str, path: str) -> Iterator[Number]:
    """The marked numbers of a page in their order."""
    for found in MARKED.finditer(page):
        attributes = dict(ATTRIBUTE.findall(found.group()))
        inside = page[found.end() :].split(f"</{found.group(1)}>", maxsplit=1)[0]
        opens = html.unescape(attributes.get("href", attributes.get("data-opens", "")))
        yield Number(
            attributes["data-measure"],
            int(attributes["data-count"]),
            attributes.get("aria-label", "") + re.sub(r"<[^>]*>", "", inside),
            urljoin(path, opens) if opens else "",
        )


def rows_behind(client: Any, address: str) -> int:
    """The rows listed where an address leads, over all its pages; DISAGREES where its pager says another number.

    Rows a page says it hides, because the reader may not open them, count too.
    """
    counted, unseen, seen, total = 0, 0, set(), None
    while address and address not in seen:
        seen.add(address)
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        body = answer.content.decode().split('<main id="main"')[1].split("</main>")[0]
        counted += len(ROW.findall(body))
        total, hidden = TOTAL.search(body), HIDDEN.search(body)
        unseen = int(hidden.group(1)) if hidden else 0
        following = NEXT.search(body)
        path = answer.redirect_chain[-1][0] if getattr(answer, "redirect_chain", None) else address
        address = urljoin(path, html.unescape(following.group(1))) if following else ""
    return counted + unseen if total is None or int(total.group(1)) == counted else DISAGREES


def wrong_numbers(
    client: Any, pages: list[str], drawn: Mapping[str, str] = NOTHING
) -> tuple[list[str], dict[tuple[str, ...], set[int]]]:
    """What does not hold on these pages, in words; and every number by measure and scope, to be compared.

    `drawn`: pages that were fetched before, by their address.
    """
    wrong: list[str] = []
    by_scope: dict[tuple[str, ...], set[int]] = {}
    opened: dict[str, int] = {}
    for path, number in _all_numbers(client, pages, drawn):
        if not re.search(rf"(?<!\d){number.count}(?!\d)", number.text):
            wrong.append(f"{path}: {number.measure} is marked {number.count} and says {number.text!r}")
        if number.address and number.address not in opened:
            opened[number.address] = rows_behind(client, number.address)
        if (rows := opened.get(number.address, number.count)) != number.count:
            wrong.append(f"{path}: {number.measure} {number.count} opens {rows} rows at {number.address}")
        if number.scope is not None:
            by_scope.setdefault(number.scope, set()).add(number.count)
    return wrong, by_scope


def _all_numbers(client: Any, pages: list[str], drawn: Mapping[str, str]) -> Iterator[tuple[str, Number]]:
    for path in pages:
        if path in drawn:
            yield from ((path, number) for number in numbers_of(drawn[path], path))
            continue
        answer = client.get(path)
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            for number in numbers_of(answer.content.decode(), path):
                yield path, number
