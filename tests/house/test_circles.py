"""No circle of modules anywhere, late imports and those for types included; tests and benchmarks do not lean on each other."""

import ast
from collections.abc import Iterator

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Modules, Tree

Graph = dict[str, set[str]]


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, name) of every import, wherever it stands; the name is empty for `import module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            yield from (
                (a.value, "") for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
            )


def graph(tree: Tree) -> Graph:
    """Module -> the modules of the package it imports."""
    names = {tree.dotted(path): module for path, module in tree.modules.items()}
    found: Graph = {}
    for name, module in names.items():
        pairs = [(f"{source}.{wanted}", source) for source, wanted in imported(module)]
        found[name] = {whole if whole in names else source for whole, source in pairs} & set(names)
    return found


def circles(tree: Tree) -> list[list[str]]:
    """Groups of modules that import each other, at once or through others."""
    edges = graph(tree)
    far = {name: _reachable(edges, name) for name in edges}
    groups = {frozenset(to for to in far[name] if name in far[to]) for name in edges}
    return sorted(sorted(group) for group in groups if group)


def _reachable(edges: Graph, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        more = edges[waiting.pop()] - found
        found |= more
        waiting += more
    return found


def leaning(tree: Tree, modules: Modules, *others: str) -> dict[str, list[str]]:
    """Files that import a package they must not know."""
    found = {
        tree.name(path): sorted(
            source for source, _name in imported(module) if source.split(".")[0] in others
        )
        for path, module in modules.items()
    }
    return {name: bad for name, bad in found.items() if bad}


def test_no_module_imports_itself_through_others():
    assert circles(REPOSITORY) == []


def test_bench_and_tests_do_not_import_each_other_and_the_product_neither():
    assert leaning(REPOSITORY, REPOSITORY.bench, "tests") == {}
    assert leaning(REPOSITORY, REPOSITORY.tests, "bench") == {}
    assert leaning(REPOSITORY, REPOSITORY.samples, "tests", "bench") == {}
    assert leaning(REPOSITORY, REPOSITORY.modules, "tests", "bench", "samples") == {}


@planted(test_no_module_imports_itself_through_others)
def test_circles_are_reported_whatever_the_kind_of_import(plant: Plant):
    tree = plant(
        {
            "gongjian/a/one.py": "from gongjian.a import two\n",
            "gongjian/a/two.py": "def late():\n    from gongjian.a.three import x\n",
            "gongjian/a/three.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import gongjian.a.one\n",
            "gongjian/b/alone.py": "from gongjian.a import one\n",
            "gongjian/b/named.py": "from importlib import import_module\nimport_module('gongjian.b.other')\n",
            "gongjian/b/other.py": "from gongjian.b.named import y\n",
        }
    )
    first, second = circles(tree)
    assert first == ["gongjian.a.one", "gongjian.a.three", "gongjian.a.two"]
    assert second == ["gongjian.b.named", "gongjian.b.other"]


@planted(test_bench_and_tests_do_not_import_each_other_and_the_product_neither)
def test_a_test_that_imports_a_benchmark_is_reported(plant: Plant):
    tree = plant(
        {
            "tests/market/test_a.py": "def test():\n    from bench.market import score\n",
            "bench/a.py": "import tests\n",
        }
    )
    assert leaning(tree, tree.tests, "bench") == {"tests/market/test_a.py": ["bench.market"]}
    assert leaning(tree, tree.bench, "tests") == {"bench/a.py": ["tests"]}
