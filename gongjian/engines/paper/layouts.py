"""The layouts of the two kinds of papers: a brief with its red head, and a form of cells."""

from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from gongjian.engines.paper.blocks import Brief, FormCell, SlipForm
from gongjian.engines.paper.imprint import write_imprint
from gongjian.engines.paper.page_and_fonts import (
    BODY,
    CELL,
    FANGSONG,
    HEI,
    RED,
    SONG,
    TITLE,
    WIDTH,
    format_run,
    word_element,
    write_text,
    write_unbroken,
)
from gongjian.engines.paper.tables import bordered_table, room_in, set_pitch
from gongjian.engines.paper.text import TextFlow
from gongjian.engines.paper.unbroken import surely_one_line

HEAD_ROOM, HEAD_MOST = 420, 58  # points: width of the red name, and its largest size
LINES_ABOVE_TITLE = 2
RULE = 18  # eighths of a point
FORM_EDGE = 20  # millimetres above and below a form


def date_on_paper(on: Any) -> str:
    """The date as papers write it: 2026年4月7日."""
    return f"{on.year}年{on.month}月{on.day}日"


def write_brief(document: Any, brief: Brief) -> None:
    """Write a brief: red head, title, blocks, and the imprint at the foot of the last page."""
    write_head(
        document,
        head=brief.head,
        number=brief.number or f"（{brief.year}年第{brief.issue}期）",
        unit=brief.unit,
        on=brief.day or date_on_paper(brief.on),
        title=brief.title,
    )
    TextFlow(document, numerals=brief.numerals).add(brief.blocks)
    printed = brief.printed or f"{date_on_paper(brief.on)}印发"
    write_imprint(document, receivers=brief.sent_to, unit=brief.unit, on=printed)


def _centred(document: Any, text: str, *, font: str, size: float, color: Any = None) -> Any:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write_unbroken(line, text, font=font, size=size, color=color)
    return line


def write_head(
    document: Any, *, head: str, number: str, unit: str, on: str, title: str, signs: int = 0
) -> None:
    """Write what stands above the text: the red name, number, unit and day, the rule, and the title.

    The name is as large as its signs allow, or as so many signs would.
    """
    size = min(HEAD_MOST, HEAD_ROOM / max(signs or len(head), 1))
    name = _centred(document, head, font=SONG, size=round(size * 2) / 2, color=RED)
    name.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    name.paragraph_format.space_before = Pt(20)
    _centred(document, number, font=FANGSONG, size=BODY)
    document.add_paragraph()
    line = _two_sides(document, unit, on, size=BODY)
    _border_below(line, RULE, "E60012")
    for _empty in range(LINES_ABOVE_TITLE):
        document.add_paragraph()
    below = _centred(document, title, font=SONG, size=TITLE)
    below.paragraph_format.line_spacing = Pt(32)
    document.add_paragraph()


def _two_sides(document: Any, left: str, right: str, *, size: float) -> Any:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(0)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH) - Pt(size), WD_TAB_ALIGNMENT.RIGHT)
    line.paragraph_format.first_line_indent = Pt(size)
    write_text(line, left, size=size)
    format_run(line.add_run("\t"), font=FANGSONG, size=size)
    write_text(line, right, size=size)
    return line


def _border_below(line: Any, size: int, color: str) -> None:
    box = word_element("pBdr")
    box.append(word_element("bottom", val="single", sz=size, space=1, color=color))
    # The schema wants the border before tabs, spacing, indents and alignment.
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(box, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def write_forms(document: Any, forms: tuple[SlipForm, ...]) -> None:
    """Write forms with narrow margins, each on a page of its own."""
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(FORM_EDGE)
    section.footer_distance = Mm(FORM_EDGE / 2)
    for at, form in enumerate(forms):
        _form(document, form).paragraph_format.page_break_before = at > 0


def _form(document: Any, form: SlipForm) -> Any:
    """Write title, the line of numbers, the cells and the notes below; returns the line of the title."""
    title = _centred(document, form.title, font=SONG, size=TITLE)
    title.paragraph_format.line_spacing = Pt(32)
    _two_sides(document, form.left, form.right, size=CELL)
    table = bordered_table(document, len(form.rows), [float(width) for width in form.widths])
    for row, form_row in zip(table.rows, form.rows, strict=True):
        row.height, row.height_rule = Mm(form_row.height), WD_ROW_HEIGHT_RULE.AT_LEAST
        at = 0
        cells = row.cells
        for cell in form_row.cells:
            merged = cells[at] if cell.span == 1 else cells[at].merge(cells[at + cell.span - 1])
            _fill(merged, cell, sum(form.widths[at : at + cell.span]))
            at += cell.span
    for text in form.notes:
        line = document.add_paragraph()
        set_pitch(line, 16)
        write_unbroken(line, text, size=10.5)
    return title


def _fill(merged: Any, cell: FormCell, wide: int) -> None:
    room = room_in(wide, CELL)
    for at, text in enumerate(cell.text.split("\n")):
        line = merged.paragraphs[0] if at == 0 else merged.add_paragraph()
        set_pitch(line, 16)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if cell.label else WD_ALIGN_PARAGRAPH.LEFT
        write = write_text if surely_one_line(text, room) else write_unbroken
        write(line, text, font=HEI if cell.label else FANGSONG, size=CELL)
