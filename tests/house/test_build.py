"""What is compiled is compiled when the package is built: a wheel holds the English texts, a server makes none."""

import gettext
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from hatch_build import LOCALE, compile_catalogues
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, ROOT, Tree

MESSAGES = "gongjian/locale/en/LC_MESSAGES/django.mo"
PARTS = ("gongjian", "pyproject.toml", "hatch_build.py", "deploy", "README.md", "LICENSE")


def copied(folder: Path) -> Path:
    """What a wheel is built from, without anything compiled, as in a fresh clone."""
    copy = folder / "source"
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    return copy


def files_of_the_wheel(source: Path, folder: Path) -> dict[str, Path]:
    """Builds a wheel and unpacks it; name -> file."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")  # our own wheel
        return {name: folder / "unpacked" / name for name in archive.namelist()}


def compiled_again(locale: Path) -> list[str]:
    """The catalogues that were compiled because they were older than their source."""
    return [file.name for file in compile_catalogues(locale)]


def compiling(tree: Tree) -> list[str]:
    """Modules of the product that know a compiler of catalogues."""
    texts = {tree.name(path): path.read_text(encoding="utf-8") for path in tree.modules}
    return [name for name, text in texts.items() if "babel" in text or "write_mo" in text]


def test_a_wheel_holds_the_compiled_english_texts(tmp_path):
    with files_of_the_wheel(copied(tmp_path), tmp_path)[MESSAGES].open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    assert texts.gettext("留痕链完整") == "The audit chain is intact"


def test_only_what_is_older_than_its_source_is_compiled_again(tmp_path):
    copy = tmp_path / "locale"
    shutil.copytree(LOCALE, copy, ignore=shutil.ignore_patterns("*.mo"))
    assert compiled_again(copy) == ["django.mo"]
    assert compiled_again(copy) == []


def test_the_program_itself_compiles_nothing():
    assert compiling(REPOSITORY) == []


@planted(test_a_wheel_holds_the_compiled_english_texts)
def test_a_build_that_compiles_nothing_gives_a_wheel_without_texts(tmp_path):
    source = copied(tmp_path)
    hook = "[tool.hatch.build.hooks.custom]"
    project = (source / "pyproject.toml").read_text(encoding="utf-8")
    assert hook in project
    (source / "pyproject.toml").write_text(project.replace(hook, ""), encoding="utf-8")
    assert MESSAGES not in files_of_the_wheel(source, tmp_path)


@planted(test_only_what_is_older_than_its_source_is_compiled_again)
def test_a_source_that_was_touched_is_compiled_again(tmp_path):
    copy = tmp_path / "locale"
    shutil.copytree(LOCALE, copy)
    compiled_again(copy)
    [source] = copy.rglob("*.po")
    later = source.with_suffix(".mo").stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compiled_again(copy) == ["django.mo"]


@planted(test_the_program_itself_compiles_nothing)
def test_a_command_that_compiles_is_reported(plant: Plant):
    tree = plant(
        {"gongjian/cli/serve.py": "from babel.messages.mofile import write_mo\n", "gongjian/cli/a.py": ""}
    )
    assert compiling(tree) == ["gongjian/cli/serve.py"]
