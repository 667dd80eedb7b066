"""What is compiled is compiled when the package is built: a wheel holds the English texts, a server makes none."""

import gettext
import shutil
import subprocess
import sys
import zipfile

from hatch_build import LOCALE, compile_catalogues
from tests.house.sources import ROOT, modules

MESSAGES = "gongjian/locale/en/LC_MESSAGES/django.mo"


def test_a_wheel_holds_the_compiled_english_texts(tmp_path):
    """Built from a copy without them, as from a fresh clone."""
    copy = tmp_path / "source"
    for name in ("gongjian", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive, archive.open(MESSAGES) as compiled:
        texts = gettext.GNUTranslations(compiled)
    assert texts.gettext("留痕链完整") == "The trail is whole"


def test_only_what_is_older_than_its_source_is_compiled_again(tmp_path):
    copy = tmp_path / "locale"
    shutil.copytree(LOCALE, copy, ignore=shutil.ignore_patterns("*.mo"))
    assert [file.name for file in compile_catalogues(copy)] == ["django.mo"]
    assert compile_catalogues(copy) == []


def test_the_program_itself_compiles_nothing():
    for path in modules():
        text = path.read_text(encoding="utf-8")
        assert "babel" not in text, path
        assert "write_mo" not in text, path
