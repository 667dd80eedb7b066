"""Below `web` nobody knows HTTP; time is passed in; events stand beside every write."""

import ast

import pytest

from tests.house.sources import PACKAGE, functions, modules, room_of

ABOVE = {"web", "conf", "cli", "invented_city"}
HTTP = (
    "django.http",
    "django.shortcuts",
    "django.urls",
    "django.views",
    "django.template",
    "django.forms",
    "django.contrib.messages",
)
CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("time", "time"),
}


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_nothing_below_web_knows_http():
    knowing = {
        str(path.relative_to(PACKAGE)): sorted(bad)
        for path, tree in modules().items()
        if room_of(path) not in ABOVE and (bad := {n for n in imported(tree) if n.startswith(HTTP)})
    }
    assert knowing == {}


def test_time_is_passed_in_below_the_door():
    reading = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in modules().items()
        if room_of(path) not in ABOVE
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and not node.args  # with a moment given it converts and reads no clock
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCKS
    ]
    assert reading == []


def test_no_signals_and_no_overridden_save():
    assert [
        str(p)
        for p, tree in modules().items()
        if any(n.startswith("django.db.models.signals") for n in imported(tree))
    ] == []
    assert [
        f"{p}:{node.lineno}"
        for p, node in functions()
        if p.name == "models.py" and node.name in {"save", "delete"}
    ] == []


SERVICES = [p for p in modules() if p.name == "services.py" and room_of(p) != "audit"]


def calls(node: ast.AST) -> set[str]:
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            func = inner.func
            found.add(
                func.id
                if isinstance(func, ast.Name)
                else func.attr
                if isinstance(func, ast.Attribute)
                else ""
            )
    return found


@pytest.mark.parametrize("path", SERVICES, ids=room_of)
def test_every_service_is_atomic_and_leaves_an_event(path):
    """A public service records an event itself or through another function of the house that does."""
    known = {"record", "record_event"}
    everywhere = {node.name: calls(node) for p, node in functions() if room_of(p) not in ABOVE}
    while True:
        more = {name for name, called in everywhere.items() if called & known} - known
        if not more:
            break
        known |= more
    tree = modules()[path]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            decorators = {ast.unparse(d) for d in node.decorator_list}
            assert "transaction.atomic" in decorators, f"{path}:{node.name} is not atomic"
            assert calls(node) & known, f"{path}:{node.name} leaves no event"
