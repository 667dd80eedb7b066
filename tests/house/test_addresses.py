"""No room below `web` holds the address of a page: it names what something is about, `web` knows the page."""

import ast

from django.urls import Resolver404, resolve

from tests.house.sources import PACKAGE, modules, room_of

ABOVE = {"web", "conf", "cli", "invented_city"}


def written(node: ast.AST) -> str:
    """A literal as it might be read, `1` wherever a value is filled in; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values)
    return ""


def is_a_page(text: str) -> bool:
    """Whether a route answers it; a lone stroke is a sign, not an address."""
    address = text.partition("?")[0].partition("#")[0]
    for place in ("%s", "%d", "{}"):
        address = address.replace(place, "1")
    if not address.startswith("/") or address == "/":
        return False
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def addresses(tree: ast.Module) -> list[str]:
    return [text for node in ast.walk(tree) if is_a_page(text := written(node))]


def test_nothing_below_web_holds_the_address_of_a_page():
    held = {
        str(path.relative_to(PACKAGE)): found
        for path, tree in modules().items()
        if room_of(path) not in ABOVE and (found := addresses(tree))
    }
    assert held == {}


def test_an_address_would_be_found():
    planted = "a = f'/assignments/{row.pk}/'\nb = '/firm/'\nc = '/problems/%d/' % n\nd = '/inbox/?read=no'\ne = '/', '/no/such/page/'"
    found = addresses(ast.parse(planted))
    assert sorted(found) == ["/assignments/1/", "/firm/", "/inbox/?read=no", "/problems/%d/"]
