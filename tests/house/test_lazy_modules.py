"""The server starts without what only some pages need: heavy libraries come with their first use."""

import ast
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, ROOT, Tree

HEAVY = (
    "polars",
    "pandas",
    "statsmodels",
    "scipy",
    "sklearn",
    "sqlglot",
    "numpy",
    "openpyxl",
    "docx",
    "PIL",
    "xlsxwriter",
    "pypinyin",
    "ninja",
)
ASK = """
import sys, django
django.setup()
import django.core.wsgi, gongjian.web.urls
django.core.wsgi.get_wsgi_application()
%s
print(*(name for name in %r if name in sys.modules))
"""


def loaded(home: Path, more: str = "") -> list[str]:
    """Heavy libraries that are there when the pages are ready (and `more` has run)."""
    made = subprocess.run(
        [sys.executable, "-c", ASK % (more, HEAVY)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "gongjian.conf.settings", "GONGJIAN_HOME": str(home), "PATH": ""},
    )
    return made.stdout.split()


def waiting(tree: Tree) -> dict[Path, list[str]]:
    """Package -> its modules that wait for their first use."""
    return {
        path.parent: [ast.literal_eval(word) for word in node.args[1:]]
        for path, module in tree.modules.items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "on_first_use"
    }


def amiss(tree: Tree) -> list[str]:
    """Stand-ins that give something else than the module, and packages that have whatever is asked for."""
    found = []
    for folder, names in waiting(tree).items():
        package = import_module(tree.dotted(folder / "__init__.py"))
        found += [f"{package.__name__}.{name}" for name in names if not _stands_in(package, name)]
        if hasattr(package, "nowhere"):
            found.append(f"{package.__name__}.nowhere")
    return found


def _stands_in(package: object, name: str) -> bool:
    try:
        whole = import_module(f"{package.__name__}.{name}")  # type: ignore[attr-defined] # a module has one
    except ModuleNotFoundError:
        return False
    stand_in = package.__getattr__(name)  # type: ignore[attr-defined] # the one on_first_use gave
    public = next(word for word in vars(whole) if not word.startswith("_"))
    return getattr(stand_in, public) is getattr(whole, public)


def test_the_pages_are_ready_without_heavy_libraries(tmp_path):
    assert loaded(tmp_path) == []


def test_what_waits_is_there_and_gives_what_it_has():
    assert waiting(REPOSITORY)
    assert amiss(REPOSITORY) == []


@planted(test_the_pages_are_ready_without_heavy_libraries)
def test_a_heavy_library_is_reported(tmp_path):
    assert "openpyxl" in loaded(tmp_path, "import openpyxl")


@planted(test_what_waits_is_there_and_gives_what_it_has)
def test_a_stand_in_for_nothing_is_reported(plant: Plant, monkeypatch: pytest.MonkeyPatch):
    head = "from gongjian.lazy_modules import on_first_use\n"
    tree = plant(
        {
            "gongjian/planted_room/__init__.py": f"{head}__getattr__ = on_first_use(__name__, 'there', 'gone')\n",
            "gongjian/planted_room/there.py": "def rows(): ...\n",
            "gongjian/planted_host/__init__.py": f"{head}on_first_use(__name__)\n__getattr__ = str\n",
        }
    )
    import gongjian

    monkeypatch.setattr(gongjian, "__path__", [*gongjian.__path__, os.fspath(tree.package)])
    assert amiss(tree) == ["gongjian.planted_host.nowhere", "gongjian.planted_room.gone"]
