"""What `make mutants` is told in pyproject.toml: modules that are there, tests that are there, every file of rights."""

from pathlib import Path

import pytest

from tests.house.conftest import Plant
from tests.house.mutants import Mutant, Survivor, annotations, chosen, drawn, page, survivor
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree, configuration


def spared(tree: Tree) -> list[str]:
    """Files of rights in which no error is planted."""
    mutated = chosen(configuration(tree)["tool"]["mutants"]["parts"], tree.root)
    return [tree.name(path) for path in tree.modules if path.name == "perms.py" and path not in mutated]


def test_every_file_of_rights_is_mutated():
    assert spared(REPOSITORY) == []


@planted(test_every_file_of_rights_is_mutated)
def test_a_file_that_is_spared_a_glob_for_nothing_and_a_module_without_tests_are_reported(plant: Plant):
    part = '[[tool.mutants.parts]]\nmodules = ["{}"]\ntests = ["tests/{}"]\n'
    files = {
        "gongjian/people/perms.py": "",
        "gongjian/visits/deep/perms.py": "",
        "tests/people/test_a.py": "",
    }
    assert spared(plant(files | {"pyproject.toml": part.format("gongjian/*/perms.py", "{room}")})) == [
        "gongjian/visits/deep/perms.py"
    ]
    with pytest.raises(ValueError, match="no module is meant"):
        spared(plant({"pyproject.toml": part.format("gongjian/gone/*.py", "people")}))
    with pytest.raises(ValueError, match="no tests at"):
        spared(plant({"pyproject.toml": part.format("gongjian/**/perms.py", "gone")}))
    with pytest.raises(ValueError, match=r"no tests for .*visits"):
        spared(plant({"pyproject.toml": part.format("gongjian/**/perms.py", "{room}")}))


@planted("make mutants")
def test_types_are_spared_and_each_place_is_drawn_once():
    text = "def f(a: int | None = 1 + 1) -> str | None:\n    b: int | str = 1 | 2\n"
    found = annotations(text)
    assert {(1, 9), (1, 13), (1, 33), (2, 7)} <= found
    assert not {(1, 22), (2, 19)} & found
    made = [Mutant("a.py", f"core/Sum_{n}", (), n, (1, 2), ()) for n in range(9)]
    made += [Mutant("a.py", "core/Not", (), 0, (line, 0), ()) for line in (3, 4)]
    assert len(drawn(made, 10, seed=1)) == 3
    assert drawn(made, 2, seed=1) == drawn(made, 2, seed=1)


@planted("make mutants")
def test_a_survivor_without_a_reason_is_named():
    known = [{"was": "a > 0", "became": "a >= 0", "reason": "nought gives the same"}]
    one, other = Survivor("x.py", 3, "a > 0", "a >= 0"), Survivor("x.py", 4, "a > 0", "a < 0")
    text = page([one, other], sample=9, of=99, seed=1, known=known)
    assert "7 of 9" in text
    assert "nought gives the same" in text
    assert text.count("no reason yet") == 1


@planted("make mutants")
def test_a_decorator_taken_away_is_named_by_its_line():
    path = "gongjian/engines/clock/lights.py"
    text = Path(path).read_text(encoding="utf-8").splitlines()
    line = next(n for n, one in enumerate(text, 1) if one.startswith("@"))
    mutant = Mutant(path, "core/RemoveDecorator", (), 0, (line, 0), ())
    assert survivor(mutant, "--- a\n+++ b\n-\n") == Survivor(path, line, text[line - 1], "")
    assert survivor(mutant, "--- a\n+++ b\n-x = 1\n+x = 2\n") == Survivor(path, line, "x = 1", "x = 2")
