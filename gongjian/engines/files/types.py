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
class FileKind:
    """One kind of file that is accepted."""

    ending: str
    media_type: str
    picture: bool = False


class BadFile(Exception):
    """A file that is not accepted; `why` is empty, heic, unknown, damaged, bomb or macros."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


_OFFICE = "application/vnd.openxmlformats-officedocument"
JPEG, PNG = FileKind("jpg", "image/jpeg", picture=True), FileKind("png", "image/png", picture=True)
PICTURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", FileKind("gif", "image/gif", picture=True)),
    (b"GIF89a", FileKind("gif", "image/gif", picture=True)),
    (b"BM", FileKind("bmp", "image/bmp", picture=True)),
)
PACKED = {
    "word/document.xml": FileKind("docx", f"{_OFFICE}.wordprocessingml.document"),
    "xl/workbook.xml": FileKind("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "ppt/presentation.xml": FileKind("pptx", f"{_OFFICE}.presentationml.presentation"),
    "OFD.xml": FileKind("ofd", "application/ofd"),
}


def kind_of(content: bytes, name: str) -> FileKind:
    """The kind of a file; raises BadFile when it is not accepted, is damaged, or unpacks to too much."""
    if not content:
        raise BadFile("empty")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind("webp", "image/webp", picture=True)
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise BadFile("heic")
    for start, kind in PICTURES:
        if content.startswith(start):
            return kind
    return _document_kind(content, name)


def _document_kind(content: bytes, name: str) -> FileKind:
    if content.startswith(b"%PDF-"):
        return FileKind("pdf", "application/pdf")
    if content.startswith(OLE):
        return _old_office_kind(content, name)
    if content.startswith(b"PK\x03\x04"):
        return _packed_kind(content)
    raise BadFile("unknown")


def _old_office_kind(content: bytes, name: str) -> FileKind:
    ending = name.rpartition(".")[2].lower()
    if ending not in OLE_NAMES:
        raise BadFile("unknown")
    if MACROS in content:
        raise BadFile("macros")
    return FileKind(ending, "application/octet-stream")


def _packed_kind(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as damaged:
        raise BadFile("damaged") from damaged
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadFile("bomb")
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadFile("macros")
    packed_kind = next((packed_kind for part, packed_kind in PACKED.items() if part in names), None)
    if packed_kind is None:
        raise BadFile("unknown")
    return packed_kind
