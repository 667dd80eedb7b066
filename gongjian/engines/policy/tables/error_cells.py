"""Cells of a workbook that hold an error (#DIV/0!, #NUM!): a reader gives them back as empty, but nobody left them empty."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

CHUNK = 1 << 20
CARRIED = 1 << 10  # signs of a cell that may stand at the edge of two chunks
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*\bt="e"[^>]*>(?:<f.*?</f>|<f[^>]*/>)?<v>(#[^<]{1,16})</v>',
    re.DOTALL,
)
_FIRST_SHEET = re.compile(rb'<sheet [^>]*r:id="([^"]+)"')
Errors = dict[int, dict[int, str]]  # row -> column, from 0 -> what stands there


def error_cells(path: Path) -> Errors:
    """The cells with an error in the first sheet of a workbook; none in a file that is no workbook."""
    found: Errors = {}
    try:
        with ZipFile(path) as book:
            sheet = _first_sheet(book)
            if sheet is None:
                return found
            with book.open(sheet) as text:
                carried = b""
                while chunk := text.read(CHUNK):
                    carried += chunk
                    for column, row, value in _CELL.findall(carried):
                        found.setdefault(int(row), {})[_number(column)] = value.decode("ascii", "replace")
                    carried = carried[-CARRIED:]
    except (BadZipFile, OSError, KeyError):
        return {}
    return found


def _first_sheet(book: ZipFile) -> str | None:
    first = _FIRST_SHEET.search(book.read("xl/workbook.xml"))
    if first is None:
        return None
    links = book.read("xl/_rels/workbook.xml.rels")
    for link in re.findall(rb"<Relationship [^>]*>", links):
        if b'Id="' + first[1] + b'"' in link and (target := re.search(rb'Target="/?([^"]+)"', link)):
            name = target[1].decode()
            return name if name.startswith("xl/") else f"xl/{name}"
    return None


def _number(letters: bytes) -> int:
    """The column of its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
