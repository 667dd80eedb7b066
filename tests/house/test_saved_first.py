"""A record is saved before its event: what follows the record (search rows) is renewed by the event, from what is stored."""

import ast

from tests.house.calls import Definition
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

KEPT_AFTER = {"last_event"}  # the number of the event itself


def _functions(module: ast.AST) -> list[Definition]:
    return [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _told(function: Definition) -> dict[str, int]:
    """Variable -> the first line that records an event about it."""
    lines: dict[str, int] = {}
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith(("record", "record_event")):
            continue
        for given in call.keywords:
            if given.arg == "subject" and isinstance(given.value, ast.Name):
                lines[given.value.id] = min(call.lineno, lines.get(given.value.id, call.lineno))
    return lines


def _only_its_event(call: ast.Call) -> bool:
    fields = next((given.value for given in call.keywords if given.arg == "update_fields"), None)
    return isinstance(fields, ast.List) and {ast.unparse(f).strip("'\"") for f in fields.elts} <= KEPT_AFTER


def saved_late(tree: Tree) -> list[str]:
    """Saves of a record that stand below its event in the same function."""
    found = []
    for path, module in tree.modules.items():
        for function in _functions(module):
            told = _told(function)
            found += [
                f"{tree.name(path)}:{call.lineno}"
                for call in ast.walk(function)
                if isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "save"
                and isinstance(call.func.value, ast.Name)
                and call.lineno > told.get(call.func.value.id, call.lineno)
                and not _only_its_event(call)
            ]
    return sorted(set(found))


def test_a_record_is_saved_before_its_event():
    assert saved_late(REPOSITORY) == []


@planted(test_a_record_is_saved_before_its_event)
def test_a_save_after_the_event_is_reported(plant: Plant):
    text = (
        "def late(unit):\n    record('x', subject=unit)\n    unit.name = 'a'\n    unit.save()\n\n"
        "def first(unit):\n    unit.save()\n    record('x', subject=unit)\n\n"
        "def number(row):\n    row.last_event = record('x', subject=row).seq\n    row.save(update_fields=['last_event'])\n"
    )
    tree = plant({"gongjian/__init__.py": "", "gongjian/people/services.py": text})
    assert saved_late(tree) == ["gongjian/people/services.py:4"]
