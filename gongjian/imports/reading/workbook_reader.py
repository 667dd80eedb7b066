"""Reads the rows of a ledger: which sheets there are, what their columns hold, and what each cell says."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.sensible_days import check_day
from gongjian.engines.sheets.book import BadBook, Grid
from gongjian.engines.tables.folding import bare, folded
from gongjian.engines.tables.heads import TOP, Column, Head, HeadWords, fill_merged, find_head, has_head
from gongjian.engines.tables.opening import BadFile, OpenedFile, Unopened, open_file
from gongjian.engines.tables.rows import NoRecord, TableRow, read_rows
from gongjian.engines.tables.values import (
    FACTORS,
    BadCell,
    Unclear,
    read_amount,
    read_choice,
    read_day,
    read_number_text,
    read_span,
    read_text,
    read_yes,
)
from gongjian.engines.writing.phones import HIDDEN
from gongjian.imports.reading.fields import FIELDS, Field, choice_words, every_heading, field_of, head_words
from gongjian.imports.reading.sentences import not_below, why_unopened, why_unread
from gongjian.imports.states import ImportKind
from gongjian.imports.vocabulary import COUNTED, MONEY, OF_MONEY, YUAN

YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
# Names that a narrow column has broken into lines; where several may stand below each other (persons, units) lines stay.
ONE_LINE = frozenset({"short_name", "county", "township", "area", "policy", "superior"})
NAMED = {
    ImportKind.AREAS: "name",
    ImportKind.UNITS: "name",
    ImportKind.FIRMS: "name",
    ImportKind.PROBLEMS: "firm",
    ImportKind.PAYOUTS: "firm",
}
EXAMPLES = 2  # values of a column shown beside its heading


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a cell, or, without a column, with its row."""

    column: int | None
    sentence: str


@dataclass
class LedgerRow:
    """One row: its sheet and row from 0, what its cells say by field, the section and the title it stands under, and what is wrong.

    `troubles` keep the row out; `left_out` are cells the row goes in without.
    """

    sheet: str
    number: int
    values: dict[str, Any]
    columns: Mapping[str, int]
    section: str = ""
    title: str = ""
    troubles: list[Trouble] = field(default_factory=list)
    left_out: list[Trouble] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The text of a field; empty when it says nothing."""
        return str(self.values.get(name, ""))

    def refuse(self, sentence: str, name: str = "") -> None:
        """Note what is wrong with a field, or with the row."""
        self.troubles.append(Trouble(self.columns.get(name), sentence))

    def leave_out(self, sentence: str, name: str) -> None:
        """Note what is wrong with a cell that the row goes in without."""
        self.left_out.append(Trouble(self.columns.get(name), sentence))


@dataclass
class LedgerSheet:
    """One sheet that was read; `left_out` are rows that are no records, with the reason."""

    name: str
    head: Head
    rows: list[LedgerRow] = field(default_factory=list)
    left_out: list[tuple[int, NoRecord, str]] = field(default_factory=list)
    examples: dict[int, str] = field(default_factory=dict)
    width: int = 0

    @property
    def other_table(self) -> int | None:
        """The row, from 1, from which another table stands on the sheet, which is not read."""
        return next((row + 1 for row, why, _said in self.left_out if why == NoRecord.OTHER_TABLE), None)

    @property
    def columns(self) -> list[tuple[Column, str]]:
        """The columns that have a heading, each with what stands in its first cells."""
        return [(column, self.examples.get(column.place, "")) for column in self.head.columns]


@dataclass
class Ledger:
    """What was read of a file: the sheets with headings of this kind, those without, hidden ones, and whether it has macros."""

    sheets: list[LedgerSheet]
    others: list[str]
    hidden: list[str]
    macros: bool = False

    @property
    def rows(self) -> list[LedgerRow]:
        """The rows of all sheets that were read."""
        return [row for sheet in self.sheets for row in sheet.rows]


def open_ledger(file: bytes) -> OpenedFile:
    """Open a file; raises Refused with the reason when it cannot be read as a table."""
    try:
        return open_file(file)
    except BadFile as bad:
        raise Refused(why_unopened(bad.why), field="file") from bad


def read_ledger(
    file: bytes, *, kind: ImportKind | str, sheets: Sequence[str], chosen: Mapping[str, str], today: date
) -> Ledger:
    """Read the chosen sheets, or without a choice every visible one that has headings of this kind."""
    opened = open_ledger(file)
    book, known = opened.book, head_words(kind, chosen)
    ledger = Ledger([], [], book.hidden, opened.macros)
    for name in [*book.visible, *book.hidden]:
        if name not in (sheets or book.visible):
            ledger.others += [name] if name in book.visible else []
            continue
        grid, merged = _grid(opened, name)
        head = find_head(grid, merged, known)
        if head is None:
            ledger.others.append(name)
            continue
        sheet = _read_sheet(name, grid, head, _Reading(ImportKind(kind), opened, today))
        if _lies_on_its_side(sheet, known):
            raise Refused(
                _(
                    "“%(sheet)s”的表头竖着写在第一列。请把表转置（复制后选择性粘贴，勾选转置），让表头成为第一行，再上传。"
                )
                % {"sheet": name},
                field="file",
            )
        ledger.sheets.append(sheet)
    if not ledger.sheets:
        raise Refused(_no_headings(kind, ledger), field="file")
    return ledger


def sheets_with_headings(file: bytes, *, kind: ImportKind | str, chosen: Mapping[str, str]) -> list[str]:
    """The visible sheets that have headings of this kind; every visible one where none has."""
    opened, known = open_ledger(file), head_words(kind, chosen)
    try:
        tops = {name: opened.book.top(name, TOP) for name in opened.book.visible}
    except BadBook as error:
        raise Refused(why_unopened(Unopened.BROKEN), field="file") from error
    return [name for name, (top, merged) in tops.items() if has_head(top, merged, known)] or list(tops)


def _no_headings(kind: ImportKind | str, ledger: Ledger) -> str:
    wanted = "、".join(f"“{f.label}”" for f in FIELDS[ImportKind(kind)] if f.required)
    said = _("没有找到%(wanted)s这一列。请在表头写明，或下载模板填写。") % {"wanted": wanted}
    if ledger.hidden:
        said += _("隐藏的工作表没有读：%(names)s。") % {"names": "、".join(ledger.hidden)}
    return said


def _grid(opened: OpenedFile, name: str) -> tuple[Grid, Sequence[Any]]:
    try:
        grid, merged = opened.book.grid(name)
    except BadBook as error:
        raise Refused(why_unopened(Unopened.BROKEN), field="file") from error
    fill_merged(grid, merged)
    return grid, merged


@dataclass(frozen=True)
class _Reading:
    kind: ImportKind
    opened: OpenedFile
    today: date
    units: Mapping[str, str] = field(default_factory=dict)


def _read_sheet(name: str, grid: Grid, head: Head, reading: _Reading) -> LedgerSheet:
    found, places = read_rows(grid, head, every_heading()), head.places
    sheet = LedgerSheet(name, head, left_out=found.left_out, width=max((len(row) for row in grid), default=0))
    title = next(
        (cell for row in grid[: head.first] for cell in row if isinstance(cell, str) and cell.strip()), ""
    )
    year, reading = _year_of_title(name, grid, head), replace(reading, units=_units(grid, head))
    for record in found.records:
        row = LedgerRow(name, record.number, {}, places, record.section, title)
        sheet.rows.append(_read_row(record, row, reading, year))
    for column in head.columns:
        cells = (_shown(row[column.place]) for row in grid[head.last + 1 :] if column.place < len(row))
        sheet.examples[column.place] = "、".join(list(dict.fromkeys(filter(None, cells)))[:EXAMPLES])[:60]
    return sheet


def _lies_on_its_side(sheet: LedgerSheet, known: HeadWords) -> bool:
    """Whether every record is called like a further heading: the headings stand below each other."""
    anchor = next((name for name in known.anchors if name in sheet.head.places), None)
    called = [bare(row.text(anchor)) for row in sheet.rows] if anchor else []
    return bool(called) and len(sheet.head.places) == 1 and all(name in known.names for name in called)


def _shown(cell: Any) -> str:
    """A cell as it is shown beside its heading: whole numbers without a point."""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def _year_of_title(name: str, grid: Grid, head: Head) -> int | None:
    """The year a sheet is about: in its name, or in a title above the headings."""
    titles = [name, *(str(cell) for row in grid[: head.first] for cell in row if isinstance(cell, str))]
    years = {int(year) for title in titles for year in YEAR.findall(title)}
    return years.pop() if len(years) == 1 else None


def _units(grid: Grid, head: Head) -> dict[str, str]:
    """The unit of money each column states: in its heading, else in a title above them (单位：万元)."""
    titles = "".join(str(cell) for row in grid[: head.first] for cell in row if isinstance(cell, str))
    general = OF_MONEY.search(titles)
    found = {column.field: re.findall(MONEY, column.shown) for column in head.columns if column.field}
    usual = general.group(1) if general else YUAN
    return {name: units[-1] if units else usual for name, units in found.items()}


def _read_row(record: TableRow, row: LedgerRow, reading: _Reading, year: int | None) -> LedgerRow:
    """Fill the row with what its cells say, and what is wrong with them."""
    for name in sorted(record.dangling):
        entry = field_of(reading.kind, name)
        _note(row, entry, not_below(str(entry.label)))
    written = (
        _visit_days(record.values, reading, year) if reading.kind == ImportKind.VISITS else record.values
    )
    for name, cell in written.items():
        entry = field_of(reading.kind, name)
        try:
            row.values[name] = _read_cell(cell, entry, reading, year)
        except BadCell as bad:
            _note(row, entry, _("%(label)s：%(why)s") % {"label": entry.label, "why": why_unread(bad)})
        except Refused as refused:
            _note(row, entry, _("%(label)s：%(why)s") % {"label": entry.label, "why": refused.sentence})
        if entry.reads == "number" and HIDDEN in row.text(name):
            row.values[f"{name}_hidden"] = row.values.pop(
                name
            )  # it tells namesakes apart, and says nothing else
    for entry in FIELDS[reading.kind]:
        if entry.required and not row.values.get(entry.name) and not row.troubles:
            row.refuse(_("没有写%(field)s") % {"field": entry.label}, entry.name)
    return row


def _visit_days(values: Mapping[str, Any], reading: _Reading, year: int | None) -> dict[str, Any]:
    """The cells of a visit: a span in its day is first and last day, and 上午 behind it the part of the day."""
    found, day = dict(values), values.get("starts_on")
    if not isinstance(day, str):
        return found
    if "ends_on" not in found:
        with suppress(BadCell):
            found["starts_on"], found["ends_on"] = read_span(day, year=year)
    parts = {part for word, part in choice_words(reading.kind, "part").items() if word in folded(day)}
    if "part" not in found and len(parts) == 1:
        found["part"] = parts.pop()
    return found


def _note(row: LedgerRow, entry: Field, sentence: str) -> None:
    """An optional cell is left out, any other keeps the row out."""
    (row.leave_out if entry.optional else row.refuse)(sentence, entry.name)


def _read_cell(cell: Any, entry: Field, reading: _Reading, year: int | None) -> Any:
    if entry.reads == "day":
        day = read_day(cell, year=year, from_1904=reading.opened.from_1904)
        check_day(day, entry.meaning, today=reading.today)
        return day
    if entry.reads == "amount":
        unit = reading.units.get(entry.name, YUAN)
        return read_amount(cell, unit=unit) * FACTORS[unit]
    if entry.reads == "yes":
        return read_yes(cell)
    if entry.reads == "choice":
        return read_choice(cell, choice_words(reading.kind, entry.name))
    if entry.reads == "whole":
        text = read_text(cell, longest=entry.longest)
        if not text.isdigit():
            raise BadCell(Unclear.NO_NUMBER, text)
        return int(text)
    return _read_words(cell, entry, reading)


def _read_words(cell: Any, entry: Field, reading: _Reading) -> str:
    if entry.reads == "number":
        return read_number_text(cell, longest=entry.longest)
    text = read_text(cell, longest=entry.longest)
    if entry.name == NAMED.get(reading.kind):
        return COUNTED.sub("", _in_one_line(text)) or text
    return _in_one_line(text) if entry.name in ONE_LINE else text


def _in_one_line(text: str) -> str:
    """Lines as one: Latin words with a blank between them, Chinese ones without."""
    return re.sub(r"(?<=[A-Za-z0-9])\n(?=[A-Za-z0-9])", " ", text).replace("\n", "")
