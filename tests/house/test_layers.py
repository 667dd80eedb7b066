"""Below `web` nobody knows HTTP; time is passed in; nothing happens behind a `save`."""

import ast

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree
from tests.house.test_events import above

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
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def knowing_http(tree: Tree) -> dict[str, list[str]]:
    """Files below `web` and what they import of HTTP."""
    return {
        tree.name(path): bad
        for path, module in tree.modules.items()
        if tree.room(path) not in above()
        and (bad := sorted(n for n in imported(module) if f"{n}.".startswith(tuple(f"{h}." for h in HTTP))))
    }


def reading_the_clock(tree: Tree) -> list[str]:
    """Places below `web` that ask what time it is."""
    return [
        f"{tree.name(path)}:{node.lineno}"
        for path, module in tree.modules.items()
        if tree.room(path) not in above()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and not node.args  # with a moment given it converts and reads no clock
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCKS
    ]


def behind_a_save(tree: Tree) -> list[str]:
    """Signals, and models that override what saving or deleting does."""
    signals = [
        tree.name(path)
        for path, module in tree.modules.items()
        if any(name.startswith("django.db.models.signals") for name in imported(module))
    ]
    overridden = [
        f"{tree.name(path)}:{node.lineno}"
        for path, node in tree.functions
        if path.name == "models.py" and node.name in {"save", "delete"}
    ]
    return signals + overridden


def test_nothing_below_web_knows_http():
    assert knowing_http(REPOSITORY) == {}


def test_time_is_passed_in_below_the_door():
    assert reading_the_clock(REPOSITORY) == []


def test_no_signals_and_no_overridden_save():
    assert behind_a_save(REPOSITORY) == []


@planted(test_nothing_below_web_knows_http)
def test_http_below_web_is_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/people/units/queries.py": "def late():\n    from django import forms\n",
            "gongjian/people/rules.py": "from django.urls import reverse\n",
            "gongjian/people/models.py": "from django.utils import timezone\n",
            "gongjian/web/people/views.py": "from django.http import HttpResponse\n",
        }
    )
    assert set(knowing_http(tree)) == {"gongjian/people/units/queries.py", "gongjian/people/rules.py"}


@planted(test_time_is_passed_in_below_the_door)
def test_a_clock_below_the_door_is_reported(plant: Plant):
    clock = "def f(at):\n    timezone.localdate(at)\n    return timezone.now()\n"
    tree = plant({"gongjian/people/services.py": clock, "gongjian/web/views.py": clock})
    assert reading_the_clock(tree) == ["gongjian/people/services.py:3"]


@planted(test_no_signals_and_no_overridden_save)
def test_a_signal_and_an_overridden_save_are_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/people/signals.py": "from django.db.models.signals import post_save\n",
            "gongjian/people/units/models.py": "class Unit:\n    def save(self): ...\n",
        }
    )
    assert behind_a_save(tree) == ["gongjian/people/signals.py", "gongjian/people/units/models.py:2"]
