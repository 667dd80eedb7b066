"""Reading a .docx back: text, bookmarks, measures."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice or poppler is not installed",
)


def opened(content: bytes):
    """The document of these bytes."""
    return docx.Document(io.BytesIO(content))


def plain(content: bytes) -> str:
    """Paragraphs and table rows in their order, one a line."""
    body, lines = opened(content).element.body, []
    for part in body.iterchildren():
        if part.tag == qn("w:p"):
            lines.append("".join(t.text or "" for t in part.iter(qn("w:t"))))
        elif part.tag == qn("w:tbl"):
            for row in part.iter(qn("w:tr")):
                cells = ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
                lines.append(" | ".join(cells))
    return "\n".join(lines)


def bookmarks(content: bytes) -> dict[str, str]:
    """Bookmark -> the text between its ends."""
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    pairs = re.findall(
        r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"/>(.*?)<w:bookmarkEnd w:id="\1"/>', xml, re.DOTALL
    )
    return {name: "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", inner)) for _id, name, inner in pairs}


def pages(content: bytes, folder: Path) -> list[str]:
    """The pages as LibreOffice lays them out."""
    file = folder / "paper.docx"
    file.write_bytes(content)
    home = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    told = subprocess.run(
        ["pdftotext", "-layout", folder / "paper.pdf", "-"], check=True, capture_output=True, text=True
    )
    return told.stdout.rstrip("\f").split("\f")
