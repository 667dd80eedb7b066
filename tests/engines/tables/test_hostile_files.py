"""Files that would cost too much, or cannot be read, are told apart before they are read."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from defusedxml.common import EntitiesForbidden

from gongjian.engines.tables.opening import BadFile, Limits, Unopened, open_file
from tests.books import book

USUAL = book(["单位名称", "职责"], ["市金融局", "融资"])
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def with_part(name, content, base=USUAL, method=zipfile.ZIP_DEFLATED):
    """The usual workbook with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", method) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def bomb():
    return with_part(SHEET, HEAD + b'<row r="1">' + b" " * (405 * 1024 * 1024) + b"</row>" + TAIL)


def cells(*references):
    return HEAD + b"".join(b'<row r="%d"><c r="%s"><v>1</v></c></row>' % (n, r) for n, r in references) + TAIL


def external():
    xml = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + HEAD[21:] + TAIL
    return with_part("xl/sharedStrings.xml", xml)


def billion_laughs():
    return with_part(
        SHEET, b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + HEAD[21:] + TAIL
    )


def nameless(columns):
    return with_part(SHEET, HEAD + b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>" + TAIL)


def locked():
    """What Excel writes for a workbook with a password: a compound file with an encrypted package."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 2000
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 2000
    )


def zip_with_password():
    content = bytearray(USUAL)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def broken_inside():
    """The packed bytes of the first part are other ones."""
    with zipfile.ZipFile(io.BytesIO(USUAL)) as packed:
        part = packed.infolist()[0]
    start = part.header_offset + 30 + len(part.filename)
    return USUAL[:start] + b"\xff" * part.compress_size + USUAL[start + part.compress_size :]


HOSTILE = {
    "nothing at all": (lambda: b"", Unopened.EMPTY),
    "blanks and noughts": (lambda: b"\0\0 \n\n", Unopened.EMPTY),
    "a bomb": (bomb, Unopened.TOO_LARGE_UNPACKED),
    "a cell in the last column": (lambda: with_part(SHEET, cells((1, b"XFD1"))), Unopened.TOO_WIDE),
    "a far cell in single quotes": (
        lambda: with_part(SHEET, cells((1, b"A1"), (9, b"XFD9")).replace(b'"', b"'")),
        Unopened.TOO_WIDE,
    ),
    "a far cell with blanks around its signs": (
        lambda: with_part(SHEET, cells((1, b"A1"), (9, b"XFD9")).replace(b' r="', b'\nr = "')),
        Unopened.TOO_WIDE,
    ),
    "two cells that span fifty million": (
        lambda: with_part(SHEET, cells((1, b"A1"), (90_000, b"ZZ90000"))),
        Unopened.TOO_LARGE_UNPACKED,
    ),
    "a far cell in a part of another name": (
        lambda: with_part("xl/other/part.xml", cells((1, b"A1"), (9, b"XFD9"))),
        Unopened.TOO_WIDE,
    ),
    "UTF-16": (
        lambda: with_part(SHEET, cells((1, b"A1")).decode().encode("utf-16")),
        Unopened.BROKEN,
    ),
    "binary cells": (lambda: with_part("xl/worksheets/sheet9.bin", b"1"), Unopened.BROKEN),
    "a thousand nameless cells": (lambda: nameless(1000), Unopened.TOO_WIDE),
    "a cell in the last row": (
        lambda: with_part(SHEET, cells((1, b"A1"), (1048576, b"A1048576"))),
        Unopened.TOO_LONG,
    ),
    "an external entity": (external, Unopened.OUTSIDE),
    "entities in entities": (billion_laughs, Unopened.OUTSIDE),
    "an external entity in the relations": (
        lambda: with_part("xl/_rels/workbook.xml.rels", b'<!doctype r SYSTEM "http://x.example/"><r/>'),
        Unopened.OUTSIDE,
    ),
    "a password": (locked, Unopened.LOCKED),
    "a zip with a password": (zip_with_password, Unopened.LOCKED),
    "cut in two": (lambda: USUAL[: len(USUAL) // 2], Unopened.BROKEN),
    "the first bytes only": (lambda: USUAL[:30], Unopened.BROKEN),
    "broken inside": (broken_inside, Unopened.BROKEN),
    "an old workbook cut off": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 600, Unopened.BROKEN),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, Unopened.NO_TABLE),
    "prose": ("今天没有表格。".encode, Unopened.NO_TABLE),
    "larger than allowed": (lambda: b"a,b\n" * 6_000_000, Unopened.TOO_LARGE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_by_its_kind(name):
    make, why = HOSTILE[name]
    with pytest.raises(BadFile) as bad:
        open_file(make())
    assert bad.value.why == why


def test_macros_are_never_run_and_the_cells_are_read():
    opened = open_file(with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()"))
    assert opened.macros
    assert opened.book.grid("Sheet1")[0][1] == ["市金融局", "融资"]


def test_a_workbook_that_counts_from_1904_says_so():
    with zipfile.ZipFile(io.BytesIO(USUAL)) as packed:
        xml = packed.read("xl/workbook.xml").replace(b"<workbookPr", b'<workbookPr date1904="1"')
    assert open_file(with_part("xl/workbook.xml", xml)).from_1904
    assert not open_file(USUAL).from_1904


def test_limits_are_exact():
    open_file(USUAL, Limits(file=len(USUAL)))
    with pytest.raises(BadFile):
        open_file(USUAL, Limits(file=len(USUAL) - 1))
    open_file(nameless(400))
    with pytest.raises(BadFile):
        open_file(nameless(401))


PROGRAM = """
import resource, sys
sys.path.insert(0, {root!r})
from tests.engines.tables.test_hostile_files import HOSTILE
from gongjian.engines.tables.opening import BadFile, open_file
file = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    open_file(file)
except BadFile as bad:
    print(bad.why, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(
    "name", ["a bomb", "a cell in the last column", "an external entity", "a cell in the last row"]
)
def test_a_hostile_file_takes_little_memory(name, tmp_path):
    make, why = HOSTILE[name]
    file = tmp_path / "hostile"
    file.write_bytes(make())
    root = str(Path(__file__).resolve().parents[3])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(root=root), str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    said, kilobytes = done.stdout.split()
    assert said == why
    assert int(kilobytes) < 100 * 1024


def test_openpyxl_itself_refuses_entities():
    """Behind the bounds above: it reads sheets through defusedxml where that is installed, and it is."""
    sheet = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + HEAD.partition(b"?>")[2] + TAIL
    with pytest.raises(ValueError, match="could not read") as told:
        openpyxl.load_workbook(io.BytesIO(with_part(SHEET, sheet)))
    assert isinstance(told.value.__cause__, EntitiesForbidden)
