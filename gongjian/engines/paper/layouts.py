"""The layouts of the two kinds of papers: a brief with its red head, and a form of cells."""

from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from gongjian.engines.paper.blocks import Brief, FormCell, SlipForm
from gongjian.engines.paper.page_and_fonts import (
    BODY,
    CELL,
    FANGSONG,
    HEI,
    RED,
    SMALL,
    SONG,
    TITLE,
    WIDTH,
    format_run,
    word_element,
)
from gongjian.engines.paper.text import TextFlow, bordered_table, set_pitch

HEAD_ROOM, HEAD_MOST = 420, 58  # points: width of the red name, and its largest size
THICK, THIN, RULE = 8, 6, 18  # eighths of a point
FORM_EDGE = 20  # millimetres above and below a form


def date_on_paper(on: Any) -> str:
    """The date as papers write it: 2026年4月7日."""
    return f"{on.year}年{on.month}月{on.day}日"


def write_brief(document: Any, brief: Brief) -> None:
    """Write a brief: red head, title, blocks and the list of receivers."""
    _red_head(document, brief)
    document.add_paragraph()
    title = _centred(document, brief.title, font=SONG, size=TITLE)
    title.paragraph_format.line_spacing = Pt(32)
    document.add_paragraph()
    TextFlow(document).add(brief.blocks)
    _receivers(document, brief)


def _centred(document: Any, text: str, *, font: str, size: float, color: Any = None) -> Any:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    format_run(line.add_run(text), font=font, size=size, color=color)
    return line


def _red_head(document: Any, brief: Brief) -> None:
    size = min(HEAD_MOST, HEAD_ROOM / max(len(brief.head), 1))
    name = _centred(document, brief.head, font=SONG, size=round(size * 2) / 2, color=RED)
    name.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    name.paragraph_format.space_before = Pt(20)
    _centred(document, f"（{brief.year}年第{brief.issue}期）", font=FANGSONG, size=BODY)
    document.add_paragraph()
    line = _two_sides(document, brief.unit, date_on_paper(brief.on), size=BODY)
    _border_lines(line, bottom=RULE, color="E60012")


def _two_sides(document: Any, left: str, right: str, *, size: float) -> Any:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(0)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH) - Pt(size), WD_TAB_ALIGNMENT.RIGHT)
    line.paragraph_format.first_line_indent = Pt(size)
    format_run(line.add_run(f"{left}\t{right}"), font=FANGSONG, size=size)
    return line


def _border_lines(line: Any, *, top: int = 0, bottom: int = 0, color: str = "000000") -> None:
    box = word_element("pBdr")
    for side, size in (("top", top), ("bottom", bottom)):
        if size:
            box.append(word_element(side, val="single", sz=size, space=1, color=color))
    # The schema wants the border before tabs, spacing, indents and alignment.
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(box, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _receivers(document: Any, brief: Brief) -> None:
    """Write the imprint (版记) at the end: receivers (报, 送), then who printed it and when."""
    document.add_paragraph()
    rows = [_two_sides(document, text, "", size=SMALL) for text in brief.sent_to]
    rows.append(_two_sides(document, brief.unit, f"{date_on_paper(brief.on)}印发", size=SMALL))
    for at, line in enumerate(rows):
        last = at == len(rows) - 1
        _border_lines(line, top=THICK if at == 0 else THIN, bottom=THICK if last else 0)
        line.paragraph_format.keep_together = True
        line.paragraph_format.keep_with_next = not last


def write_form(document: Any, form: SlipForm) -> None:
    """Write a form with narrow margins: title, the line of numbers, the cells and the notes below."""
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(FORM_EDGE)
    section.footer_distance = Mm(FORM_EDGE / 2)
    _centred(document, form.title, font=SONG, size=TITLE).paragraph_format.line_spacing = Pt(32)
    _two_sides(document, form.left, form.right, size=CELL)
    table = bordered_table(document, len(form.rows), [float(width) for width in form.widths])
    for row, form_row in zip(table.rows, form.rows, strict=True):
        row.height, row.height_rule = Mm(form_row.height), WD_ROW_HEIGHT_RULE.AT_LEAST
        at = 0
        cells = row.cells
        for cell in form_row.cells:
            merged = cells[at] if cell.span == 1 else cells[at].merge(cells[at + cell.span - 1])
            _fill(merged, cell)
            at += cell.span
    for text in form.notes:
        line = document.add_paragraph()
        set_pitch(line, 16)
        format_run(line.add_run(text), font=FANGSONG, size=10.5)


def _fill(merged: Any, cell: FormCell) -> None:
    for at, text in enumerate(cell.text.split("\n")):
        line = merged.paragraphs[0] if at == 0 else merged.add_paragraph()
        set_pitch(line, 16)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if cell.label else WD_ALIGN_PARAGRAPH.LEFT
        format_run(line.add_run(text), font=HEI if cell.label else FANGSONG, size=CELL)
