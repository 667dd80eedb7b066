"""Every dependency has a reason and is used; the lock has a hash for each."""

import re
import tomllib

import pytest

from tests.house.sources import ROOT, modules

TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)
IMPORT_NAMES = {
    "argon2-cffi": "Argon2PasswordHasher",
    "django": "django",
    "django-axes": "axes",
    "django-filter": "django_filters",
    "django-htmx": "django_htmx",
    "django-treebeard": "treebeard",
    "django-ninja": "ninja",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
    "python-calamine": "python_calamine",
    "pyyaml": "yaml",
    "scikit-learn": "sklearn",
    "python-docx": "docx",
    "python-stdnum": "stdnum",
}


def names(requirements: list[str]) -> list[str]:
    return [re.split(r"[\[<>=~! ;]", r)[0].lower() for r in requirements]


def test_every_dependency_has_its_reason_beside_it():
    groups = [*PROJECT["dependency-groups"].values(), *PROJECT["project"]["optional-dependencies"].values()]
    for requirement in [*PROJECT["project"]["dependencies"], *(r for group in groups for r in group)]:
        line = next(line for line in TEXT.splitlines() if f'"{requirement}"' in line)
        assert "#" in line, f"no reason beside {requirement}"


@pytest.mark.parametrize("name", names(PROJECT["project"]["dependencies"]))
def test_every_dependency_is_used(name):
    wanted = IMPORT_NAMES.get(name, name)
    source = "\n".join(p.read_text(encoding="utf-8") for p in modules())
    assert re.search(rf"\b{wanted}\b", source, re.IGNORECASE)


@pytest.mark.parametrize("lock", ["core.txt", "dev.txt", "bench.txt"])
def test_the_lock_pins_and_hashes_everything(lock):
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    entries = re.findall(
        r"^[a-z][^\s]*==[^\s]+ \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)",
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    pinned = re.findall(r"^[a-z][^\s]*==", text, re.MULTILINE | re.IGNORECASE)
    assert len(entries) == len(pinned) > 10
