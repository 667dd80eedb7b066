"""Small files, small functions."""

import ast
from statistics import median

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

LINES, FUNCTION, MEDIAN, SAID = 350, 50, 10, 6


def long_files(tree: Tree) -> dict[str, int]:
    """Files of the package, of the tests and of what stands beside them that are too long."""
    parts = (tree.modules, tree.tests, tree.bench, tree.samples, tree.deploy)
    lengths = {tree.name(p): len(p.read_text(encoding="utf-8").splitlines()) for part in parts for p in part}
    return {name: n for name, n in lengths.items() if n > LINES}


def lengths_of_functions(tree: Tree) -> dict[str, int]:
    return {
        f"{tree.name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, node in tree.functions
    }


def wordy_packages(tree: Tree) -> list[str]:
    """Packages that do not say what they are for in a few lines (an example aside), or do more than that."""
    found = []
    for path, module in tree.modules.items():
        if path.name == "__init__.py":
            said = (ast.get_docstring(module) or "").partition(">>>")[0]
            lines = [line for line in said.splitlines() if line.strip()]
            more = [n for n in module.body[1:] if not isinstance(n, ast.Import | ast.ImportFrom | ast.Assign)]
            if more or not 0 < len(lines) <= SAID:
                found.append(tree.name(path))
    return found


def test_no_file_is_too_long():
    assert all(
        (REPOSITORY.modules, REPOSITORY.tests, REPOSITORY.bench, REPOSITORY.samples, REPOSITORY.deploy)
    )
    assert long_files(REPOSITORY) == {}


def test_no_function_is_too_long_and_the_median_is_small():
    lengths = lengths_of_functions(REPOSITORY)
    assert {name: n for name, n in lengths.items() if n > FUNCTION} == {}
    assert median(lengths.values()) <= MEDIAN


def test_a_package_says_what_it_is_for_in_a_few_lines():
    assert wordy_packages(REPOSITORY) == []


@planted(test_no_file_is_too_long)
def test_a_long_file_is_reported(plant: Plant):
    folders = ("gongjian/a", "tests/a", "bench", "samples", "deploy")
    files = {f"{folder}/short.py": "x = 1\n" * 350 for folder in folders}
    tree = plant(files | {f"{folder}/long.py": "x = 1\n" * 351 for folder in folders})
    assert long_files(tree) == {f"{folder}/long.py": 351 for folder in folders}


@planted(test_no_function_is_too_long_and_the_median_is_small)
def test_a_long_function_is_measured(plant: Plant):
    tree = plant({"gongjian/a/b.py": "def long():\n" + "    x = 1\n" * 50})
    assert lengths_of_functions(tree) == {"gongjian/a/b.py:long": 51}


@planted(test_a_package_says_what_it_is_for_in_a_few_lines)
def test_a_silent_a_wordy_and_a_busy_package_are_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/a/__init__.py": "",
            "gongjian/b/__init__.py": '"""' + "line\n" * 7 + '"""\n',
            "gongjian/c/__init__.py": '"""For c."""\ndef work(): ...\n',
            "gongjian/d/__init__.py": '"""For d.\n\n' + ">>> 1\n1\n" * 9 + '"""\nimport os\nX = 1\n',
        }
    )
    assert wordy_packages(tree) == [f"gongjian/{name}/__init__.py" for name in "abc"]
