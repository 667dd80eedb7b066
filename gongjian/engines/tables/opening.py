"""Opens a file somebody sent as a table, and refuses what would cost too much or cannot be read, before it is read.

What is refused is told by a code; whoever calls writes the sentence. A packed file is unpacked once in pieces and counted: what its
own list of contents claims is not believed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from gongjian.engines.sheets.book import BadBook, Book
from gongjian.engines.trial.process import Reader, dies

MEGABYTE = 1024 * 1024
PIECE = MEGABYTE
WIDEST = 702  # columns up to ZZ: formats of whole columns leave blank cells beyond the last that is filled
MOST_CELLS = 8_000_000  # cells of the rectangle that a sheet spans
OLE = b"\xd0\xcf\x11\xe0"
XML_PART = re.compile(r"\.(?:xml|rels)$")
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
CELL = rb"<(?:[\w.-]+:)?c"
AT = rb"\br\s*=\s*[\"']"
REFERENCE = re.compile(CELL + rb"\s[^>]*?" + AT + rb"([A-Za-z]+)(\d+)[\"']")
NAMELESS = re.compile(CELL + rb"(?=[\s/>])(?![^>]*" + AT + rb")")
ROW = re.compile(rb"<(?:[\w.-]+:)?row\s[^>]*?" + AT + rb"(\d+)")
ROW_END = re.compile(rb"</(?:[\w.-]+:)?row\s*>")
REPEATED = re.compile(rb"number-columns-repeated=\"(\d+)\"[^>]*(?:value|>\s*<text:p)")
OVERLAP = 200  # bytes kept from the piece before, so that nothing is cut in two


class Unopened(StrEnum):
    """Why a file was not opened."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LARGE_UNPACKED = "too_large_unpacked"
    TOO_WIDE = "too_wide"
    TOO_LONG = "too_long"
    LOCKED = "locked"
    OUTSIDE = "outside"
    BROKEN = "broken"
    NO_TABLE = "no_table"
    TOO_HARD = "too_hard"  # reading it took too much memory or time, or ended its reader


class BadFile(Exception):
    """A file that was not opened, and why."""

    def __init__(self, why: Unopened) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Limits:
    """The most a file may hold: bytes, bytes unpacked, rows and columns of a sheet."""

    file: int = 20 * MEGABYTE
    unpacked: int = 400 * MEGABYTE
    rows: int = 100_000
    columns: int = 400


USUAL = Limits()


@dataclass
class OpenedFile:
    """A file that was opened: its sheets, whether it has macros (never run), and from when it counts days."""

    book: Book
    macros: bool = False
    from_1904: bool = False
    packed: bool = field(default=False)


def open_file(file: bytes, limits: Limits = USUAL) -> OpenedFile:
    """Open a table; raises BadFile."""
    if not file.strip(b"\0 \r\n\t"):
        raise BadFile(Unopened.EMPTY)
    if len(file) > limits.file:
        raise BadFile(Unopened.TOO_LARGE)
    packed = zipfile.is_zipfile(io.BytesIO(file))
    if file.startswith(b"PK") and not packed:
        raise BadFile(Unopened.BROKEN)
    if file.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in file:
        raise BadFile(Unopened.LOCKED)
    macros, from_1904 = _checked_parts(file, limits) if packed else (False, False)
    if dies(file, Reader.TABLE):
        raise BadFile(Unopened.TOO_HARD)
    try:
        book = Book(file)
    except BadBook as error:
        raise BadFile(_why_bad(file, error)) from error
    return OpenedFile(book, macros=macros, from_1904=from_1904, packed=packed)


def _why_bad(file: bytes, error: BadBook) -> Unopened:
    if "password" in str(error.__cause__).casefold():
        return Unopened.LOCKED
    return Unopened.BROKEN if file.startswith((b"PK", OLE)) else Unopened.NO_TABLE


def _checked_parts(file: bytes, limits: Limits) -> tuple[bool, bool]:
    """Whether it has macros, and whether it counts days from 1904; raises BadFile for what would cost too much."""
    macros = from_1904 = False
    left = limits.unpacked
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            for part in packed.infolist():
                if part.flag_bits & 1:
                    raise BadFile(Unopened.LOCKED)
                macros = macros or part.filename.casefold().endswith("vbaproject.bin")
                extent = _Extent()
                for content in _pieces(packed, part):
                    left -= len(content) - OVERLAP
                    if left < 0:
                        raise BadFile(Unopened.TOO_LARGE_UNPACKED)
                    _check_piece(part.filename, content, limits)
                    extent.reach(content, limits)
                    if part.filename == "xl/workbook.xml":
                        from_1904 = from_1904 or bool(re.search(rb"date1904=\"(?:1|true)\"", content))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise BadFile(Unopened.BROKEN) from error
    return macros, from_1904


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces, each beginning with the end of the one before."""
    with packed.open(part) as source:
        before = b" " * OVERLAP
        while content := source.read(PIECE):
            yield before + content
            before = content[-OVERLAP:].rjust(OVERLAP)


@dataclass
class _Extent:
    """How far the cells of one part reach, by what they say themselves; wherever in the file it lies."""

    rows: int = 0
    columns: int = 0

    def reach(self, content: bytes, limits: Limits) -> None:
        """Take in the next piece; raises BadFile when the cells reach too far: a reader makes all that lie between."""
        cells = REFERENCE.findall(content)
        nameless = _most_nameless(content)
        if not cells and not nameless:
            return
        rows = {number for _letters, number in cells} | set(ROW.findall(content))
        self.rows = max(self.rows, *map(_number, rows), 0)
        self.columns = max(self.columns, nameless, *map(_column, {letters for letters, _number in cells}), 0)
        if nameless > limits.columns or self.columns > max(limits.columns, WIDEST):
            raise BadFile(Unopened.TOO_WIDE)
        if self.rows > limits.rows:
            raise BadFile(Unopened.TOO_LONG)
        if self.rows * self.columns > MOST_CELLS:
            raise BadFile(Unopened.TOO_LARGE_UNPACKED)


def _number(digits: bytes) -> int:
    return int(digits[:20])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number


def _check_piece(name: str, content: bytes, limits: Limits) -> None:
    if XML_PART.search(name) and DOCTYPE.search(content):
        raise BadFile(Unopened.OUTSIDE)
    if XML_PART.search(name) and b"\0" in content:
        raise BadFile(
            Unopened.BROKEN
        )  # UTF-16: no office writes it, and what is looked for here would not be seen
    if name.startswith("xl/worksheets/") and name.endswith(".bin"):
        raise BadFile(Unopened.BROKEN)  # .xlsb: its cells cannot be bounded before they are read
    if name == "content.xml" and any(int(n) > limits.columns for n in REPEATED.findall(content)):
        raise BadFile(Unopened.TOO_WIDE)


def _most_nameless(content: bytes) -> int:
    """The most cells of one row that do not say where they stand."""
    if NAMELESS.search(content) is None:
        return 0
    return max(len(NAMELESS.findall(row)) for row in ROW_END.split(content))
