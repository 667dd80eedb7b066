"""Every tool of `make check` is red when it should be: one violation each, one for each contract of lint-imports."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import PACKAGE, REPOSITORY, ROOT, configuration

BIN = Path(sys.executable).parent
SETTINGS = ROOT / "pyproject.toml"
Contract = dict[str, Any]


def run(folder: Path, tool: str, *arguments: str) -> tuple[int, str]:
    """(status, what it printed) of a tool of the suite, run in a folder."""
    command = [str(BIN / tool), *arguments]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return made.returncode, made.stdout + made.stderr


@planted("ruff check")
def test_ruff_reports_a_relative_import(plant: Plant):
    tree = plant({"gongjian/a.py": '"""A."""\n\nfrom . import b\n\n__all__ = ["b"]\n'})
    status, said = run(tree.root, "ruff", "check", "--no-cache", "--config", str(SETTINGS), ".")
    assert status == 1
    assert "TID252" in said


@planted("ruff format")
def test_ruff_reports_a_file_that_is_not_formatted(plant: Plant):
    tree = plant({"gongjian/a.py": "x = {  'a':1 }\n", "gongjian/b.py": 'x = {"a": 1}\n'})
    status, said = run(tree.root, "ruff", "format", "--check", "--no-cache", "--config", str(SETTINGS), ".")
    assert status == 1
    assert "gongjian/a.py" in said
    assert "gongjian/b.py" not in said


@planted("mypy")
def test_mypy_reports_a_function_without_types_and_a_wrong_field(plant: Plant):
    text = "from gongjian.people.models import Unit\n\ndef bare(unit): ...\n\ndef name(unit: Unit) -> int:\n    return unit.name\n"
    tree = plant({"planted_types.py": text})
    status, said = run(ROOT, "mypy", "--config-file", str(SETTINGS), str(tree.root / "planted_types.py"))
    assert status == 1
    assert "[no-untyped-def]" in said
    assert "[return-value]" in said


@planted("djlint")
def test_djlint_reports_a_tag_that_is_left_open(plant: Plant):
    tree = plant({"templates/a.html": "<div><p>a</p>\n", "templates/b.html": "<div><p>a</p></div>\n"})
    status, said = run(
        tree.root, "djlint", "--quiet", "--lint", "--configuration", str(SETTINGS), "templates"
    )
    assert status == 1
    assert "a.html" in said
    assert "b.html" not in said


@planted("deptry")
def test_deptry_reports_an_import_that_is_not_declared_and_a_declaration_nobody_imports(plant: Plant):
    tools = re.search(
        r"\[tool\.deptry\](.*?)\n\[tool\.(?!deptry)", SETTINGS.read_text(encoding="utf-8"), re.DOTALL
    )
    assert tools
    project = '[project]\nname = "a"\nversion = "1"\ndependencies = ["django", "polars"]\n[dependency-groups]\ndev = ["hypothesis"]\n'
    tree = plant(
        {
            "pyproject.toml": f"{project}[tool.deptry]{tools.group(1)}\n",
            "gongjian/__init__.py": "",
            "gongjian/a.py": "import django\nimport scipy\nimport hypothesis\n",
        }
    )
    status, said = run(tree.root, "deptry", "--no-ansi", "gongjian")
    assert status == 1
    assert sorted(re.findall(r"(DEP\d+) '([\w-]+)'", said)) == [
        ("DEP002", "polars"),
        ("DEP003", "scipy"),
        ("DEP004", "hypothesis"),
    ]


@planted("coverage")
def test_the_floor_of_coverage_fails_and_counts_templates(plant: Plant):
    """A page of three lines of which one is never drawn, and a function that is never called."""
    text = SETTINGS.read_text(encoding="utf-8")
    tables = re.findall(r"\[tool\.coverage\.[a-z_.\"]+\]\n(?:(?!\[).*\n)+", text)
    settings = "SECRET_KEY = 'a'\nINSTALLED_APPS = ['gongjian']\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True, 'OPTIONS': {'debug': True}}]\n"
    tree = plant(
        {
            "pyproject.toml": "".join(tables),
            "settings.py": settings,
            "tests/__init__.py": "",
            "tests/template_lines.py": (ROOT / "tests" / "template_lines.py").read_text(encoding="utf-8"),
            "gongjian/__init__.py": "",
            "gongjian/a.py": "def called():\n    return 1\n\n\ndef never():\n    x = 1\n    y = 2\n    return x + y\n",
            "gongjian/templates/page.html": "<p>\n{% if no %}\n{{ never }}\n{% endif %}\n",
            "test_a.py": "from django.template.loader import render_to_string\nfrom gongjian.a import called\n"
            "def test_a():\n    assert called() == 1\n    assert render_to_string('page.html')\n",
        }
    )
    command = [
        "--ds=settings",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        "--cov",
        "--cov-report=term-missing",
        "test_a.py",
    ]
    status, said = run(tree.root, "python", "-m", "pytest", *command, f"--rootdir={tree.root}")
    assert "1 passed" in said
    assert "Required test coverage" in said
    assert status != 0
    assert re.search(r"page\.html +3 +1 .* 3\b", said), said


def contracts() -> list[Contract]:
    listed: list[Contract] = configuration()["tool"]["importlinter"]["contracts"]
    return listed


def _layers(contract: Contract) -> Iterator[tuple[str, list[str]]]:
    """Each container of a contract of layers and those of its layers that are there, the highest first."""
    names = [[part.strip(" ()") for part in layer.split("|")] for layer in contract["layers"]]
    for container in (name for listed in contract.get("containers", [""]) for name in _named(listed)):
        full = [[f"{container}.{name}".lstrip(".") for name in layer] for layer in names]
        yield container, [name for layer in full for name in layer if _file(name)]


def _named(pattern: str) -> list[str]:
    """The modules of the package a name with stars stands for; a name without stars stands for itself."""
    if "*" not in pattern:
        return [pattern]
    parts = [part.split(".") for part in sorted(_MODULES)]
    wanted = pattern.split(".")
    fitting = [
        p
        for p in parts
        if len(p) == len(wanted) and all(w in ("*", n) for w, n in zip(wanted, p, strict=True))
    ]
    return [".".join(part) for part in fitting]


_MODULES = {REPOSITORY.dotted(path) for path in REPOSITORY.modules}


def _file(module: str, package: Path = PACKAGE) -> Path | None:
    """The file of a module of the package."""
    path = package.joinpath(*module.split(".")[1:])
    options = (path / "__init__.py", path.with_suffix(".py"))
    return next((option for option in options if option.exists()), None)


def violations(contract: Contract) -> Iterator[tuple[str, str]]:
    """(module, what it must not import): at least one a contract, one for each pure module."""
    if contract["type"] == "layers":
        for _container, there in _layers(contract):
            if len(there) > 1:
                yield there[-1], there[0]
                return
    if contract["type"] == "independence":
        yield contract["modules"][0], contract["modules"][1]
    if contract["type"] == "forbidden":
        for source in contract["source_modules"]:
            for module in _named(source):
                yield module, contract["forbidden_modules"][0].partition(".")[0]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The modules of the package in a folder of their own, with every violation planted and one room nobody listed."""
    folder = tmp_path_factory.mktemp("house")
    package = folder / "gongjian"
    shutil.copytree(
        PACKAGE, package, ignore=lambda where, names: [n for n in names if not _copies(Path(where) / n)]
    )
    shutil.copy(SETTINGS, folder)
    for contract in contracts():
        for module, wanted in violations(contract):
            path = _file(module, package)
            assert path, module
            path.write_text(
                f"{path.read_text(encoding='utf-8')}\n\ndef _planted():\n    import {wanted}\n",
                encoding="utf-8",
            )
    (package / "unlisted_room").mkdir()
    (package / "unlisted_room" / "__init__.py").write_text('"""Nobody listed it."""\n', encoding="utf-8")
    return folder


def _copies(path: Path) -> bool:
    return path.suffix == ".py" or (
        path.is_dir() and path.name not in {"__pycache__", "migrations", "templates", "static", "locale"}
    )


@planted("lint-imports")
def test_every_contract_of_lint_imports_is_broken_by_its_violation(copied: Path):
    status, said = run(copied, "lint-imports", "--no-cache")
    assert status == 1
    said = "".join(said.split())  # long names are wrapped
    for contract in contracts():
        planted_ones = list(violations(contract))
        assert planted_ones, f"no violation is known for the contract “{contract['name']}”"
        assert f"{''.join(contract['name'].split())}BROKEN" in said, contract["name"]
        for module, wanted in planted_ones:
            assert re.search(rf"{re.escape(module)}->{re.escape(wanted)}\(l\.", said), (module, wanted)


@planted("lint-imports")
def test_a_room_that_is_on_no_floor_is_reported(copied: Path):
    config = copied / "floors.toml"
    text = SETTINGS.read_text(encoding="utf-8")
    config.write_text(text, encoding="utf-8")
    assert sum(bool(contract.get("exhaustive")) for contract in contracts()) == 1
    _status, said = run(copied, "lint-imports", "--no-cache", "--config", str(config))
    assert "unlisted_room" in said
