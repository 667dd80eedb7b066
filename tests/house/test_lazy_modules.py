"""The server starts without what only some pages need: heavy libraries come with their first use."""

import ast
import subprocess
import sys

import pytest

from tests.house.sources import PACKAGE, ROOT, modules

HEAVY = (
    "polars",
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
print(*(name for name in %r if name in sys.modules))
"""


def test_the_pages_are_ready_without_heavy_libraries(tmp_path):
    made = subprocess.run(
        [sys.executable, "-c", ASK % (HEAVY,)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "gongjian.conf.settings", "GONGJIAN_HOME": str(tmp_path), "PATH": ""},
    )
    assert made.stdout.split() == []


WAITING = {
    path.parent: [ast.literal_eval(word) for word in node.args[1:]]
    for path, tree in modules().items()
    for node in ast.walk(tree)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "on_first_use"
}


@pytest.mark.parametrize("room", WAITING, ids=lambda room: str(room.relative_to(PACKAGE)))
def test_what_waits_is_there_and_gives_what_it_has(room):
    from importlib import import_module

    package = import_module(".".join(room.relative_to(ROOT).parts))
    for name in WAITING[room]:
        assert (room / f"{name}.py").is_file()
        whole = import_module(f"{package.__name__}.{name}")
        stand_in = package.__getattr__(name)
        public = next(word for word in vars(whole) if not word.startswith("_"))
        assert getattr(stand_in, public) is getattr(whole, public)
    with pytest.raises(AttributeError, match="nowhere"):
        _ = package.nowhere
