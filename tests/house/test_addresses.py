"""No room below `web` holds the address of a page: it names what something is about, `web` knows the page."""

import ast

from django.urls import Resolver404, resolve

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree
from tests.house.test_events import above


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


def addresses(tree: Tree) -> dict[str, list[str]]:
    """Files below `web` and the addresses of pages they hold."""
    found = {
        tree.name(path): [text for node in ast.walk(module) if is_a_page(text := written(node))]
        for path, module in tree.modules.items()
        if tree.room(path) not in above()
    }
    return {name: held for name, held in found.items() if held}


def test_nothing_below_web_holds_the_address_of_a_page():
    assert addresses(REPOSITORY) == {}


@planted(test_nothing_below_web_holds_the_address_of_a_page)
def test_an_address_below_web_is_reported(plant: Plant):
    text = "a = f'/assignments/{row.pk}/'\nb = '/firm/'\nc = '/problems/%d/' % n\nd = '/inbox/?read=no'\ne = '/', '/no/such/page/'\n"
    found = addresses(plant({"gongjian/people/services.py": text, "gongjian/web/people/views.py": text}))
    assert [*found] == ["gongjian/people/services.py"]
    assert sorted(found["gongjian/people/services.py"]) == [
        "/assignments/1/",
        "/firm/",
        "/inbox/?read=no",
        "/problems/%d/",
    ]
