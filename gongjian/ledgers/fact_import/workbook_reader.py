"""A workbook of firms' facts as cells that say something: which firm, which fact, which period. No database.

Taken as offices make them: titles above, heads of one to three rows with merged cells, months over facts or facts over
months, or one period a row; totals, notes and 同上 among the rows.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from gongjian.audit import Refused
from gongjian.enterprises.facts.catalogue import FactKey
from gongjian.enterprises.facts.values import is_blank
from gongjian.enterprises.facts.wording import first_day
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.fact_import.headings import (
    Heading,
    Period,
    Role,
    entry_named,
    plain,
    read_heading,
    read_period,
    role_of,
    suggestion,
    words,
)

LARGEST = 10 * 1024 * 1024  # bytes of a file
UNPACKED = 400 * 1024 * 1024
ROWS, COLUMNS = 20_000, 400
HEAD_WITHIN, HEAD_DEEP = 20, 3  # rows from the top; rows of a head
Grid = list[list[Any]]


@dataclass(frozen=True)
class Written:
    """One cell that says something. Rows and columns from 0."""

    row: int
    column: int
    name: str
    code: str
    entry: FactKey
    period: Period
    value: Any
    unit: str


@dataclass(frozen=True)
class Slip:
    """What could not be understood, and where."""

    row: int
    column: int
    name: str
    sentence: str


@dataclass
class Reading:
    """What a sheet says."""

    sheet: str
    head: tuple[int, int]
    columns: list[Heading]
    cells: list[Written] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    firms: int = 0

    @property
    def left_alone(self) -> list[Heading]:
        """Columns nobody understood."""
        return [c for c in self.columns if c.role == Role.UNKNOWN]


def read_workbook(file: bytes, *, sheet: str = "", default: Period | None = None) -> Reading:
    """The first sheet that has a column of firms, or the named one. Raises Refused when there is none."""
    book = _open(file)
    names = [sheet] if sheet in book.sheet_names else book.sheet_names
    for name in names:
        grid, merged = _grid(book, name)
        head = _find_head(grid, merged)
        if head is not None:
            return _read(name, grid, head=head, default=default or _from_title(grid, head))
    raise Refused(
        _("没有找到企业名称或统一社会信用代码这一列。请在表头写明“企业名称”，或下载模板填写。"), field="file"
    )


def _open(file: bytes) -> CalamineWorkbook:
    if len(file) > LARGEST:
        raise Refused(_("文件超过 10 MB。请分成几个文件上传。"), field="file")
    try:
        if zipfile.is_zipfile(io.BytesIO(file)):
            with zipfile.ZipFile(io.BytesIO(file)) as packed:
                if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                    raise Refused(_("文件解开后太大。请删去空行空列再上传。"), field="file")
        return CalamineWorkbook.from_filelike(io.BytesIO(file))
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise Refused(_("读不出这个文件。请另存为 .xlsx 后再上传。"), field="file") from error


def _grid(book: CalamineWorkbook, name: str) -> tuple[Grid, list[Any]]:
    try:
        sheet = book.get_sheet_by_name(name)
        grid = sheet.to_python(skip_empty_area=False)
        merged = list(sheet.merged_cell_ranges or [])
    except (CalamineError, ValueError) as error:
        raise Refused(
            _("读不出工作表“%(name)s”。请另存为 .xlsx 后再上传。") % {"name": name}, field="file"
        ) from error
    if len(grid) > ROWS or (grid and len(grid[0]) > COLUMNS):
        raise Refused(
            _("工作表“%(name)s”超过 %(rows)s 行或 %(columns)s 列。请删去空行空列，或分成几个文件上传。")
            % {"name": name, "rows": ROWS, "columns": COLUMNS},
            field="file",
        )
    _fill_merged(grid, merged)
    return grid, merged


def _fill_merged(grid: Grid, merged: Sequence[Any]) -> None:
    """Every cell of a merged block says what its first one says."""
    for (top, left), (bottom, right) in merged:
        if top >= len(grid) or left >= len(grid[top]) or (bottom - top + 1) * (right - left + 1) > ROWS:
            continue
        said = grid[top][left]
        for row in grid[top : bottom + 1]:
            for n in range(left, min(right + 1, len(row))):
                row[n] = said


def _find_head(grid: Grid, merged: Sequence[Any]) -> tuple[int, int] | None:
    """First and last row of the head: where a column of firms or codes begins."""
    for n, row in enumerate(grid[:HEAD_WITHIN]):
        anchors = [c for c, cell in enumerate(row) if role_of(str(cell)) in (Role.NAME, Role.CODE)]
        if anchors:
            last = _head_end(grid, n, anchors[0], merged)
            return _head_start(grid, n), last
    return None


def _head_end(grid: Grid, row: int, column: int, merged: Sequence[Any]) -> int:
    for (top, left), (bottom, right) in merged:
        if top == row and left <= column <= right:
            return int(min(bottom, row + HEAD_DEEP - 1))
    below = grid[row + 1] if row + 1 < len(grid) else []
    blank = column < len(below) and plain(below[column]) == ""
    return row + 1 if blank and any(_says_head(cell) for cell in below) else row


def _head_start(grid: Grid, row: int) -> int:
    """A row of facts or periods above the row of the firm's head belongs to it; a title does not."""
    above = grid[row - 1] if row else []
    distinct = {plain(cell) for cell in above if plain(cell)}
    return row - 1 if len(distinct) > 1 and any(_says_head(cell) for cell in distinct) else row


def _says_head(cell: Any) -> bool:
    if not isinstance(cell, str) or not plain(cell):
        return False
    return read_heading([cell], default=None).role == Role.FACT or read_period(cell, default=None) is not None


def _from_title(grid: Grid, head: tuple[int, int]) -> Period | None:
    """The period the lines above the head speak of: 2026年10月企业月报."""
    for row in grid[: head[0]]:
        for cell in row:
            if isinstance(cell, str) and (found := read_period(cell, default=None)):
                return found
    return None


def _heads(grid: Grid, head: tuple[int, int], default: Period | None) -> list[Heading]:
    rows = [[str(cell) for cell in row] for row in grid[head[0] : head[1] + 1]]
    for row in rows[:-1]:  # a group's head stands over its first column only
        for n in range(1, len(row)):
            if not plain(row[n]) and plain(rows[-1][n]) and role_of(rows[-1][n]) is None:
                row[n] = row[n - 1]
    return [read_heading((row[n] for row in rows), default=default) for n in range(len(rows[0]))]


def _read(sheet: str, grid: Grid, *, head: tuple[int, int], default: Period | None) -> Reading:
    reading = Reading(sheet, head, _heads(grid, head, default))
    row = _Row(reading, default)
    for n in range(head[1] + 1, len(grid)):
        row.read(n, grid[n], grid[n - 1] if n > head[1] + 1 else [])
    reading.firms = len(row.seen)
    return reading


class _Row:
    """Reads row after row into a Reading."""

    def __init__(self, reading: Reading, default: Period | None) -> None:
        self.reading, self.default = reading, default
        self.places: dict[Role, int] = {}
        for n, heading in enumerate(reading.columns):
            self.places.setdefault(heading.role, n)
        self.facts = [(n, h) for n, h in enumerate(reading.columns) if h.role == Role.FACT]
        self.tall = Role.KEY in self.places and Role.VALUE in self.places
        self.same = frozenset(words()["row"]["same"])
        self.seen: set[tuple[str, str]] = set()

    def read(self, n: int, row: list[Any], above: list[Any]) -> None:
        """One row; 同上 takes what stands above, in place, so that it carries on."""
        for c, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip() in self.same and c < len(above):
                row[c] = above[c]
        name, code = self.said(row, Role.NAME), self.said(row, Role.CODE)
        if not any(plain(cell) for cell in row) or (not code and self.is_note(name)):
            return
        cells = list(self.cells(n, row))
        if not cells:
            return
        if not name and not code:
            text = _("这一行没有企业名称，也没有统一社会信用代码")
            self.reading.slips.append(Slip(n, self.places.get(Role.NAME, 0), "", text))
            return
        self.seen.add((name, code))
        for column, entry, period, value, unit in cells:
            self.put(Written(n, column, name, code, entry, period, value, unit))

    def said(self, row: list[Any], role: Role) -> str:
        place = self.places.get(role)
        if place is None or place >= len(row):
            return ""
        cell = row[place]
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return str(cell).strip()

    def is_note(self, name: str) -> bool:
        text, row = plain(name), words()["row"]
        if any(mark in text for mark in row["firms"]):
            return False
        return text.startswith((*row["totals"], *row["notes"]))

    def cells(self, n: int, row: list[Any]) -> Iterator[tuple[int, FactKey, Period, Any, str]]:
        """What the row says, cell by cell; what cannot be understood becomes a slip."""
        own = self.period_of(n, row)
        if self.tall:
            yield from self.tall_cell(n, row, own)
            return
        for c, heading in self.facts:
            if c >= len(row) or is_blank(row[c]) or heading.entry is None:
                continue
            period = heading.period or own or self.standing(heading.entry)
            if period is None:
                self.slip(n, c, row, _("不知道是哪一期。请在表头写明年月，或上传时选定期别"))
            else:
                yield c, heading.entry, period, row[c], heading.unit

    def standing(self, entry: FactKey) -> Period | None:
        """A standing fact is of the day the sheet speaks of, at its end."""
        if not entry.standing or self.default is None:
            return self.default
        return PeriodKind.DAY, self.default[1]

    def tall_cell(
        self, n: int, row: list[Any], own: Period | None
    ) -> Iterator[tuple[int, FactKey, Period, Any, str]]:
        place = self.places[Role.VALUE]
        if place >= len(row) or is_blank(row[place]):
            return
        text = self.said(row, Role.KEY)
        entry = entry_named(text)
        if entry is None:
            near = suggestion(text)
            said = _("数据目录里没有“%(key)s”") % {"key": text[:30]}
            more = _("，是不是“%(near)s”？") % {"near": near} if near else ""
            self.slip(n, self.places[Role.KEY], row, said + more)
        elif (period := own or self.standing(entry)) is None:
            self.slip(n, place, row, _("不知道是哪一期。请在表头写明年月，或上传时选定期别"))
        else:
            yield place, entry, period, row[place], self.said(row, Role.UNIT)

    def period_of(self, n: int, row: list[Any]) -> Period | None:
        place = self.places.get(Role.PERIOD)
        if place is None or place >= len(row) or is_blank(row[place]):
            return self.default
        found = read_period(row[place], default=self.default)
        if found is None:
            text = _("看不懂期别“%(period)s”。请写成 2026年3月、2026年1季度或 2026年") % {
                "period": str(row[place])[:20]
            }
            self.slip(n, place, row, text)
        return found

    def slip(self, n: int, column: int, row: list[Any], sentence: str) -> None:
        self.reading.slips.append(Slip(n, column, self.said(row, Role.NAME), sentence))

    def put(self, cell: Written) -> None:
        kind, day = cell.period
        kinds = cell.entry.period_kinds
        if cell.entry.standing and kind != PeriodKind.DAY:
            kind = PeriodKind.DAY
        if kind not in kinds:
            said = "、".join(str(PeriodKind(k).label) for k in kinds)
            text = _("%(key)s只按%(kinds)s记录，不按%(kind)s") % {
                "key": cell.entry.key,
                "kinds": said,
                "kind": PeriodKind(kind).label,
            }
            self.reading.slips.append(Slip(cell.row, cell.column, cell.name, text))
            return
        period = (kind, first_day(day, kind))
        self.reading.cells.append(
            Written(cell.row, cell.column, cell.name, cell.code, cell.entry, period, cell.value, cell.unit)
        )
