"""The guard of the guards: every check of the house, and every tool `make` checks with, has a violation it must catch."""

import ast
import re
from collections.abc import Iterator

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Modules, Tree

BUILT_IN = {
    "all",
    "any",
    "dict",
    "int",
    "isinstance",
    "len",
    "list",
    "next",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
}


def _tests(module: ast.Module) -> Iterator[tuple[ast.FunctionDef, list[str]]]:
    """Each test and the checks it plants a violation for; none where it is a check itself."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marks = [
                d for d in node.decorator_list if isinstance(d, ast.Call) and ast.unparse(d.func) == "planted"
            ]
            yield node, [getattr(a, "id", getattr(a, "value", "")) for mark in marks for a in mark.args]


def _asked(node: ast.FunctionDef) -> set[str]:
    """The functions of our own a test calls, by name, and the tables it reads."""
    calls = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
    return {f.id for f in calls if isinstance(f, ast.Name)} - BUILT_IN


def unplanted(tree: Tree, modules: Modules) -> list[str]:
    """Checks without a twin that plants a violation and asks the same function."""
    found = []
    for path, module in modules.items():
        listed = list(_tests(module))
        checks = {node.name: _asked(node) for node, twins in listed if not twins}
        twins = [(name, _asked(node)) for node, names in listed for name in names]
        found += [
            f"{tree.name(path)}:{name}"
            for name, asked in checks.items()
            if not any(name == of and asked & by for of, by in twins)
        ]
    return found


def tools(tree: Tree) -> set[str]:
    """The commands `make check` runs, and the floor of coverage `make test` asks for."""
    text = (tree.root / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", text, re.MULTILINE)
    lines = re.findall(r"\t\$\(BIN\)/(\S+) ?(\S*)", recipe.group(1) if recipe else "")
    named = {{"ruff": f"{tool} {word}", "python": word}.get(tool, tool) for tool, word in lines}
    return named | ({"coverage"} if "--cov" in text else set())


def unplanted_tools(tree: Tree, modules: Modules) -> set[str]:
    """Tools no test plants a violation for."""
    marked = {name for module in modules.values() for _node, names in _tests(module) for name in names}
    return tools(tree) - marked


def house() -> Modules:
    """The modules of tests/house."""
    return {path: module for path, module in REPOSITORY.tests.items() if path.parent.name == "house"}


def test_every_check_of_the_house_has_a_planted_violation():
    assert len(house()) > 15
    assert unplanted(REPOSITORY, house()) == []


def test_every_tool_of_make_check_has_a_planted_violation():
    assert len(tools(REPOSITORY)) > 5
    assert unplanted_tools(REPOSITORY, house()) == set()


@planted(test_every_check_of_the_house_has_a_planted_violation)
def test_a_check_without_a_planted_violation_is_reported(plant: Plant):
    text = (
        "def test_caught(): assert amiss(HERE) == []\n"
        "def test_never_caught(): assert amiss(HERE) == []\n"
        "def test_with_a_twin_that_asks_something_else(): assert amiss(HERE) == []\n"
        "@planted(test_caught)\ndef test_plants(): assert amiss(THERE) == ['a']\n"
        "@planted(test_with_a_twin_that_asks_something_else)\ndef test_plants_nothing(): assert len(other()) == 1\n"
    )
    tree = plant({"tests/house/test_a.py": text})
    assert unplanted(tree, tree.tests) == [
        "tests/house/test_a.py:test_never_caught",
        "tests/house/test_a.py:test_with_a_twin_that_asks_something_else",
    ]


@planted(test_every_tool_of_make_check_has_a_planted_violation)
def test_a_tool_without_a_planted_violation_is_reported(plant: Plant):
    makefile = (
        "check: x\n\t$(BIN)/ruff check .\n\t$(BIN)/ruff format .\n\t$(BIN)/mypy a\n\t$(BIN)/python b/lint.py\n\n"
        "test:\n\tpytest --cov\n"
    )
    twin = '@planted("ruff check", "mypy")\ndef test_a(): ...\n'
    tree = plant({"Makefile": makefile, "tests/test_a.py": twin})
    assert unplanted_tools(tree, tree.tests) == {"ruff format", "b/lint.py", "coverage"}
