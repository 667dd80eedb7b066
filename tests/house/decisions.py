"""`python -m tests.house.decisions`: the index of the decision records, and what is wrong with a folder of them."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.house.sources import ROOT

FOLDER = ROOT / "docs" / "decisions"
LONGEST = 40
HEAD = re.compile(
    r"# (?P<number>\d+)\. (?P<title>\S.*)\n\n- Date: (?P<day>\S+)\n- Status: (?P<status>\S.*)\n\n(?=\S)"
)
STATUS = re.compile(r"accepted|superseded by (\d{4})")
INTRODUCTION = """# Decision records

A record tells why something was not done the obvious way: at most 40 lines, with a number, a title, a date and a status
(`accepted`, or `superseded by NNNN`). A record is not rewritten when a decision changes; the new record supersedes it.
This table is printed by `make messages`.

| | Decision | Date | Status |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Record:
    """A decision record: its file and what its head says, as text."""

    file: str
    number: str
    title: str
    day: str
    status: str


def files(folder: Path) -> list[Path]:
    """Every Markdown file of the folder but the index, by name."""
    return sorted(path for path in folder.glob("*.md") if path.name != "README.md")


def read(path: Path) -> Record | None:
    """The record in a file; None when its head is not the uniform one."""
    head = HEAD.match(path.read_text(encoding="utf-8"))
    return (
        None
        if head is None
        else Record(path.name, head["number"], head["title"], head["day"], head["status"])
    )


def faults(folder: Path) -> list[str]:
    """One sentence for each fault of the records in a folder, by file; empty when all is well."""
    paths = files(folder)
    found = [f"{path.name}: {fault}" for path in paths for fault in _faults(path, paths)]
    numbers = [path.name[:4] for path in paths]
    return found + [
        f"{n}: two records have this number" for n in sorted(set(numbers)) if numbers.count(n) > 1
    ]


def _faults(path: Path, paths: list[Path]) -> list[str]:
    record = read(path)
    if record is None:
        return ["the head must be a numbered title, `- Date: YYYY-MM-DD` and `- Status: accepted`"]
    found = []
    if not re.fullmatch(rf"{int(record.number):04}-[a-z0-9-]+\.md", path.name):
        found.append(f"the file's name must begin with {int(record.number):04}")
    if not _is_day(record.day):
        found.append(f"{record.day} is no day")
    status = STATUS.fullmatch(record.status)
    if status is None:
        found.append(f"{record.status!r} is no status")
    elif status[1] and status[1] not in {other.name[:4] for other in paths if other != path}:
        found.append(f"there is no record {status[1]}")
    if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST:
        found.append(f"{lines} lines, more than {LONGEST}")
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def index(folder: Path) -> str:
    """The text of the folder's README.md, as it should stand."""
    records = [record for path in files(folder) if (record := read(path))]
    return INTRODUCTION + "".join(
        f"| {int(one.number)} | [{one.title}]({one.file}) | {one.day} | {one.status} |\n" for one in records
    )


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(index(FOLDER), encoding="utf-8")
