"""Files and commands that prose names are there."""

import re

import pytest

from gongjian.cli.main import COMMANDS
from tests.house.planted import planted
from tests.house.sources import PACKAGE, ROOT

DOCUMENTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for pattern in ("*.md", "docs/**/*.md", "gongjian/web/manual/text/**/*.md")
    for path in sorted(ROOT.glob(pattern))
    if path.name not in {"CHANGELOG.md", "benchmarks.md"}  # the one tells of its time, the other is printed
}
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.*{},-]+(?:/[\w.*{},-]+)*\.(?:py|toml|md|html|yml)|(?:[\w.-]+/)+[\w.-]*")
BARE = re.compile(r"\bdocs/[\w/-]+\.md\b")
COMMAND = re.compile(r"^gongjian ([a-z]+)\b", re.MULTILINE)
ELSEWHERE = {
    "events.py",
    "models.py",
    "perms.py",
    "queries.py",
    "services.py",
    "states.py",
    "__init__.py",
    "HOME/attachments",
    "backups/before-upgrade-DATE-TIME.zip",
    "backups/before-upgrade-日期-时间.zip",
}  # names of files that every room may have, and files of an instance


def paths(text: str) -> set[str]:
    """What prose puts between backticks and looks like a file or folder of the repository, and bare paths of documents."""
    named = {part for part in CODE.findall(text) if PATH.fullmatch(part)}
    return (named | set(BARE.findall(text))) - ELSEWHERE


def is_there(path: str) -> bool:
    """Whether the path, or one that ends so below the package or the documents, is a file or folder of the repository."""
    if "{" in path:
        before, choices, after = re.match(r"(.*)\{(.*)\}(.*)", path).groups()
        return all(is_there(f"{before}{choice}{after}") for choice in choices.split(","))
    pattern = path.rstrip("/")
    return (ROOT / path).exists() or any(any(place.rglob(pattern)) for place in (PACKAGE, ROOT / "docs"))


def faults(text: str) -> list[str]:
    """Paths that are nowhere and commands that `gongjian` does not know."""
    return sorted(p for p in paths(text) if not is_there(p)) + sorted(
        set(COMMAND.findall("\n".join(CODE.findall(text)))) - {*COMMANDS}
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_prose_names_is_there(name):
    assert faults(DOCUMENTS[name]) == []


@planted(test_what_prose_names_is_there)
def test_a_planted_path_and_command_are_found():
    assert faults("See `web/rights.py`, `docs/{decisions,manual}/README.md` and `gongjian serve`.") == []
    assert faults("See `web/wrongs.py`.") == ["web/wrongs.py"]
    assert faults("See docs/algorithms/none.md.") == ["docs/algorithms/none.md"]
    assert faults("See `docs/{decisions,no}/README.md`.") != []
    assert faults("Run `gongjian fly`.") == ["fly"]
    assert sum(len(paths(text)) for text in DOCUMENTS.values()) > 30
