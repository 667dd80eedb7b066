"""What a file really is (真实类型), by its first bytes and, for office files, by what is packed inside. Pure."""

import io
import zipfile
from dataclasses import dataclass

MOST_UNPACKED = 200 * 1024 * 1024  # bytes an office file may claim to unpack to
MOST_PARTS = 5000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = "_VBA_PROJECT".encode("utf-16-le")
OLE_NAMES = {"doc", "xls", "ppt", "wps", "et", "dps"}


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken."""

    ending: str
    media_type: str
    picture: bool = False


class BadFile(Exception):
    """Not taken: `why` is a key of `services.WHY`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


_OFFICE = "application/vnd.openxmlformats-officedocument"
JPEG, PNG = Kind("jpg", "image/jpeg", picture=True), Kind("png", "image/png", picture=True)
PICTURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", Kind("gif", "image/gif", picture=True)),
    (b"GIF89a", Kind("gif", "image/gif", picture=True)),
    (b"BM", Kind("bmp", "image/bmp", picture=True)),
)
PACKED = {
    "word/document.xml": Kind("docx", f"{_OFFICE}.wordprocessingml.document"),
    "xl/workbook.xml": Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "ppt/presentation.xml": Kind("pptx", f"{_OFFICE}.presentationml.presentation"),
    "OFD.xml": Kind("ofd", "application/ofd"),
}


def kind_of(content: bytes, name: str) -> Kind:
    """The kind of a file; BadFile when it is none that is taken, is damaged, or unpacks to too much."""
    if not content:
        raise BadFile("empty")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Kind("webp", "image/webp", picture=True)
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise BadFile("heic")
    for start, kind in PICTURES:
        if content.startswith(start):
            return kind
    return _document(content, name)


def _document(content: bytes, name: str) -> Kind:
    if content.startswith(b"%PDF-"):
        return Kind("pdf", "application/pdf")
    if content.startswith(OLE):
        return _old_office(content, name)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    raise BadFile("unknown")


def _old_office(content: bytes, name: str) -> Kind:
    ending = name.rpartition(".")[2].lower()
    if ending not in OLE_NAMES:
        raise BadFile("unknown")
    if MACROS in content:
        raise BadFile("macros")
    return Kind(ending, "application/octet-stream")


def _packed(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as damaged:
        raise BadFile("damaged") from damaged
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadFile("bomb")
    names = {part.filename for part in parts}
    if any(one.endswith("vbaProject.bin") for one in names):
        raise BadFile("macros")
    found = next((kind for part, kind in PACKED.items() if part in names), None)
    if found is None:
        raise BadFile("unknown")
    return found
