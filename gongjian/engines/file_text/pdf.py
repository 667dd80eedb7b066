"""The text of a PDF by its place on the page: lines joined to paragraphs, columns of a table to sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium

from gongjian.engines.file_text.tables import rows_as_sentences
from gongjian.engines.file_text.unreadable import Unreadable

GAP = 1.6  # heights of a sign between two cells
FULL = 0.86  # share of the page's longest line from which a line goes on in the next
PAGE = 0.7  # share of the page's width that the longest line of a page of text reaches at least
ALIGNED = 12.0  # points by which the columns of a table may be out of line
STOPS = "。！？；：!?;:"
PASSWORD = 4  # pdfium's code of a file that asks for a password


@dataclass(frozen=True)
class Line:
    """One line: its cells, where each begins, where the line ends, and from where on it would be full on its page."""

    cells: tuple[str, ...]
    lefts: tuple[float, ...]
    right: float
    full: float

    @property
    def text(self) -> str:
        """The line as it is read."""
        return " ".join(self.cells)


def pdf_text(content: bytes) -> str:
    """The text of a PDF; raises Unreadable for a scan, a locked or a broken file."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Unreadable("locked" if "assword" in str(error) else "broken") from error
    try:
        lines = [line for n in range(len(document)) for line in _page_lines(document[n])]
    except pdfium.PdfiumError as error:
        raise Unreadable("broken") from error
    finally:
        document.close()
    if not any(line.text.strip() for line in lines):
        raise Unreadable("scan")
    return "\n".join(_paragraphs(lines))


@dataclass
class _Writing:
    """A line while its signs come in."""

    cells: list[str]
    lefts: list[float]
    right: float = 0.0
    height: float = 0.0

    def add(self, sign: str, box: tuple[float, float, float, float], *, after_blank: bool) -> None:
        left, bottom, right, top = box
        if not self.cells or left - self.right > GAP * max(self.height, top - bottom):
            self.cells.append("")
            self.lefts.append(left)
        elif after_blank and sign.isascii() and self.cells[-1][-1].isascii():
            self.cells[-1] += " "
        self.cells[-1] += sign
        self.right, self.height = right, top - bottom


def _page_lines(page: pdfium.PdfPage) -> list[Line]:
    text = page.get_textpage()
    signs = text.get_text_range()
    lines: list[Line] = []
    full = PAGE * page.get_width()
    line = _Writing([], [])
    for index, sign in enumerate(f"{signs}\n"):
        if sign in "\r\n":
            if line.cells:
                lines.append(Line(tuple(line.cells), tuple(line.lefts), line.right, full))
            line = _Writing([], [])
        elif not sign.isspace():
            after_blank = index > 0 and signs[index - 1] == " "
            line.add(sign, text.get_charbox(index, loose=True), after_blank=after_blank)
    return lines


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    longest = max(line.right for line in lines)
    for tabled, group in groupby(_with_tables(lines), key=lambda pair: pair[1]):
        found = [line for line, _tabled in group]
        if tabled:
            yield from rows_as_sentences([line.cells for line in found])
        else:
            yield from _joined(found, longest)


def _with_tables(lines: list[Line]) -> list[tuple[Line, int]]:
    """Each line with the number of the table it is a row of, 0 for none: rows of as many cells that begin in line."""
    marks, number = [0] * len(lines), 0
    for n in range(1, len(lines)):
        if _in_line(lines[n - 1], lines[n]):
            if not marks[n - 1]:
                number += 1
                marks[n - 1] = number
            marks[n] = marks[n - 1]
    return list(zip(lines, marks, strict=True))


def _in_line(above: Line, below: Line) -> bool:
    return len(above.cells) == len(below.cells) > 1 and all(
        abs(a - b) < ALIGNED for a, b in zip(above.lefts, below.lefts, strict=True)
    )


def _joined(lines: list[Line], longest: float) -> Iterator[str]:
    """Lines as paragraphs: a full line without a stop at its end goes on in the next."""
    paragraph = ""
    for line in lines:
        paragraph += line.text
        if line.right < FULL * max(longest, line.full) or line.text.rstrip().endswith(tuple(STOPS)):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph
