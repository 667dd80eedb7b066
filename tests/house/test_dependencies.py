"""Every dependency has a reason and is used; the lock has a hash for each. `deptry` holds that imports are declared."""

import re
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions

import pytest

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree, configuration
from tests.house.test_circles import imported

LOCKS = ("core.txt", "dev.txt", "bench.txt", "bundle.txt", "mutants.txt")
TEXT = (REPOSITORY.root / "pyproject.toml").read_text(encoding="utf-8")


def requirements(tree: Tree) -> list[str]:
    """Everything pyproject.toml asks for, group by group."""
    project = configuration(tree)
    groups = [
        *project.get("dependency-groups", {}).values(),
        *project["project"].get("optional-dependencies", {}).values(),
    ]
    return [*project["project"]["dependencies"], *(r for group in groups for r in group)]


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=~! ;]", requirement)[0].lower()


def without_reason(tree: Tree) -> list[str]:
    """Requirements with no reason on their line."""
    lines = (tree.root / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    return [
        asked
        for asked in requirements(tree)
        if not re.search(r"#\s*\S", next(line for line in lines if f'"{asked}"' in line).partition(asked)[2])
    ]


def unused_tools(tree: Tree) -> list[str]:
    """Requirements of the development groups that nobody imports, runs or names in a setting, and that plug into nothing."""
    groups = configuration(tree)["dependency-groups"]
    parts = (tree.modules, tree.tests, tree.bench, tree.samples, tree.deploy)
    listed = [module for part in parts for module in part.values()]
    modules = {source.split(".")[0] for module in listed for source, _name in imported(module)}
    provided: dict[str, set[str]] = {}
    for module, names in packages_distributions().items():
        for name in names:
            provided.setdefault(name.lower().replace("_", "-"), set()).add(module)
    named = _named(tree)
    return [
        name
        for group, asked in groups.items()
        if group not in {"bench", "build"}  # installed only there; bench is held by deptry
        for name in map(name_of, asked)
        if not (provided.get(name, set()) | {name, name.replace("-", "_")}) & (modules | named)
        and not _plugs_in(name)
    ]


def _named(tree: Tree) -> set[str]:
    """Words of the Makefile, of the settings of tools, and of the code that starts programs."""
    settings = (tree.root / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.")[2]
    makefile = tree.root / "Makefile"
    text = settings + (makefile.read_text(encoding="utf-8") if makefile.exists() else "")
    return {word.replace("-", "_") for word in re.findall(r"[\w-]+", text)}


def _plugs_in(name: str) -> bool:
    try:
        return bool(distribution(name).entry_points.select(group="pytest11"))
    except PackageNotFoundError:
        return False


def unhashed(text: str) -> list[str]:
    """Entries of a lock file without a hash, or whose version is open."""
    blocks = re.split(r"\n(?=[a-zA-Z])", text)
    entries = [block for block in blocks if re.match(r"[a-zA-Z][\w.-]*", block)]
    good = re.compile(r"[a-zA-Z][^\s]*==[^\s]+ (; .* )?\\\n(    --hash=sha256:[0-9a-f]{64}.*\n?)+")
    return [block.split()[0] for block in entries if not good.match(block)]


def test_every_dependency_has_its_reason_beside_it():
    assert without_reason(REPOSITORY) == []


def test_every_tool_is_used():
    assert unused_tools(REPOSITORY) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_and_hashes_everything(lock):
    text = (REPOSITORY.root / "requirements" / lock).read_text(encoding="utf-8")
    assert text.count("==") > 10
    assert unhashed(text) == []


PROJECT = """[project]
dependencies = [
    "polars>=1",    # tables
    "yaml>=1",
    "numpy>=2",  #
]
[dependency-groups]
dev = [
    "hypothesis>=6",   # imported
    "pytest-xdist>=3", # plugs in
    "ruff>=0.1",       # run by make
    "polib>=1",        # nobody knows
]
"""


@planted(test_every_dependency_has_its_reason_beside_it, test_every_tool_is_used)
def test_a_dependency_without_reason_and_one_nobody_uses_are_reported(plant: Plant):
    tree = plant(
        {
            "pyproject.toml": PROJECT,
            "Makefile": "check:\n\t$(BIN)/ruff check .\n",
            "tests/test_a.py": "from hypothesis import given\n",
        }
    )
    assert without_reason(tree) == ["yaml>=1", "numpy>=2"]
    assert unused_tools(tree) == ["polib"]


@planted(test_the_lock_pins_and_hashes_everything)
def test_an_open_and_an_unhashed_entry_are_reported():
    good = f"anyio==4.1 \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n    # via x\n"
    assert unhashed(f"{good}django==5.2\n    # via y\nnumpy>=2 \\\n    --hash=sha256:{'a' * 64}\n") == [
        "django==5.2",
        "numpy>=2",
    ]
