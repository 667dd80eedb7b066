"""The rows of a table below its headings: which are records, which are totals, notes, sections or headings printed again. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from gongjian.engines.sheets.book import Grid, UnreadValue
from gongjian.engines.tables.folding import bare, folded, says_nothing
from gongjian.engines.tables.heads import Head
from gongjian.engines.tables.vocabulary import words

FIRST_CELLS = 3  # filled cells in which a total says that it is one
FEWEST_HEADINGS = 2  # cells of a row that is the head of another table
LONGEST_TOTAL, LONGEST_SECTION = 12, 30  # characters


class NoRecord(StrEnum):
    """Why a row is no record."""

    TOTAL = "total"
    NOTE = "note"
    SECTION = "section"
    HEADINGS = "headings"
    OTHER_TABLE = "other_table"


@dataclass(frozen=True)
class TableRow:
    """One record: its row from 0, what stands in each field, the section it stands under, and fields whose 同上 has nothing above."""

    number: int
    values: dict[str, Any]
    section: str = ""
    dangling: frozenset[str] = frozenset()


@dataclass
class TableRows:
    """The records of a table, and the rows that are none."""

    records: list[TableRow] = field(default_factory=list)
    left_out: list[tuple[int, NoRecord, str]] = field(default_factory=list)


def read_rows(grid: Grid, head: Head, known: Collection[str] = ()) -> TableRows:
    """Every row below the headings; the merged blocks of the grid are filled already.

    `known`: what headings of any ledger are called, by which a further table below is told from records.
    """
    found, places = TableRows(), head.places
    headings = {column.place: _last_part(column.shown) for column in head.columns}
    titles = {folded(cell) for row in grid[: head.first] for cell in row if _fills(cell)}
    section, above, elsewhere = "", dict[str, Any](), False
    for number in range(head.last + 1, len(grid)):
        row = grid[number]
        if not any(_fills(cell) for cell in row):
            continue
        kind = _kind(row, headings, places) or _printed_again(row, titles)
        if kind == NoRecord.HEADINGS:
            elsewhere = False
        elif kind is None and _heads_another_table(row, known):
            _take_out_title(found, number)
            elsewhere = True
        if elsewhere:
            kind = NoRecord.OTHER_TABLE
        if kind is not None:
            shown = next(str(cell) for cell in row if _fills(cell))
            found.left_out.append((number, kind, shown[:LONGEST_SECTION]))
            section = shown.strip() if kind == NoRecord.SECTION else section
            continue
        values, dangling = _values(row, places, above)
        if values:
            found.records.append(TableRow(number, values, section, dangling))
            above = values
    return found


def _printed_again(row: list[Any], titles: Collection[str]) -> NoRecord | None:
    """A title of the table, printed again on a further page."""
    texts = {folded(cell) for cell in row if _fills(cell)}
    return NoRecord.NOTE if len(texts) == 1 and texts <= set(titles) else None


def _heads_another_table(row: list[Any], known: Collection[str]) -> bool:
    """Whether a row consists of headings, of which some ledger has each."""
    cells = [cell for cell in row if _fills(cell)]
    return len(cells) >= FEWEST_HEADINGS and all(
        isinstance(cell, str) and bare(cell) in known for cell in cells
    )


def _take_out_title(found: TableRows, number: int) -> None:
    """The line right above another table is its title and no record."""
    last = found.records[-1] if found.records else None
    if last is not None and last.number == number - 1 and len(last.values) == 1:
        found.records.pop()
        found.left_out.append((last.number, NoRecord.OTHER_TABLE, str(next(iter(last.values.values())))))


def _fills(cell: Any) -> bool:
    return bool(cell) and not cell.isspace() if isinstance(cell, str) else cell is not None


def _values(
    row: list[Any], places: dict[str, int], above: dict[str, Any]
) -> tuple[dict[str, Any], frozenset[str]]:
    """What the fields hold; 同上 is what stands above."""
    values, dangling = {}, set()
    for name, place in places.items():
        cell = row[place] if place < len(row) else ""
        if isinstance(cell, str) and folded(cell).strip("()") in _same():
            if name not in above:
                dangling.add(name)
                continue
            cell = above[name]
        if isinstance(cell, UnreadValue) or not says_nothing(cell):
            values[name] = cell
    return values, frozenset(dangling)


@cache
def _same() -> frozenset[str]:
    return frozenset(folded(word) for word in words()["same"])


def _last_part(shown: str) -> str:
    return bare(shown.rpartition("·")[2].partition("#")[0])


def _kind(row: list[Any], headings: dict[int, str], places: dict[str, int]) -> NoRecord | None:
    filled = [cell for cell in row if _fills(cell)]
    texts = [folded(cell) for cell in filled[:FIRST_CELLS]]
    if any(is_total(text) for text in texts):
        return NoRecord.TOTAL
    alone = all(folded(cell) == texts[0] for cell in filled)
    if _is_note(texts[0], alone=alone):
        return NoRecord.NOTE
    if _gives_examples(texts):
        return NoRecord.NOTE
    if _prints_headings(row, headings) or _numbers_columns(filled) or _explains_headings(filled):
        return NoRecord.HEADINGS
    if alone and isinstance(filled[0], str) and _is_section(row, texts[0], places):
        return NoRecord.SECTION
    return None


def is_total(text: str) -> bool:
    """Whether a folded cell names a total: 合计, 总计, 全市合计（家）, 共计3家."""
    text = bare(text).strip(":()")
    short = len(text) <= LONGEST_TOTAL
    return short and any(
        text.endswith(word) or text == f"{word}数" or re.match(rf"{word}:?\d", text)
        for word in words()["totals"]
    )


def _is_note(text: str, *, alone: bool) -> bool:
    if re.match(rf"^共\d+[{words()['counters']}]|^第?\d+页[,/共]*(?:\d+页)?$|^-\d+-$", text):
        return True
    seal, bracketed = text.strip("()—-:"), text.startswith("(")
    if alone and any(seal == word or (bracketed and seal.endswith(word)) for word in words()["seals"]):
        return True
    text = text.lstrip("—-(")
    starts = next((word for word in words()["notes"] if text.startswith(word)), None)
    if starts is None:
        return False
    return alone or bool(re.match(r".{0,4}:", text[len(starts) :]))


def _is_section(row: list[Any], text: str, fields: dict[str, int]) -> bool:
    """A lone short text in front of the fields, or one that runs over many columns."""
    places = [n for n, cell in enumerate(row) if _fills(cell)]
    lone = len(places) == 1 and places[0] == 0 and 0 not in fields.values()
    return len(text) <= LONGEST_SECTION and (lone or len(places) > max(2, len(row) // 2))


def _prints_headings(row: list[Any], headings: dict[int, str]) -> bool:
    cells = [(headings[n], cell) for n, cell in enumerate(row) if n in headings and _fills(cell)]
    same = others = 0
    for heading, cell in cells:
        if heading and bare(cell) == heading:
            same += 1
        else:
            others += 1
        if others * 2 >= len(cells):
            return False  # most rows: no need to look at the rest
    return same > 1


def _gives_examples(texts: list[str]) -> bool:
    """Whether the row shows how to fill in the form: 示例, （示例）某局."""
    begins = (text.lstrip("([【") for text in texts)
    return any(re.match(rf"{word}(?:[)\]】:]|\d|$)", text) for text in begins for word in words()["examples"])


def _explains_headings(cells: list[Any]) -> bool:
    """Whether every cell stands in brackets: （全称）, （18位） below the headings."""
    return len(cells) > 1 and all(
        isinstance(cell, str) and folded(cell).startswith("(") and not bare(cell) for cell in cells
    )


def _numbers_columns(cells: list[Any]) -> bool:
    counted = 0
    for cell in cells:
        text = folded(cell)
        if text in words()["columns"]:
            continue
        counted += 1
        if text.removesuffix(".0") != str(counted):
            return False
    return len(cells) > 2  # noqa: PLR2004  two figures may be data
