"""The README's two commands are the ones CI runs and they are the first lines a newcomer meets."""

import re
import subprocess

import pytest

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree


def first_commands(tree: Tree, name: str) -> list[str]:
    """The commands of `make` among the first lines."""
    lines = [line for line in (tree.root / name).read_text(encoding="utf-8").splitlines() if line.strip()]
    return [line.split("#")[0].strip() for line in lines[:6] if line.strip().startswith("make")]


def commands_of_ci(tree: Tree) -> list[str]:
    """The commands of `make` that CI runs."""
    text = (tree.root / ".ci" / "run").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip().startswith(("make", "exec make"))]


def unknown_targets(tree: Tree, *targets: str) -> list[str]:
    """Those `make` does not know how to reach."""
    made = [
        (t, subprocess.run(["make", "-n", t], cwd=tree.root, capture_output=True, check=False))
        for t in targets
    ]
    return [target for target, run in made if run.returncode]


def shape(text: str) -> tuple[list[str], list[str], list[str]]:
    """What both READMEs share: headings, commands, entries of lists, and where pictures and links lead."""
    lines = [line for line in text.splitlines() if line.strip()]
    heads = [found[0] for line in lines if (found := re.match(r"#+ |- \*\*", line))]
    commands = [line.partition(" #")[0].strip() for line in lines if line.startswith("    ")]
    links = [link for link in re.findall(r"\]\(([^)#]*)", text) if "README" not in link.split("/")[0]]
    return (
        heads,
        commands,
        [link.replace(".zh-CN.md", ".md") for link in links],
    )  # a page and its Chinese twin


def both_readmes(tree: Tree) -> list[str]:
    """The README in English and in Chinese."""
    return [(tree.root / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_two_commands_come_first(name):
    assert first_commands(REPOSITORY, name) == ["make demo", "make test"]


def test_ci_calls_exactly_make_test():
    assert commands_of_ci(REPOSITORY) == ["exec make test"]


def test_make_knows_both_commands():
    assert unknown_targets(REPOSITORY, "demo", "test") == []


def test_both_readmes_say_the_same_things_in_the_same_order():
    english, chinese = both_readmes(REPOSITORY)
    assert shape(english) == shape(chinese)


@planted(test_both_readmes_say_the_same_things_in_the_same_order)
def test_a_readme_that_says_less_or_something_else_is_reported():
    english, chinese = both_readmes(REPOSITORY)
    assert shape(english.replace("## What it is not", "")) != shape(chinese)
    assert shape(english) != shape(chinese.replace("- **留痕**", "留痕"))
    assert shape(english) != shape(chinese.replace("gongjian doctor  ", "gongjian verify  "))
    assert shape(english) != shape(chinese.replace("ledger.png", "market.png"))


@planted(test_the_two_commands_come_first, test_ci_calls_exactly_make_test, test_make_knows_both_commands)
def test_other_commands_are_reported(plant: Plant):
    readme = "# A\n\nTwo commands:\n\n    make demo  # serve\n    make check\n\n1\n\n2\n\n    make test\n"
    tree = plant(
        {"README.md": readme, ".ci/run": "make lock\nexec make test\n", "Makefile": "test:\n\ttrue\n"}
    )
    assert first_commands(tree, "README.md") == ["make demo", "make check"]
    assert commands_of_ci(tree) == ["make lock", "exec make test"]
    assert unknown_targets(tree, "demo", "test") == ["demo"]
