"""Small files, small functions."""

import ast
from collections.abc import Iterable
from pathlib import Path
from statistics import median

import pytest

from tests.house.sources import ROOT, functions, modules


def files_over_350_lines(paths: Iterable[Path]) -> dict[str, int]:
    """Lengths of the files that are longer than 350 lines."""
    lengths = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return {path: length for path, length in lengths.items() if length > 350}


@pytest.mark.parametrize("folder", ["tests", "bench"])
def test_no_file_of_tests_or_benchmarks_is_longer_than_350_lines(folder):
    paths = list((ROOT / folder).rglob("*.py"))
    assert paths
    assert files_over_350_lines(paths) == {}


def test_no_file_is_longer_than_350_lines():
    assert files_over_350_lines(modules()) == {}


def test_a_long_file_is_caught(tmp_path):
    for name, length in (("short", 350), ("long", 351)):
        (tmp_path / f"{name}.py").write_text("x = 1\n" * length, encoding="utf-8")
    assert files_over_350_lines(tmp_path.glob("*.py")) == {str(tmp_path / "long.py"): 351}


def test_no_function_is_longer_than_50_lines_and_the_median_is_small():
    lengths = {f"{path}:{node.name}": (node.end_lineno or 0) - node.lineno + 1 for path, node in functions()}
    assert {name: n for name, n in lengths.items() if n > 50} == {}
    assert median(lengths.values()) <= 10


def test_a_room_says_what_it_is_for_in_at_most_six_lines():
    for path, tree in modules().items():
        if path.name == "__init__.py":
            said = ast.get_docstring(tree)
            assert said, path
            prose = said.partition(">>>")[0]  # an engine adds an example that runs
            assert len([line for line in prose.splitlines() if line.strip()]) <= 6, path
            more = [n for n in tree.body[1:] if not isinstance(n, ast.Import | ast.ImportFrom | ast.Assign)]
            assert more == [], path
