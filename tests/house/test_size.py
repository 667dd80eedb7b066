"""Small files, small functions."""

import ast
from statistics import median

from tests.house.sources import functions, modules


def test_no_file_is_longer_than_350_lines():
    assert {
        str(p): n for p in modules() if (n := len(p.read_text(encoding="utf-8").splitlines())) > 350
    } == {}


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
