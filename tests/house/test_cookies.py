"""Cookies are set and read in one place, which names and secures them."""

import ast

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

PLACE = "web/cookies.py"
WORDS = {"set_cookie", "set_signed_cookie", "get_signed_cookie", "COOKIES"}


def elsewhere(tree: Tree) -> list[str]:
    """Where else the package touches cookies."""
    return [
        f"{path.relative_to(tree.package)}:{node.lineno}"
        for path, module in tree.modules.items()
        if path.relative_to(tree.package).as_posix() != PLACE
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in WORDS
    ]


def test_cookies_are_touched_in_one_place():
    assert elsewhere(REPOSITORY) == []


@planted(test_cookies_are_touched_in_one_place)
def test_a_cookie_set_by_a_page_is_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/web/cookies.py": "def keep(response):\n    response.set_cookie('a', 'b')\n",
            "gongjian/web/views.py": "def page(request, response):\n    response.set_cookie('a', request.COOKIES['b'])\n",
        }
    )
    assert elsewhere(tree) == ["web/views.py:2", "web/views.py:2"]
