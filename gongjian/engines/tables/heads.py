"""Finds the headings of a table among titles and notes, merged or over several rows, and which field each column holds. Pure."""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.engines.sheets.book import Grid
from gongjian.engines.tables.folding import bare, folded
from gongjian.engines.tables.vocabulary import words

WITHIN, DEEP = 30, 3  # rows from the top in which headings are looked for; rows of headings
TOP = WITHIN + DEEP
FOREIGN = re.compile(r"[a-z][a-z./ ]*", re.IGNORECASE)
MUCH_MERGED = 20_000  # cells of a merged block beyond which it is decoration
DEEPER = 0.1  # what a further row of headings must bring at least


@dataclass(frozen=True)
class HeadWords:
    """What headings are called.

    `names`: folded heading -> field. `beside`: a heading that says nothing alone (电话, 姓名) -> the field of the group above or of the
    columns on its left -> field. `anchors`: at least one of these fields must stand in a table. `chosen`: a heading as shown -> the
    field somebody chose for it, "" for none.
    """

    names: Mapping[str, str]
    anchors: Collection[str]
    beside: Mapping[str, Mapping[str, str]]
    chosen: Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """One column: its place from 0, its heading as shown, the field it holds or "", and the column that already holds the field."""

    place: int
    shown: str
    field: str
    twice_of: str = ""


@dataclass(frozen=True)
class Head:
    """The headings: first and last row from 0, and the columns that have one."""

    first: int
    last: int
    columns: tuple[Column, ...]

    @property
    def places(self) -> dict[str, int]:
        """The place of each field."""
        return {column.field: column.place for column in self.columns if column.field}


def column_name(column: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def fill_merged(grid: Grid, merged: Sequence[Any]) -> None:
    """Copy the value of each merged block into all of its cells."""
    for (top, first), (bottom, last) in merged:
        if top >= len(grid) or first >= len(grid[top]):
            continue
        bottom, last = min(bottom, len(grid) - 1), min(last, len(grid[top]) - 1)
        if (bottom - top + 1) * (last - first + 1) > MUCH_MERGED:
            continue
        value = grid[top][first]
        for row in grid[top : bottom + 1]:
            row[first : last + 1] = [value] * (last + 1 - first)


def has_head(top: Grid, merged: Sequence[Any], known: HeadWords) -> bool:
    """Whether the first rows of a sheet have headings; `top` may end after them."""
    fill_merged(top, merged)
    return find_head(top, merged, known) is not None


def find_head(grid: Grid, merged: Sequence[Any], known: HeadWords) -> Head | None:
    """The headings of a grid whose merged blocks are filled; None when no row has any of the fields that must be there."""
    best: tuple[float, Head] | None = None
    for first in range(min(WITHIN, len(grid))):
        if not any(isinstance(cell, str) and cell.strip() for cell in grid[first]):
            continue
        for deep in range(1, min(DEEP, len(grid) - first) + 1):
            head = _head(grid, first, _to_merged_end(first, deep, merged), known)
            fields = {column.field for column in head.columns} - {""}
            worth = len(fields) - DEEPER * (head.last - first)
            if fields & set(known.anchors) and (best is None or worth > best[0]):
                best = (worth, head)
    return best[1] if best else None


def _to_merged_end(first: int, deep: int, merged: Sequence[Any]) -> int:
    """The last row of headings: as deep as asked, and to the end of the blocks merged downwards from the first row."""
    ends = [bottom for (top, _left), (bottom, _right) in merged if top == first]
    return max([first + deep - 1, *(int(end) for end in ends if end < first + DEEP)])


def _head(grid: Grid, first: int, last: int, known: HeadWords) -> Head:
    rows = [[_heading(cell) for cell in row] for row in grid[first : last + 1]]
    _fill_groups(rows)
    columns: list[Column] = []
    taken: dict[str, str] = {}
    for place in range(len(rows[0])):
        parts = list(dict.fromkeys(part for row in rows if (part := row[place]) and not _decorates(part)))
        if not parts:
            continue
        shown = _numbered("·".join(parts), columns)
        field = known.chosen.get(shown)
        if field is None:
            field = _field(parts, [column.field for column in columns], known)
        twice = taken.get(field, "") if field else ""
        columns.append(Column(place, shown, "" if twice else field, twice))
        if field and not twice:
            taken[field] = shown
    return Head(first, last, tuple(columns))


def _heading(cell: Any) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else " ".join(str(cell).split())


def _fill_groups(rows: list[list[str]]) -> None:
    """The heading of a group may be written above its first column only."""
    for upper, lower in itertools.pairwise(rows):
        for place in range(1, len(upper)):
            if (
                not upper[place]
                and lower[place]
                and lower[place - 1]
                and upper[place - 1] != lower[place - 1]
            ):
                upper[place] = upper[place - 1]


def _decorates(part: str) -> bool:
    """Whether a part of a heading says no more than a unit or the number of its column."""
    text = folded(part)
    return (
        text.strip("()") in words()["units"] or text.isdigit() or (not bare(part) and not text.strip("*()"))
    )


def _numbered(shown: str, columns: Sequence[Column]) -> str:
    """The heading, with a number where an earlier column has the same."""
    same = sum(column.shown == shown or column.shown.startswith(f"{shown}#") for column in columns)
    return f"{shown}#{same + 1}" if same else shown


def _field(parts: list[str], on_the_left: list[str], known: HeadWords) -> str:
    whole = "".join(parts)
    for text in (whole, "".join(parts[-2:]), parts[-1]):
        for written in _writings(text):
            if written in known.names:
                return known.names[written]
    for written in _writings(parts[-1]):
        if written in known.beside:
            return _beside(known.beside[written], parts[:-1], on_the_left, known)
    return ""


def _writings(text: str) -> Iterator[str]:
    yield folded(text)
    yield bare(text)
    if FOREIGN.search(text):  # Firm 企业名称
        yield FOREIGN.sub("", bare(text))


def _beside(choices: Mapping[str, str], above: list[str], on_the_left: list[str], known: HeadWords) -> str:
    groups = [known.names.get(written, "") for part in reversed(above) for written in _writings(part)]
    for field in [*groups, *reversed(on_the_left)]:
        if field and field in choices:
            return choices[field]
    return choices.get("", "")
