"""Heads of the chain that were put in a second place day by day (异地链头), where whoever rewrites the chain does not reach.

One small file a day, written once and never again: a file share, or a folder that keeps what is written (WORM), can hold them.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from gongjian.audit.queries import day_head
from gongjian.audit.tampering.queries import head_was

FURTHEST = timedelta(days=60)  # how far back days are made up for when the place was out of reach
NAME = "head-{day}.txt"


@dataclass(frozen=True)
class Anchor:
    """What one file says: the chain was `length` events long at the end of the day, and had this digest. None: it cannot be read."""

    day: date
    length: int | None
    digest: str


def put_out(folder: Path, *, today: date) -> list[date]:
    """Write the head of each whole day that has none yet; returns the days. Raises OSError where the place is out of reach."""
    days = [anchor.day for anchor in anchors(folder)]
    first = max(days, default=today - 2 * timedelta(days=1)) + timedelta(days=1)
    written = []
    for number in range((today - max(first, today - FURTHEST)).days):
        day = max(first, today - FURTHEST) + timedelta(days=number)
        if (head := day_head(day)) is not None:
            _write(folder / NAME.format(day=day), f"{head.length}:{head.digest}\n")
            written.append(day)
    return written


def _write(file: Path, line: str) -> None:
    """Write a file that is not there yet; one of another process stays as it is."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(line)
        out.flush()
        os.fsync(out.fileno())


def anchors(folder: Path) -> list[Anchor]:
    """The heads that lie in a folder, oldest first. Raises OSError where it cannot be read."""
    found = []
    for file in sorted(folder.iterdir()):
        day = _day(file.name)
        if day is not None:
            length, _colon, digest = file.read_text(encoding="ascii", errors="replace").strip().partition(":")
            found.append(Anchor(day, int(length) if length.isdecimal() else None, digest))
    return found


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name.removeprefix("head-").removesuffix(".txt"))
    except ValueError:
        return None


def differing_heads(folder: Path) -> Iterator[Anchor]:
    """The heads in a folder that the chain never had."""
    for anchor in anchors(folder):
        if anchor.length is None or not head_was(anchor.length, anchor.digest):
            yield anchor
