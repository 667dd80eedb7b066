"""Writes the running text of a paper: headings, paragraphs, tables, page numbers."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongjian.engines.paper.blocks import Block, LinkedNumber, PaperHeading, PaperParagraph, PaperTable, Run
from gongjian.engines.paper.page_and_fonts import (
    BODY,
    CELL,
    FANGSONG,
    HEI,
    KAI,
    SMALL,
    WIDTH,
    format_run,
    word_element,
)

DIGITS = "零一二三四五六七八九"
HEADING_FONTS = {1: HEI, 2: KAI, 3: FANGSONG, 4: FANGSONG}
TEN = 10
WIDE = 2.2  # most times wider a column of text may be than a column of figures


def chinese_numeral(number: int) -> str:
    """The number, from 1 to 99, in Chinese numerals: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, TEN)
    head = "" if not tens else ("" if tens == 1 else DIGITS[tens]) + "十"
    return head + (DIGITS[ones] if ones else "")


class TextFlow:
    """Adds blocks to a document and numbers its headings and bookmarks."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._counts = [0, 0, 0, 0]
        self._ids = count(1)

    def add(self, blocks: Iterable[Block]) -> None:
        """Add blocks in order."""
        for block in blocks:
            if isinstance(block, PaperHeading):
                self._heading(block)
            elif isinstance(block, PaperParagraph):
                self._paragraph(block)
            else:
                self._table(block)

    def _heading(self, heading: PaperHeading) -> None:
        level = heading.level
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        at = self._counts[level - 1]
        mark = {1: f"{chinese_numeral(at)}、", 2: f"（{chinese_numeral(at)}）", 3: f"{at}.", 4: f"({at})"}[
            level
        ]
        line = self.document.add_paragraph()
        line.paragraph_format.keep_with_next = True
        indent(line)
        format_run(line.add_run(mark + heading.text), font=HEADING_FONTS[level], size=BODY)

    def _paragraph(self, paragraph: PaperParagraph) -> None:
        line = self.document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        indent(line)
        for run in paragraph.runs:
            self.run(line, run, BODY)

    def run(self, line: Any, run: Run, size: float) -> None:
        """Add text, or a number inside its bookmark, to a line."""
        if not isinstance(run, LinkedNumber):
            format_run(line.add_run(run), font=FANGSONG, size=size)
            return
        key = next(self._ids)
        line._p.append(word_element("bookmarkStart", id=key, name=run.anchor))
        format_run(line.add_run(run.text), font=FANGSONG, size=size)
        line._p.append(word_element("bookmarkEnd", id=key))

    def _table(self, table: PaperTable) -> None:
        word_table = bordered_table(self.document, len(table.rows) + 1, column_widths(table))
        for cell, text in zip(word_table.rows[0].cells, table.head, strict=True):
            format_run(table_line(cell).add_run(text), font=HEI, size=CELL)
        word_table.rows[0]._tr.get_or_add_trPr().append(word_element("tblHeader"))
        for row, values in zip(list(word_table.rows)[1:], table.rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                self.run(table_line(cell), value, CELL)


def indent(line: Any) -> None:
    """Indent a line by two characters; Word reads firstLineChars, LibreOffice firstLine."""
    line.paragraph_format.first_line_indent = Pt(2 * BODY)
    line._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def table_line(cell: Any) -> Any:
    """The first line of a cell, centred, with the tighter pitch of tables."""
    line = cell.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_pitch(line, 18)
    return line


def set_pitch(line: Any, pitch: float) -> None:
    """Set the distance of lines in points, independent of the grid of the page."""
    line.paragraph_format.line_spacing = Pt(pitch)
    off = word_element("snapToGrid", val=0)
    line._p.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")


def column_widths(table: PaperTable) -> list[float]:
    """The widths of the columns in millimetres, by their longest text and within bounds."""
    columns = list(zip(table.head, *table.rows, strict=True))
    longest = [max(_length(length) for length in column) for column in columns]
    least = max(min(longest), 3)
    shares = [min(max(length, least), least * WIDE * 2) for length in longest]
    return [WIDTH * share / sum(shares) for share in shares]


def _length(run: Run) -> float:
    text = run.text if isinstance(run, LinkedNumber) else run
    return sum(0.6 if ord(letter) < 0x2E80 else 1 for letter in text)  # noqa: PLR2004 - first CJK block


def bordered_table(document: Any, rows: int, columns: list[float]) -> Any:
    """Add an empty bordered table of fixed widths (millimetres) whose rows never split."""
    table = document.add_table(rows=rows, cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(word_element("cantSplit"))
        for cell, width in zip(row.cells, columns, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = 1
    return table


def page_numbers(section: Any) -> None:
    """Add page numbers — 1 — at the outer edge: right on odd pages, left on even pages."""
    for footer, side, edge in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right_indent"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left_indent"),
    ):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.style = section.part.document.styles["Normal"]
        line.alignment = side
        setattr(line.paragraph_format, edge, Pt(SMALL))
        format_run(line.add_run("— "), font="宋体", size=SMALL)
        field = format_run(line.add_run(), font="宋体", size=SMALL)
        field._r.append(word_element("fldChar", fldCharType="begin"))
        code = word_element("instrText")
        code.text = "PAGE"
        field._r.append(code)
        field._r.append(word_element("fldChar", fldCharType="separate"))
        digit = word_element("t")
        digit.text = "1"
        field._r.append(digit)
        field._r.append(word_element("fldChar", fldCharType="end"))
        format_run(line.add_run(" —"), font="宋体", size=SMALL)
