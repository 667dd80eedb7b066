"""Tables of a paper: columns as wide as their figures need, size of the text, rows that stay whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from gongjian.engines.paper.blocks import LinkedNumber, PaperTable, Run
from gongjian.engines.paper.page_and_fonts import CELL, WIDTH, word_element, write_text, write_unbroken
from gongjian.engines.paper.unbroken import least_width, lines_needed, surely_one_line, width

SIZES = (CELL, 10.5, 9.0, 7.5)  # 小四, 五号, 小五, 六号: the first in which nothing is broken
MILLIMETRES = 25.4 / 72
MARGIN = 1.0  # millimetres beside the text of a cell
EDGES = 2 * MARGIN + 0.4  # millimetres of a column that hold no text
WORD = 6  # a heading or entry of so many signs is not broken
CENTRED = 12  # a column of longer texts is set from the left
WIDEST = 40  # signs from which on a longer text makes no wider column
TALL = 4  # lines from which on a smaller size is tried
TALLEST = 14  # lines of a row that is never split over two pages
PITCH = 1.5


@dataclass(frozen=True)
class TableLayout:
    """Widths of the columns in millimetres, the size of the text in points, and which columns are centred."""

    widths: tuple[float, ...]
    size: float
    centred: tuple[bool, ...]

    def lines(self, row: tuple[Run, ...]) -> int:
        """How many lines the tallest cell of a row takes."""
        return max(lines_needed(text_of(cell), self._room(at)) for at, cell in enumerate(row))

    def writer(self, column: int, run: Run) -> Callable[..., None]:
        """What writes a cell: only a text of several lines has places where it must not be broken."""
        return write_text if surely_one_line(text_of(run), self._room(column)) else write_unbroken

    def _room(self, column: int) -> float:
        return room_in(self.widths[column], self.size)


def room_in(millimetres: float, size: float) -> float:
    """How many Chinese signs of a size stand on one line of a cell."""
    return (millimetres - EDGES) / (size * MILLIMETRES)


def text_of(run: Run) -> str:
    """The text of a run, whether it is a number or not."""
    return run.text if isinstance(run, LinkedNumber) else run


def lay_out(table: PaperTable) -> TableLayout:
    """The largest size in which nothing is broken and no cell is a tall thin column; else the smallest in which it fits."""
    fitting = [layout for size in SIZES if (layout := _in_size(table, size)) is not None]
    for layout in fitting:
        if max((layout.lines(row) for row in table.rows), default=1) <= TALL:
            return layout
    return fitting[-1] if fitting else _too_wide(table)


def _in_size(table: PaperTable, size: float) -> TableLayout | None:
    """The layout in this size, where what is left goes to the long texts; None where something would be broken."""
    least, most = _needed(table)
    sign = size * MILLIMETRES
    spare = WIDTH - EDGES * len(least) - sum(least) * sign
    if spare < 0:
        return None
    wanted = sum(most) - sum(least)
    rest = max(spare - wanted * sign, 0) / len(least)  # everything on one line: what is left is shared alike
    share = min(spare / (wanted * sign), 1) if wanted else 0
    widths = tuple(
        (low + share * (high - low)) * sign + EDGES + rest for low, high in zip(least, most, strict=True)
    )
    return TableLayout(widths, size, tuple(column <= CENTRED for column in most))


def _too_wide(table: PaperTable) -> TableLayout:
    least, most = _needed(table)
    widths = tuple(WIDTH * column / sum(least) for column in least)
    return TableLayout(widths, SIZES[-1], tuple(column <= CENTRED for column in most))


def _needed(table: PaperTable) -> tuple[list[float], list[float]]:
    """The least and the most width of each column, in Chinese signs."""
    columns = [[text_of(cell) for cell in column] for column in zip(table.head, *table.rows, strict=True)]
    least = [max(_unbroken_width(text) for text in column) for column in columns]
    longest = [min(max(width(text) for text in column), WIDEST) for column in columns]
    return least, [max(pair) for pair in zip(least, longest, strict=True)]


def _unbroken_width(text: str) -> float:
    short = width(text) if len(text) <= WORD else WORD - 1
    return max(least_width(text), short)


def bordered_table(document: Any, rows: int, columns: list[float]) -> Any:
    """Add an empty bordered table of fixed widths (millimetres) whose rows never split."""
    table = document.add_table(rows=rows, cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = word_element("tblCellMar")
    for side in ("left", "right"):
        margins.append(word_element(side, w=round(Mm(MARGIN).twips), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for column, wide in zip(table.columns, columns, strict=True):
        column.width = Mm(wide)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(word_element("cantSplit"))
        for cell, wide in zip(row.cells, columns, strict=True):
            cell.width = Mm(wide)
            cell.vertical_alignment = 1
    return table


def table_line(cell: Any, *, size: float, centred: bool) -> Any:
    """The first line of a cell, with the tighter pitch of tables."""
    line = cell.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    set_pitch(line, size * PITCH)
    return line


def set_pitch(line: Any, pitch: float) -> None:
    """Set the distance of lines in points, independent of the grid of the page."""
    line.paragraph_format.line_spacing = Pt(pitch)
    off = word_element("snapToGrid", val=0)
    line._p.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")


def may_split(row: Any) -> None:
    """Let a row be split over two pages: it would not fit on one."""
    properties = row._tr.get_or_add_trPr()
    for mark in properties.findall(word_element("cantSplit").tag):
        properties.remove(mark)
