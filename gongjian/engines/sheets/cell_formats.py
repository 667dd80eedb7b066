"""What a workbook says of its cells beyond their values: formulas without a value, errors, and number formats."""

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FORMULA, ERROR, FORMAT = "formula", "error", "format"
BUILT_IN = {9: "0%", 10: "0.00%"}
SCALED = re.compile(r"[0#?](,+)(?![0#?,])")  # each comma after the last digit hides three digits
MOVED_POINT = re.compile(r"(?:!|\\)\.([0#?]+)")  # 0!.0, shows ten thousands: a point that is only written
LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)")
UNITS = ("%", "亿元", "万元", "千元", "亿", "万", "元")
PIECE, OVERLAP = 1024 * 1024, 100  # bytes of a sheet looked at together, and of the piece before
Mark = tuple[str, str]


def cell_marks(file: bytes, sheet: str) -> dict[tuple[int, int], Mark]:
    """Row and column (from 0) of the cells that need more than their value, with the kind and the error or the format."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            part = _part_of(packed, sheet)
            if part is None:
                return {}
            formats = _formats(packed)
            with packed.open(part) as source:
                if not _needs_more(source, formats):
                    return {}
            with packed.open(part) as source:
                return dict(_marks(source, formats))
    except (KeyError, ValueError, zipfile.BadZipFile, etree.LxmlError):
        return {}  # an .ods or another packed file: there is nothing more to say of its cells


def _part_of(packed: zipfile.ZipFile, sheet: str) -> str | None:
    book = etree.fromstring(packed.read("xl/workbook.xml"))
    wanted = next(
        (node.get(RELATION) for node in book.iter(f"{MAIN}sheet") if node.get("name") == sheet), None
    )
    relations = etree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    target = next((str(node.get("Target")) for node in relations if node.get("Id") == wanted), None)
    if target is None:
        return None
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _formats(packed: zipfile.ZipFile) -> dict[str, str]:
    """The number format of each style of cells that changes what a number means."""
    styles = etree.fromstring(packed.read("xl/styles.xml"))
    codes: dict[int, str] = dict(BUILT_IN)
    for node in styles.iter(f"{MAIN}numFmt"):
        codes[int(node.get("numFmtId"))] = node.get("formatCode") or ""
    cells = styles.find(f"{MAIN}cellXfs")
    used = [codes.get(int(style.get("numFmtId", 0)), "") for style in (cells if cells is not None else ())]
    return {str(n): code for n, code in enumerate(used) if changes_meaning(code)}


def changes_meaning(code: str) -> bool:
    """Whether a format shows another number than the one stored, or a unit beside it."""
    shown = code.partition(";")[0]
    return bool("%" in shown or SCALED.search(_bare(shown)) or _unit(shown))


def _bare(code: str) -> str:
    return LITERAL.sub(lambda m: f"\\{m.group(2)}" if m.group(2) else "", code).replace("_ ", "")


def _unit(code: str) -> str:
    literal = "".join(a or b for a, b in LITERAL.findall(code)) + re.sub(
        r"[0#?.,\s!\\]", "", LITERAL.sub("", code)
    )
    return next((unit for unit in UNITS if unit in literal), "")


def _needs_more(source: Any, formats: dict[str, str]) -> bool:
    """Whether any cell of the sheet has a formula, an error, or a format that changes what its number means."""
    styles = "|".join(map(re.escape, formats)) or "(?!)"
    wanted = re.compile(rf"<(?:\w+:)?f[ >/]|\bt=[\"']e[\"']|\bs=[\"'](?:{styles})[\"']".encode())
    before = b""
    while content := source.read(PIECE):
        if wanted.search(before + content):
            return True
        before = content[-OVERLAP:]
    return False


def _marks(source: Any, formats: dict[str, str]) -> Any:
    for _event, cell in etree.iterparse(source, tag=f"{MAIN}c"):
        place, value = cell.get("r"), cell.find(f"{MAIN}v")
        stored = value is not None and bool(value.text)
        if cell.get("t") == "e":
            yield _place(place), (ERROR, value.text if stored else "#")
        elif cell.find(f"{MAIN}f") is not None and not stored and cell.get("t") != "str":
            yield _place(place), (FORMULA, "")
        elif (code := formats.get(cell.get("s", ""))) and stored:
            yield _place(place), (FORMAT, code)
        cell.clear()
        while cell.getprevious() is not None:
            del cell.getparent()[0]


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1


def shown_number(value: float, code: str) -> str:
    """The number as its format shows it, all its digits kept, with the unit the format adds: 0.825 by 0.0% is 82.5%."""
    shown = code.partition(";")[0]
    number, unit = Decimal(str(value)), _unit(shown)
    bare = _bare(shown)
    if "%" in shown:
        number *= 100
    if match := SCALED.search(bare):
        number /= 1000 ** len(match.group(1))
        if moved := MOVED_POINT.search(bare):
            number /= 10 ** len(moved.group(1))
    return f"{number.normalize():f}{unit}"
