"""Writes the running text of a paper: headings, paragraphs, tables, page numbers."""

from collections.abc import Callable, Iterable
from itertools import count, pairwise
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from gongjian.engines.paper.blocks import (
    Block,
    Level,
    LinkedNumber,
    Numerals,
    PaperHeading,
    PaperParagraph,
    PaperTable,
    Run,
)
from gongjian.engines.paper.page_and_fonts import (
    BODY,
    FANGSONG,
    HEI,
    KAI,
    SMALL,
    format_run,
    word_element,
    write_joined,
    write_text,
    write_unbroken,
)
from gongjian.engines.paper.tables import TALLEST, bordered_table, lay_out, may_split, table_line
from gongjian.engines.paper.unbroken import lines_needed, unit_of

DIGITS = "零一二三四五六七八九"
HEADING_FONTS = {1: HEI, 2: KAI, 3: FANGSONG, 4: FANGSONG}
TEN = 10
MARKS: dict[Numerals, dict[Level, str]] = {
    "chinese": {1: "{chinese}、", 2: "（{chinese}）", 3: "{at}.", 4: "({at})"},
    "arabic": {1: "{at}. ", 2: "({at}) ", 3: "{at}) ", 4: "– "},
}
SIGNS, SHORT = 28, 5  # signs of a line, lines of a paragraph that is kept with the next


def chinese_numeral(number: int) -> str:
    """The number, from 1 to 99, in Chinese numerals: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, TEN)
    head = "" if not tens else ("" if tens == 1 else DIGITS[tens]) + "十"
    return head + (DIGITS[ones] if ones else "")


class TextFlow:
    """Adds blocks to a document and numbers its headings and bookmarks."""

    def __init__(self, document: Any, *, first_bookmark: int = 1, numerals: Numerals = "chinese") -> None:
        self.document = document
        self._marks = MARKS[numerals]
        self._counts = [0, 0, 0, 0]
        self._ids = count(first_bookmark)

    def add(self, blocks: Iterable[Block]) -> None:
        """Add blocks in order."""
        for block, following in pairwise([*blocks, None]):
            if isinstance(block, PaperHeading):
                self._heading(block)
            elif isinstance(block, PaperParagraph):
                line = self._paragraph(block)
                if isinstance(following, PaperTable):
                    keep_if_short(line)
            elif block is not None:
                self._table(block)

    def _heading(self, heading: PaperHeading) -> None:
        level = heading.level
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        at = self._counts[level - 1]
        mark = self._marks[level].format(at=at, chinese=chinese_numeral(at))
        line = self.document.add_paragraph()
        line.paragraph_format.keep_with_next = True
        indent(line)
        write_unbroken(line, mark + heading.text, font=HEADING_FONTS[level])

    def _paragraph(self, paragraph: PaperParagraph) -> Any:
        line = self.document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        indent(line)
        after_number = False
        for run in paragraph.runs:
            if isinstance(run, str):
                unit = unit_of(run) if after_number else ""
                if unit:
                    write_joined(line, unit, size=BODY)
                self.run(line, run[len(unit) :], BODY)
            else:
                self.run(line, run, BODY)
            after_number = isinstance(run, LinkedNumber)
        return line

    def run(self, line: Any, run: Run, size: float, write: Callable[..., None] = write_unbroken) -> None:
        """Add text, or a number inside its bookmark, to a line."""
        if not isinstance(run, LinkedNumber):
            write(line, run, size=size)
            return
        key = next(self._ids)
        line._p.append(word_element("bookmarkStart", id=key, name=run.anchor))
        write_text(line, run.text, size=size)
        line._p.append(word_element("bookmarkEnd", id=key))

    def _table(self, table: PaperTable) -> None:
        layout = lay_out(table)
        size = layout.size
        word_table = bordered_table(self.document, len(table.rows) + 1, list(layout.widths))
        first, *others = word_table.rows
        for cell, text in zip(first.cells, table.head, strict=True):
            line = table_line(cell, size=size, centred=True)
            write_text(line, text, font=HEI, size=size)
            line.paragraph_format.keep_with_next = True  # a head is never alone at the foot of a page
        first._tr.get_or_add_trPr().append(word_element("tblHeader"))
        for row, values in zip(others, table.rows, strict=True):
            if layout.lines(values) > TALLEST:
                may_split(row)
            for at, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
                line = table_line(cell, size=size, centred=layout.centred[at])
                self.run(line, value, size, layout.writer(at, value))


def indent(line: Any) -> None:
    """Indent a line by two characters; Word reads firstLineChars, LibreOffice firstLine."""
    line.paragraph_format.first_line_indent = Pt(2 * BODY)
    line._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def keep_if_short(line: Any) -> None:
    """Keep a short paragraph on the page of what follows it; a long one would leave a page half empty."""
    line.paragraph_format.keep_with_next = lines_needed(line.text, SIGNS) <= SHORT


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
