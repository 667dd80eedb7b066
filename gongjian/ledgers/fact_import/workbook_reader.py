"""Reads a workbook of facts: for each filled cell, of which firm, fact and period it is. No database.

It reads sheets as offices make them: titles above, one to three rows of headings with merged cells, months above facts
or facts above months, or one period in each row, with totals, notes and 同上 among the rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.sheets.book import BadBook, Book, Grid, UnreadValue
from gongjian.engines.tables.heads import fill_merged
from gongjian.engines.tables.opening import BadFile, Limits, Unopened, open_file
from gongjian.enterprises.facts.catalogue import FactKey
from gongjian.enterprises.facts.values import is_blank
from gongjian.enterprises.facts.wording import first_day
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.fact_import.cells import heading_text, is_cut_code, why_cut, why_unread
from gongjian.ledgers.fact_import.headings import (
    ColumnHeading,
    ColumnRole,
    Period,
    closest_fact,
    fact_named,
    folded,
    heading_words,
    read_heading,
    read_period,
    role_of,
)

LARGEST = 10 * 1024 * 1024  # bytes of a file
UNPACKED = 400 * 1024 * 1024
ROWS, COLUMNS = 20_000, 1_000
TOO_MUCH = (Unopened.TOO_LARGE_UNPACKED, Unopened.TOO_WIDE, Unopened.TOO_LONG, Unopened.TOO_HARD)
HEAD_WITHIN, HEAD_DEEP = 20, 3  # rows from the top; rows of a head


@dataclass(frozen=True)
class FactCell:
    """One filled cell; rows and columns count from 0."""

    row: int
    column: int
    name: str
    code: str
    entry: FactKey
    period: Period
    value: Any
    unit: str


@dataclass(frozen=True)
class UnreadCell:
    """A cell that could not be read, and the sentence that says why."""

    row: int
    column: int
    name: str
    sentence: str


@dataclass
class SheetReading:
    """What was read from a sheet; `heading_rows` are the first and last row of the headings, `firms` how many firms."""

    sheet: str
    heading_rows: tuple[int, int]
    columns: list[ColumnHeading]
    cells: list[FactCell] = field(default_factory=list)
    unread: list[UnreadCell] = field(default_factory=list)
    firms: int = 0

    @property
    def unknown_columns(self) -> list[ColumnHeading]:
        """The columns whose heading could not be read."""
        return [c for c in self.columns if c.role == ColumnRole.UNKNOWN]


def read_workbook(file: bytes, *, sheet: str = "", default: Period | None = None) -> SheetReading:
    """Read the sheet of this name, else the first with a column of firms; raises Refused when there is none."""
    book = _open(file)
    known = [*book.visible, *book.hidden]
    names = [sheet] if sheet in known else book.visible
    for name in names:
        grid, merged = _grid(book, name)
        head = _heading_rows(grid, merged)
        if head is not None:
            return _read_sheet(name, grid, head=head, default=default or _period_of_title(grid, head))
    if book.hidden:
        raise Refused(
            _(
                "看得见的工作表里没有企业名称或统一社会信用代码这一列。隐藏的工作表没有读：%(names)s。要用它，请在 Excel 里取消隐藏后再上传。"
            )
            % {"names": _("、").join(book.hidden)},
            field="file",
        )
    raise Refused(
        _("没有找到企业名称或统一社会信用代码这一列。请在表头写明“企业名称”，或下载模板填写。"), field="file"
    )


def _open(file: bytes) -> Book:
    if len(file) > LARGEST:
        raise Refused(_("文件超过 10 MB。请分成几个文件上传。"), field="file")
    try:
        return open_file(file, Limits(file=LARGEST, unpacked=UNPACKED, columns=COLUMNS)).book
    except BadFile as error:
        if error.why in TOO_MUCH:
            raise Refused(_("文件解开后太大。请删去空行空列再上传。"), field="file") from error
        raise Refused(_("读不出这个文件。请另存为 .xlsx 后再上传。"), field="file") from error


def _grid(book: Book, name: str) -> tuple[Grid, list[Any]]:
    try:
        grid, merged = book.grid(name)
    except BadBook as error:
        raise Refused(
            _("读不出工作表“%(name)s”。请另存为 .xlsx 后再上传。") % {"name": name}, field="file"
        ) from error
    if len(grid) > ROWS or (grid and len(grid[0]) > COLUMNS):
        raise Refused(
            _("工作表“%(name)s”超过 %(rows)s 行或 %(columns)s 列。请删去空行空列，或分成几个文件上传。")
            % {"name": name, "rows": ROWS, "columns": COLUMNS},
            field="file",
        )
    fill_merged(grid, merged)
    return grid, merged


def _heading_rows(grid: Grid, merged: Sequence[Any]) -> tuple[int, int] | None:
    """The first and last row of the headings, found by a column of firms or codes; None without one."""
    for n, row in enumerate(grid[:HEAD_WITHIN]):
        anchors = [
            c for c, cell in enumerate(row) if role_of(str(cell)) in (ColumnRole.NAME, ColumnRole.CODE)
        ]
        if anchors:
            last = _last_heading_row(grid, n, anchors[0], merged)
            return _first_heading_row(grid, n), last
    return None


def _last_heading_row(grid: Grid, row: int, column: int, merged: Sequence[Any]) -> int:
    for (top, first), (bottom, last) in merged:
        if top == row and first <= column <= last:
            return int(min(bottom, row + HEAD_DEEP - 1))
    below = grid[row + 1] if row + 1 < len(grid) else []
    blank = column < len(below) and folded(below[column]) == ""
    return row + 1 if blank and any(_is_heading(heading_text(cell)) for cell in below) else row


def _first_heading_row(grid: Grid, row: int) -> int:
    """The row itself, or the one above if that contains facts or periods rather than a title."""
    above = grid[row - 1] if row else []
    distinct = {folded(heading_text(cell)) for cell in above if folded(cell)}
    return row - 1 if len(distinct) > 1 and any(_is_heading(cell) for cell in distinct) else row


def _is_heading(cell: Any) -> bool:
    if not isinstance(cell, str) or not folded(cell):
        return False
    return (
        read_heading([cell], default=None).role == ColumnRole.FACT
        or read_period(cell, default=None) is not None
    )


def _period_of_title(grid: Grid, head: tuple[int, int]) -> Period | None:
    """The period in a title above the headings, as in 2026年10月企业月报; None without one."""
    for row in grid[: head[0]]:
        for cell in row:
            if isinstance(cell, str) and (period := read_period(cell, default=None)):
                return period
    return None


def _read_headings(grid: Grid, head: tuple[int, int], default: Period | None) -> list[ColumnHeading]:
    rows = [[heading_text(cell) for cell in row] for row in grid[head[0] : head[1] + 1]]
    for row in rows[:-1]:  # the heading of a group may be written above its first column only
        for n in range(1, len(row)):
            if not folded(row[n]) and folded(rows[-1][n]) and role_of(rows[-1][n]) is None:
                row[n] = row[n - 1]
    return [read_heading((row[n] for row in rows), default=default) for n in range(len(rows[0]))]


def _read_sheet(sheet: str, grid: Grid, *, head: tuple[int, int], default: Period | None) -> SheetReading:
    reading = SheetReading(sheet, head, _read_headings(grid, head, default))
    row = _RowReader(reading, default)
    for n in range(head[1] + 1, len(grid)):
        row.read(n, grid[n], grid[n - 1] if n > head[1] + 1 else [])
    reading.firms = len(row.seen)
    return reading


class _RowReader:
    """Reads rows, one after another, into a SheetReading."""

    def __init__(self, reading: SheetReading, default: Period | None) -> None:
        self.reading, self.default = reading, default
        self.places: dict[ColumnRole, int] = {}
        for n, heading in enumerate(reading.columns):
            self.places.setdefault(heading.role, n)
        self.facts = [(n, h) for n, h in enumerate(reading.columns) if h.role == ColumnRole.FACT]
        self.one_fact_per_row = ColumnRole.KEY in self.places and ColumnRole.VALUE in self.places
        self.same = frozenset(heading_words()["row"]["same"])
        self.seen: set[tuple[str, str]] = set()

    def read(self, n: int, row: list[Any], above: list[Any]) -> None:
        """Read one row. 同上 is replaced in `row` by the value above, so that the next row can repeat it."""
        for c, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip() in self.same and c < len(above):
                row[c] = above[c]
        if self.unread_key(n, row):
            return
        name, code = self.cell_text(row, ColumnRole.NAME), self.cell_text(row, ColumnRole.CODE)
        if not any(folded(cell) for cell in row) or (not code and self.is_note(name)):
            return
        cells = list(self.cells(n, row))
        if not cells:
            return
        if not name and not code:
            text = _("这一行没有企业名称，也没有统一社会信用代码")
            self.reading.unread.append(UnreadCell(n, self.places.get(ColumnRole.NAME, 0), "", text))
            return
        self.seen.add((name, code))
        for column, entry, period, value, unit in cells:
            self.add_cell(FactCell(n, column, name, code, entry, period, value, unit))

    def unread_key(self, n: int, row: list[Any]) -> bool:
        """Whether the firm of the row cannot be told because its cell holds something that is not read; says so."""
        for role in (ColumnRole.NAME, ColumnRole.CODE):
            place = self.places.get(role, len(row))
            cell = row[place] if place < len(row) else ""
            if isinstance(cell, UnreadValue) or (role == ColumnRole.CODE and is_cut_code(cell)):
                why = why_unread(cell, place) if isinstance(cell, UnreadValue) else why_cut(cell)
                self.add_unread(n, place, row, why)
                return True
        return False

    def cell_text(self, row: list[Any], role: ColumnRole) -> str:
        place = self.places.get(role)
        if place is None or place >= len(row):
            return ""
        cell = row[place]
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return str(cell).strip()

    def is_note(self, name: str) -> bool:
        text, row = folded(name), heading_words()["row"]
        if any(mark in text for mark in row["firms"]):
            return False
        return text.startswith((*row["totals"], *row["notes"]))

    def cells(self, n: int, row: list[Any]) -> Iterator[tuple[int, FactKey, Period, Any, str]]:
        """The filled cells of a row; what cannot be read is added to `unread`."""
        own = self.period_of_row(n, row)
        if self.one_fact_per_row:
            yield from self.fact_of_row(n, row, own)
            return
        for c, heading in self.facts:
            if c >= len(row) or is_blank(row[c]) or heading.entry is None:
                continue
            period = heading.period or own or self.default_period(heading.entry)
            if isinstance(row[c], UnreadValue):
                self.add_unread(n, c, row, why_unread(row[c], c))
            elif period is None:
                self.add_unread(n, c, row, _("不知道是哪一期。请在表头写明年月，或上传时选定期别"))
            else:
                yield c, heading.entry, period, row[c], heading.unit

    def default_period(self, entry: FactKey) -> Period | None:
        """The period of a fact whose heading and row give none; for a fact without periods, a day."""
        if not entry.has_no_period or self.default is None:
            return self.default
        return PeriodKind.DAY, self.default[1]

    def fact_of_row(
        self, n: int, row: list[Any], own: Period | None
    ) -> Iterator[tuple[int, FactKey, Period, Any, str]]:
        place = self.places[ColumnRole.VALUE]
        if place >= len(row) or is_blank(row[place]):
            return
        text = self.cell_text(row, ColumnRole.KEY)
        entry = fact_named(text)
        if isinstance(row[place], UnreadValue):
            self.add_unread(n, place, row, why_unread(row[place], place))
        elif entry is None:
            near = closest_fact(text)
            sentence = _("数据目录里没有“%(key)s”") % {"key": text[:30]}
            question = _("，是不是“%(near)s”？") % {"near": near} if near else ""
            self.add_unread(n, self.places[ColumnRole.KEY], row, sentence + question)
        elif (period := own or self.default_period(entry)) is None:
            self.add_unread(n, place, row, _("不知道是哪一期。请在表头写明年月，或上传时选定期别"))
        else:
            yield place, entry, period, row[place], self.cell_text(row, ColumnRole.UNIT)

    def period_of_row(self, n: int, row: list[Any]) -> Period | None:
        place = self.places.get(ColumnRole.PERIOD)
        if place is None or place >= len(row) or is_blank(row[place]):
            return self.default
        period = read_period(row[place], default=self.default)
        if period is None:
            text = _("看不懂期别“%(period)s”。请写成 2026年3月、2026年1季度或 2026年") % {
                "period": str(row[place])[:20]
            }
            self.add_unread(n, place, row, text)
        return period

    def add_unread(self, n: int, column: int, row: list[Any], sentence: str) -> None:
        self.reading.unread.append(UnreadCell(n, column, self.cell_text(row, ColumnRole.NAME), sentence))

    def add_cell(self, cell: FactCell) -> None:
        kind, day = cell.period
        kinds = cell.entry.period_kinds
        if cell.entry.has_no_period and kind != PeriodKind.DAY:
            kind = PeriodKind.DAY
        if kind not in kinds:
            kind_names = _("、").join(str(PeriodKind(k).label) for k in kinds)
            text = _("%(key)s只按%(kinds)s记录，不按%(kind)s") % {
                "key": cell.entry.key,
                "kinds": kind_names,
                "kind": PeriodKind(kind).label,
            }
            self.reading.unread.append(UnreadCell(cell.row, cell.column, cell.name, text))
            return
        period = (kind, first_day(day, kind))
        self.reading.cells.append(
            FactCell(cell.row, cell.column, cell.name, cell.code, cell.entry, period, cell.value, cell.unit)
        )
