"""A paper as the bytes of a Word file; the same paper gives the same bytes."""

from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document

from gongjian.engines.paper.blocks import Brief, Forms, Paper
from gongjian.engines.paper.layouts import write_brief, write_forms
from gongjian.engines.paper.page_and_fonts import prepare_page
from gongjian.engines.paper.text import page_numbers
from gongjian.engines.writing.signs import clean_values

STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip file can store


def render(paper: Paper) -> bytes:
    """The paper laid out by GB/T 9704-2012, as .docx. Signs that Word cannot hold are left out: old records have some."""
    paper = clean_values(paper)
    document = Document()
    prepare_page(document)
    if isinstance(paper, Brief):
        write_brief(document, paper)
        author = paper.unit
    else:
        write_forms(document, paper.forms if isinstance(paper, Forms) else (paper,))
        author = ""
    page_numbers(document.sections[0])
    _properties(document.core_properties, paper, author)
    raw = BytesIO()
    document.save(raw)
    return reproducible(raw.getvalue())


def _properties(core: Any, paper: Paper, author: str) -> None:
    core.title, core.author, core.last_modified_by = paper.title, author, author
    core.comments, core.language, core.revision = "", "zh-CN", 1
    core.created = core.modified = datetime.combine(paper.on, time())


def reproducible(raw: bytes) -> bytes:
    """The same archive with fixed times and a fixed order."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda entry: (entry != "[Content_Types].xml", entry)):
            info = ZipInfo(name, STAMP)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3
            new.writestr(info, old.read(name))
    return out.getvalue()
