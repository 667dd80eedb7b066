"""A foreign file is tried out in a process of its own: what ends that process is a reason, and ends nothing else."""

import io
import zipfile
from collections import OrderedDict

import docx
import openpyxl
import pytest

from gongjian.engines.file_text.reading import Unreadable, read_text
from gongjian.engines.tables.opening import BadFile, Unopened, open_file
from gongjian.engines.trial import process
from gongjian.engines.trial.process import Bounds, Reader, passes


def workbook(rows=1):
    out, book = io.BytesIO(), openpyxl.Workbook(write_only=rows > 1)
    page = book.create_sheet()
    page.append(["企业", "用电量"])
    for row in range(rows):
        page.append([f"恒岳机械{row}", row])
    book.save(out)
    return out.getvalue()


def report():
    out, document = io.BytesIO(), docx.Document()
    document.add_paragraph("安川市委书记到安川特钢调研。")
    document.save(out)
    return out.getvalue()


def nested(deep):
    """A Word file whose text lies deeper than any reader goes."""
    out, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(report()))
    with zipfile.ZipFile(out, "w") as packed:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:sectPr", b"<w:p>" * deep + b"</w:p>" * deep + b"<w:sectPr")
            packed.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def tried(monkeypatch):
    """Files are tried out, and none is remembered."""
    monkeypatch.setattr(process, "_came_through", OrderedDict())
    process.switch(on=True)
    yield monkeypatch
    process.switch(on=False)


@pytest.mark.parametrize(
    ("content", "reader", "name"),
    [
        (workbook(), Reader.TABLE, ""),
        (workbook(), Reader.WORKBOOK, ""),
        (report(), Reader.TEXT, "报道.docx"),
        (b"PK\x03\x04 and no more", Reader.TABLE, ""),
        (b"%PDF-1.7 nothing", Reader.TEXT, "扫描.pdf"),
        (nested(4_000), Reader.TEXT, "深.docx"),
    ],
    ids=["table", "workbook", "word", "broken", "scan", "nested"],
)
def test_what_is_read_or_refused_by_its_reader_comes_through(content, reader, name):
    assert passes(content, reader, name=name)


@pytest.mark.parametrize("bounds", [Bounds(work=0), Bounds(wait=0)], ids=str)
def test_what_takes_too_long_does_not(bounds):
    assert not passes(workbook(), Reader.TABLE, bounds=bounds)
    assert not passes(report(), Reader.TEXT, name="报道.docx", bounds=bounds)


def test_what_takes_too_much_memory_does_not():
    large = workbook(9_000)
    for reader in (Reader.TABLE, Reader.WORKBOOK):
        assert passes(large, reader)
        assert not passes(large, reader, bounds=Bounds(memory=1))


def test_its_end_is_a_reason(tried):
    assert open_file(workbook()).book.visible[-1] == "Sheet1"
    tried.setattr(process, "_tried", lambda *_words: False)
    assert read_text("没有格式的文字".encode(), "稿.txt") == "没有格式的文字"  # nothing to try
    other = workbook() + b"\0"
    with pytest.raises(BadFile) as bad:
        open_file(other)
    assert bad.value.why is Unopened.TOO_HARD
    with pytest.raises(Unreadable) as unreadable:
        read_text(report(), "报道.docx")
    assert unreadable.value.why == "hard"


def test_a_file_that_came_through_is_not_tried_again(tried):
    file = workbook()
    assert passes(file, Reader.TABLE)
    tried.setattr(process, "_tried", lambda *_words: False)
    assert passes(file, Reader.TABLE)
    assert not passes(file, Reader.WORKBOOK)
    tried.setattr(process, "REMEMBERED", 0)
    tried.setattr(process, "_tried", lambda *_words: True)
    assert passes(file, Reader.WORKBOOK)
    tried.setattr(process, "_tried", lambda *_words: False)
    assert not passes(file, Reader.WORKBOOK)
