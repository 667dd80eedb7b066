"""Reads figures from a table in any layout: areas down and indicators across, months across, one figure a line.

Each heading and each label of a row may name an indicator, an area, a month or a column; what neither names comes from the
choices of the page. Nothing is guessed: a cell that says not clearly which figure it is, or holds no number, is a fault.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gongjian.engines.tables.folding import bare, folded, says_nothing
from gongjian.indicators.reading.cells import (
    LACKING,
    BadValue,
    Cell,
    Fault,
    Known,
    Place,
    Said,
    Why,
    is_number,
    read_value,
)
from gongjian.indicators.reading.vocabulary import LABELS, ROW_COUNTS, UNITS, VALUES

HEAD_ROWS = 12  # rows in which headings are looked for
TOLD = 100  # rows after which it is told how far the reading is
Progress = Callable[[int, int], None]  # how much of how much is done


def tell_nobody(_done: int, _of: int) -> None:
    """Nobody waits for news."""


@dataclass
class ReadSheet:
    """What one sheet holds: figures and faults."""

    cells: list[Cell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_sheet(
    grid: Sequence[Sequence[Any]],
    known: Known,
    *,
    chosen: Said,
    sheet: str = "",
    tell: Progress = tell_nobody,
) -> ReadSheet:
    """The figures of a grid; `chosen` is what the page has chosen for figures whose cells do not say it."""
    found = ReadSheet()
    heads = _head_rows(grid, known)
    if not heads:
        if (pairs := _pairs(grid, known)) is not None:
            frame = _Frame(Said(), chosen, *pairs, sheet)
            for number, row in enumerate(grid):
                _read_row((number, row), known, frame, found)
            return found
        if any(not says_nothing(cell) for row in grid for cell in row):
            found.faults.append(Fault(Place(sheet, 1, 1), Why.NO_HEADINGS))
        return found
    above = _said_above(grid[: heads[0]], known)
    across = _across(grid, heads, known)
    labels = _label_columns(grid, heads, across)
    for number, column in enumerate(across):
        shown = str(grid[heads[-1]][number]).strip() if number < len(grid[heads[-1]]) else ""
        if column is None and number not in labels and shown and _has_numbers(grid, heads[-1], number):
            found.faults.append(Fault(Place(sheet, heads[-1] + 1, number + 1), Why.UNKNOWN_NAME, shown))
    base = above.with_more(Said()) or Said()
    frame = _Frame(base, chosen, across, labels, sheet)
    for number in _told(range(heads[-1] + 1, len(grid)), tell):
        _read_row((number, grid[number]), known, frame, found)
    return found


def _told(rows: range, tell: Progress) -> Iterator[int]:
    """These rows, while it is told now and then how far they are."""
    for number in rows:
        if number % TOLD == 0:
            tell(number, rows.stop)
        yield number


def _pairs(grid: Sequence[Sequence[Any]], known: Known) -> tuple[list[Said | None], frozenset[int]] | None:
    """A name and its number a row, without headings: the columns of such a list; None for anything else."""
    rows = [row for row in grid if any(not says_nothing(cell) for cell in row)]
    width = max((len(row) for row in rows), default=0)
    numbers = [n for n in range(width) if all(n < len(row) and is_number(row[n]) for row in rows)]
    if len(numbers) != 1 or not any(known.said(row[n]) for row in rows for n in range(numbers[0])):
        return None
    across: list[Said | None] = [None] * width
    across[numbers[0]] = Said()
    return across, frozenset(set(range(width)) - set(numbers))


@dataclass(frozen=True)
class _Frame:
    """What holds for every row of a sheet."""

    above: Said
    chosen: Said
    across: Sequence[Said | None]
    labels: frozenset[int]
    sheet: str


def _head_rows(grid: Sequence[Sequence[Any]], known: Known) -> list[int]:
    """The row of headings with most known names, and the one above it where that names things as well."""
    scores = {}
    for number, row in enumerate(grid[:HEAD_ROWS]):
        names = [known.said(cell) for cell in row]
        words = [folded(cell) for cell in row]
        scores[number] = sum(
            bool(said) or word in LABELS or word in VALUES or bare(word) in LABELS
            for said, word in zip(names, words, strict=True)
        ) - 2 * sum(is_number(cell) and not said for cell, said in zip(row, names, strict=True))
    best = max(scores, key=lambda number: (scores[number], -number), default=None)
    if best is None or scores[best] < 1:
        return []
    over = best - 1
    two = over >= 0 and scores[over] >= 2 and scores[over] > 0  # noqa: PLR2004  one name alone is a title
    below = best + 1
    if not two and scores.get(below, 0) >= 2:  # noqa: PLR2004
        return [best, below] if _only_words(grid[below], known) else [best]
    return [over, best] if two and _only_words(grid[over], known) else [best]


def _only_words(row: Sequence[Any], known: Known) -> bool:
    return not any(is_number(cell) and not known.said(cell) for cell in row)


def _said_above(rows: Sequence[Sequence[Any]], known: Known) -> Said:
    """What the title above the headings names by itself: its month, indicator or area."""
    said = Said()
    for row in rows:
        for cell in row:
            more = known.said(cell)
            said = (said.with_more(more) or said) if more else said
    return said


def _across(grid: Sequence[Sequence[Any]], heads: Sequence[int], known: Known) -> list[Said | None]:
    """What each column is of; None where its headings name nothing. A heading over several columns counts for each."""
    width = max((len(row) for row in grid), default=0)
    result: list[Said | None] = [None] * width
    for depth, number in enumerate(heads):
        last: Said | None = None
        for column, cell in enumerate(list(grid[number]) + [""] * (width - len(grid[number]))):
            said = known.said(cell)
            value_head = folded(cell) in VALUES or bare(cell) in VALUES
            if not said and not says_nothing(cell) and not value_head:
                last = None
            elif said or value_head:
                last = said
            spans = depth < len(heads) - 1
            own = last if spans else (said if said or value_head else None)
            if own is not None:
                result[column] = (result[column] or Said()).with_more(own)
    return result


def _label_columns(
    grid: Sequence[Sequence[Any]], heads: Sequence[int], across: Sequence[Said | None]
) -> frozenset[int]:
    """Columns that hold labels of rows: those whose heading is a word for labels, or names nothing."""
    labels = set()
    for column, said in enumerate(across):
        words = {bare(grid[n][column]) for n in heads if column < len(grid[n])}
        words |= {folded(grid[n][column]) for n in heads if column < len(grid[n])}
        words.discard("")
        if words & LABELS or (said is None and not _has_numbers(grid, heads[-1], column)):
            labels.add(column)
    return frozenset(labels)


def _has_numbers(grid: Sequence[Sequence[Any]], head: int, column: int) -> bool:
    below = [row[column] for row in grid[head + 1 :] if column < len(row) and not says_nothing(row[column])]
    return bool(below) and all(is_number(cell) for cell in below)


def _read_row(numbered: tuple[int, Sequence[Any]], known: Known, frame: _Frame, found: ReadSheet) -> None:
    number, row = numbered
    said, unknown = _row_said(row, known, frame)
    if unknown in ROW_COUNTS:
        return
    for column, cell in enumerate(row):
        head = frame.across[column] if column < len(frame.across) else None
        if head is None or column in frame.labels or says_nothing(cell):
            continue
        place = Place(frame.sheet, number + 1, column + 1)
        figure = _figure(cell, place, (head, said, frame), known)
        if isinstance(figure, Fault):
            if unknown and figure.why in (Why.NO_AREA, Why.NO_INDICATOR):
                figure = replace(figure, why=Why.UNKNOWN_NAME, shown=unknown)
            found.faults.append(figure)
        else:
            found.cells.append(figure)


def _row_said(row: Sequence[Any], known: Known, frame: _Frame) -> tuple[Said | None, str]:
    """What the labels of a row name together (None where they contradict each other), and a name nobody knows."""
    said: Said | None = Said()
    unknown = ""
    for column in sorted(frame.labels):
        if column >= len(row) or says_nothing(row[column]):
            continue
        cell = row[column]
        more = known.said(cell)
        text = folded(cell)
        if more and said is not None:
            said = said.with_more(more)
        elif text in UNITS and said is not None:
            said = replace(said, unit=text)
        elif not more and not is_number(cell):
            unknown = unknown or str(cell).strip()
    return said, unknown


def _figure(cell: Any, place: Place, parts: tuple[Said, Said | None, _Frame], known: Known) -> Cell | Fault:
    head, of_row, frame = parts
    said = None if of_row is None else head.with_more(of_row)
    if said is None:
        return Fault(place, Why.SAID_TWICE)
    said = _filled(_filled(said, frame.above), frame.chosen)
    if said.indicator is None or said.area is None or said.month is None or said.column is None:
        return Fault(place, next(why for name, why in LACKING if getattr(said, name) is None))
    try:
        value = read_value(cell, unit=known.units[said.indicator], written_in=said.unit)
    except BadValue as bad:
        return Fault(place, bad.why, bad.shown)
    return Cell(said.indicator, said.area, said.month, said.column, value, place)


def _filled(said: Said, usual: Said) -> Said:
    """What is left open, from what is usual."""
    facts = {
        name: getattr(said, name) if getattr(said, name) is not None else getattr(usual, name)
        for name in ("indicator", "area", "month", "column")
    }
    return Said(**facts, unit=said.unit or usual.unit)


def pasted_grid(text: str) -> Iterator[list[str]]:
    """The rows of a text copied from a spreadsheet: cells parted by tabs, one row a line."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        yield [cell.strip().strip('"') for cell in line.split("\t")]
