"""JavaScript and CSS are linted, one width holds for every tool, and each rule is shown to catch what it forbids."""

import importlib
import re
import sys
import tomllib
from types import ModuleType

import pytest

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, ROOT, Tree
from tests.house.test_size import LINES

OWN = "gongjian/web/static/gongjian"


@pytest.fixture(scope="module")
def lint() -> ModuleType:
    """The script that `make check` runs; skipped where its tools cannot be had."""
    sys.path.insert(0, str(ROOT / "frontend"))
    try:
        module = importlib.import_module("lint")
    finally:
        sys.path.remove(str(ROOT / "frontend"))
    if not module.TOOLS.exists():
        pytest.skip("the linters of JavaScript and CSS are not installed: run `make check`")
    return module


@planted("frontend/lint.py")
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('document.title = document.body?.id || "";', "Parsing error"),
        ("const kept = 1;", "no-unused-vars"),
        ("structuredClone({});", "compat/compat"),
        ('eval("1");', "no-eval"),
        ("if (document.title == 1) document.title = 2;", "eqeqeq"),
    ],
)
def test_a_script_that_old_browsers_or_readers_stumble_over_is_refused(lint, text, rule):
    source = f'(function () {{\n  "use strict";\n  {text}\n}})();\n'
    run = lint.tool(lint.ESLINT, "--stdin", "--stdin-filename", f"{OWN}/planted.js", text=source)
    assert run.returncode == 1, run.stderr
    assert rule in run.stdout


@planted("frontend/lint.py")
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (".a:has(b) {\n  margin: 0;\n}\n", "no-unsupported-browser-features"),
        (".a {\n  color: #123456;\n}\n", "color-no-hex"),
        (".a {\n  color: red;\n}\n", "color-named"),
        (".a {\n  .b {\n    margin: 0;\n  }\n}\n", "max-nesting-depth"),
        (".a {\n  colour: var(--ink);\n}\n", "property-no-unknown"),
    ],
)
def test_a_sheet_that_old_browsers_or_readers_stumble_over_is_refused(lint, text, rule):
    run = lint.tool(lint.STYLELINT, "--stdin", "--stdin-filename", f"{OWN}/planted.css", text=text)
    assert run.returncode == 2, run.stderr
    assert rule in run.stdout + run.stderr


@planted("frontend/lint.py")
def test_a_line_that_is_too_wide_is_refused(lint):
    wide = f".a,\n.b {{\n  font-family: {', '.join(['Consolas'] * 16)};\n}}\n"
    run = lint.tool(lint.PRETTIER, "--check", "--stdin-filepath", f"{OWN}/planted.css", text=wide)
    assert run.returncode == 1, run.stderr


def widths(pyproject: str, editorconfig: str) -> dict[str, int]:
    """Every width that a tool is told, by where it is told."""
    tools = tomllib.loads(pyproject)["tool"]
    told = {
        "ruff": tools["ruff"]["line-length"],
        "djlint": tools["djlint"]["max_line_length"],
    }
    given = re.findall(r"^max_line_length *= *(\d+)", editorconfig, re.MULTILINE)
    return told | {f"editorconfig {n}": int(width) for n, width in enumerate(given, 1)}


def long_files(tree: Tree) -> dict[str, int]:
    """Sheets and scripts of our own that are too long."""
    own = [path for path in (tree.root / OWN).rglob("*") if path.suffix in {".css", ".js"}]
    assert own
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in own}
    return {name: n for name, n in lengths.items() if n > LINES}


def settings_of_tools() -> tuple[str, str]:
    """pyproject.toml and .editorconfig."""
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8"), (ROOT / ".editorconfig").read_text(
        encoding="utf-8"
    )


def test_there_is_one_width():
    told = widths(*settings_of_tools())
    assert len(told) == 3
    assert len(set(told.values())) == 1


def test_a_sheet_or_script_is_no_longer_than_a_module():
    assert long_files(REPOSITORY) == {}


@planted(test_there_is_one_width)
def test_a_second_width_is_reported():
    pyproject, editorconfig = settings_of_tools()
    assert len(set(widths(pyproject, editorconfig.replace("110", "140")).values())) == 2


@planted(test_a_sheet_or_script_is_no_longer_than_a_module)
def test_a_long_sheet_is_reported(plant: Plant):
    assert LINES == 350
    tree = plant({f"{OWN}/long.css": "\n" * 351, f"{OWN}/short.js": "\n" * 350})
    assert long_files(tree) == {"long.css": 351}
