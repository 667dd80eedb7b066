"""A sheet of small slips to be cut apart along dashed lines (裁开的小条): two beside each other, five below, on A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from gongjian.engines.paper.page_and_fonts import FANGSONG, HEI, format_run, word_element
from gongjian.engines.paper.word_file import reproducible
from gongjian.engines.writing.signs import clean_values

ACROSS = 2
SIDE, EDGE = 12, 10  # millimetres of the page beside the slips, and above and below them
WIDE, HIGH = 93, 54  # millimetres of a slip; five rows stand on a page
SIZE, LARGE = 10.5, 18.0  # points of the lines, and of what is typed off
TYPED = "Courier New"


@dataclass(frozen=True)
class CutSlip:
    """One slip: for whom, lines of label and value, what is typed off in large letters, and a note."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    typed: str
    note: str = ""


def slips_sheet(slips: Sequence[CutSlip], *, title: str, on: date) -> bytes:
    """The .docx of the slips, as many pages as they need; the same slips give the same bytes."""
    slips = clean_values(tuple(slips))
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(SIDE)
    section.top_margin = section.bottom_margin = Mm(EDGE)
    section.header_distance = section.footer_distance = Mm(4)
    rows = -(-len(slips) // ACROSS)
    table = document.add_table(rows=rows, cols=ACROSS)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _dashed(table)
    for at, slip in enumerate(slips):
        _write(table.cell(at // ACROSS, at % ACROSS), slip)
    for row in table.rows:
        row.height, row.height_rule = Mm(HIGH), WD_ROW_HEIGHT_RULE.EXACTLY
        row._tr.get_or_add_trPr().append(word_element("cantSplit"))
    _small_last_line(document)
    core = document.core_properties
    core.title, core.author, core.comments = title, "", ""
    core.created = core.modified = datetime.combine(on, time())
    raw = BytesIO()
    document.save(raw)
    return reproducible(raw.getvalue())


def _dashed(table: Any) -> None:
    """Dashed lines to cut along, and some air inside."""
    borders, margins = word_element("tblBorders"), word_element("tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(word_element(side, val="dashed", sz=6, space=0, color="808080"))
    for side, wide in (("top", 3), ("left", 5), ("bottom", 2), ("right", 5)):
        margins.append(word_element(side, w=round(Mm(wide).twips), type="dxa"))
    table._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _write(cell: Any, slip: CutSlip) -> None:
    cell.width = Mm(WIDE)
    format_run(_line(cell, first=True).add_run(slip.heading), font=HEI, size=SIZE + 1.5)
    for label, value in slip.lines:
        line = _line(cell)
        format_run(line.add_run(f"{label}  "), font=FANGSONG, size=SIZE)
        format_run(line.add_run(value), font=FANGSONG, size=SIZE).bold = True
    format_run(_line(cell).add_run(slip.typed), font=TYPED, size=LARGE).bold = True
    if slip.note:
        format_run(_line(cell).add_run(slip.note), font=FANGSONG, size=SIZE - 1.5)


def _line(cell: Any, *, first: bool = False) -> Any:
    line = cell.paragraphs[0] if first else cell.add_paragraph()
    line.paragraph_format.space_after = Pt(2)
    line.paragraph_format.space_before = Pt(0)
    return line


def _small_last_line(document: Any) -> None:
    """Word wants a line behind a table: so small that it makes no page of its own."""
    line = document.add_paragraph()
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = Pt(1)
    format_run(line.add_run(), font=FANGSONG, size=1)
