"""A paper as LibreOffice lays it out: each line with its signs, fonts and place in millimetres of the page."""

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import c_int, create_string_buffer
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from gongjian.engines.paper.blocks import Brief, PaperHeading, PaperParagraph
from gongjian.engines.paper.tables import text_of
from gongjian.engines.paper.unbroken import whole

FONTS = Path(__file__).with_name("fonts.conf")
MILLIMETRES = 25.4 / 72
NAME = 100  # bytes of the name of a font
SAME_LINE = 1.0  # millimetres by which signs of one line may differ in height


@dataclass(frozen=True)
class Sign:
    """A sign with its place: millimetres from the left and upper edge, where its box begins and ends."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    font: str
    size: float


@dataclass(frozen=True)
class Line:
    """Signs that stand beside each other."""

    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(sign.text for sign in self.signs)

    @property
    def baseline(self) -> float:
        """Where the line stands, in millimetres from the upper edge."""
        return self.signs[0].baseline


def can_lay_out() -> bool:
    """Whether LibreOffice and the fonts that stand in for those of the standard are installed."""
    if not (shutil.which("soffice") and shutil.which("fc-list")):
        return False
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout  # noqa: S607 - any fontconfig
    return all(
        name in listed
        for name in ("AR PL SungtiL GB", "AR PL KaitiM GB", "Noto Sans CJK SC", "Noto Serif CJK SC")
    )


def lay_out(papers: Sequence[bytes], folder: Path) -> list[list[list[Line]]]:
    """The pages of each paper, each page its lines; one run of LibreOffice for all."""
    files = [folder / f"paper-{at}.docx" for at in range(len(papers))]
    for file, content in zip(files, papers, strict=True):
        file.write_bytes(content)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    environment = os.environ | {"FONTCONFIG_FILE": str(FONTS)}
    subprocess.run(
        [*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=600, env=environment
    )
    return [_pages(file.with_suffix(".pdf")) for file in files]


def _pages(file: Path) -> list[list[Line]]:
    document = pypdfium2.PdfDocument(file)
    return [_lines(page) for page in document]


def _lines(page: pypdfium2.PdfPage) -> list[Line]:
    lines: list[list[Sign]] = []
    for sign in _signs(page):
        last = lines[-1][-1] if lines else None
        if last and abs(sign.baseline - last.baseline) < SAME_LINE and sign.left > last.left:
            lines[-1].append(sign)
        else:
            lines.append([sign])
    return [Line(tuple(signs)) for signs in lines]


def _signs(page: pypdfium2.PdfPage) -> Iterator[Sign]:
    text, height = page.get_textpage(), page.get_height()
    for at in range(text.count_chars()):
        sign = text.get_text_range(at, 1)
        if not sign.strip():
            continue
        left, bottom, right, top = (edge * MILLIMETRES for edge in text.get_charbox(at, loose=True))
        name = create_string_buffer(NAME)
        pypdfium2.raw.FPDFText_GetFontInfo(text, at, name, NAME, c_int())
        x, y = pypdfium2.raw.c_double(), pypdfium2.raw.c_double()
        pypdfium2.raw.FPDFText_GetCharOrigin(text, at, x, y)
        size = pypdfium2.raw.FPDFText_GetFontSize(text, at)
        high = height * MILLIMETRES
        font = re.sub(r"^[A-Z]{6}\+", "", name.value.decode())
        yield Sign(
            sign.replace("\u2011", "-").replace("\ufffe", "-").replace("\x02", "-"),
            left,
            right,
            high - top,
            high - bottom,
            high - y.value * MILLIMETRES,
            font,
            round(size, 1),
        )


def texts(brief: Brief) -> list[str]:
    """Every text of a brief."""
    said = [brief.title, *brief.sent_to]
    for block in brief.blocks:
        if isinstance(block, PaperHeading):
            said.append(block.text)
        elif isinstance(block, PaperParagraph):
            said.append("".join(text_of(run) for run in block.runs))
        else:
            said += [text_of(cell) for row in (block.head, *block.rows) for cell in row]
    return said


def broken(brief: Brief, pages: list[list[Line]]) -> list[str]:
    """Dates, numbers and codes of a brief that stand whole on fewer lines than there are."""
    said = texts(brief)
    pieces = Counter(piece for text in said for piece in set(whole(text)))
    lines = [line.text for page in pages for line in page]
    return [
        piece
        for piece in pieces
        if sum(line.count(piece) for line in lines) < sum(text.count(piece) for text in said)
    ]
