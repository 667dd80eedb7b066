"""Which kind of file it is, by its first bytes, and its text."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from gongjian.engines import file_text as kinds
from gongjian.engines.file_text.encodings import decoded
from gongjian.engines.file_text.unreadable import Unreadable
from gongjian.engines.files.types import OLE, PICTURES
from gongjian.engines.trial.process import Reader, dies
from gongjian.engines.writing.signs import clean_text

__all__ = ["MOST_UNPACKED", "Unreadable", "read_text"]
MOST_UNPACKED = 60 * 1024 * 1024  # bytes a packed file may unpack to
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WEB_PAGE = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
WEB_ENDINGS = (".html", ".htm", ".shtml", ".xhtml")
INSIDE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "sheet",
    "ppt/presentation.xml": "old",
    "OFD.xml": "old",
}


def read_text(content: bytes, name: str) -> str:
    """The text of a file, a paragraph a line; raises Unreadable."""
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise Unreadable("empty")
    read = _reader(content, name.lower())
    if read is not decoded and dies(content, Reader.TEXT, name=name):
        raise Unreadable("hard")
    text = clean_text(read(content))
    lines = (line.strip() for line in text.splitlines())
    text = "\n".join(line for line in lines if line)
    if not text:
        raise Unreadable("blank")
    return text


def _reader(content: bytes, name: str) -> Callable[[bytes], str]:
    if any(content.startswith(start) for start, _kind in PICTURES) or content[8:12] == b"WEBP":
        raise Unreadable("picture")
    if content.startswith(OLE):
        raise Unreadable("locked" if ENCRYPTED in content else "old")
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if b"%PDF-" in content[:1024]:
        return lambda file: str(kinds.pdf.pdf_text(file))
    if content.lstrip().startswith(b"{\\rtf"):
        return lambda file: str(kinds.rich_text.rtf_text(file))
    return _written(content, name)


def _written(content: bytes, name: str) -> Callable[[bytes], str]:
    if name.endswith(".docx"):
        raise Unreadable("broken")
    if name.endswith(WEB_ENDINGS) or WEB_PAGE.match(content[:2048]):
        return lambda file: str(kinds.web_page.page_text(file))
    if name.endswith((".md", ".markdown")):
        return lambda file: str(kinds.markdown.markdown_text(decoded(file)))
    return decoded


def _packed(content: bytes) -> Callable[[bytes], str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as damaged:
        raise Unreadable("broken") from damaged
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("locked")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("bomb")
    kind = next((kind for part, kind in INSIDE.items() if part in {p.filename for p in parts}), "packed")
    if kind != "docx":
        raise Unreadable(kind)
    return lambda file: str(kinds.word.word_text(file))
