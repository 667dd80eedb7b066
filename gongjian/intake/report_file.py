"""Reads the text of an uploaded file: plain text in the usual encodings, or a Word document."""

import io
import zipfile

import docx
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError

from gongjian.audit import Refused
from gongjian.engines.writing.signs import clean_text

LIMIT = 10 * 1024 * 1024  # bytes of the file
UNPACKED = 60 * 1024 * 1024  # bytes a Word file may unpack to
ENCODINGS = ("utf-8-sig", "utf-16", "gb18030")
CONTROL = 0.02  # largest share of control characters in a text


def read_report(file_name: str, content: bytes) -> str:
    """The text of a .txt or .docx file; raises Refused, which says what to do."""
    if not content.strip():
        raise Refused(_("文件是空的。请检查后重新选择，或直接粘贴正文。"), field="file")
    if len(content) > LIMIT:
        size = f"{len(content) / 1e6:.0f}"
        raise Refused(
            _("文件有 %(size)s MB，超过 10 MB 上限。请另存为纯文本，或只粘贴正文。") % {"size": size},
            field="file",
        )
    name = file_name.lower()
    if name.endswith(".docx"):
        return clean_text(_from_word(content))
    if name.endswith((".txt", ".md")) or "." not in name:
        return clean_text(_from_text(content))
    raise Refused(
        _("只能读 .txt 和 .docx 文件。请在 WPS 或 Word 里另存为 .docx，或直接粘贴正文。"), field="file"
    )


def _from_word(content: bytes) -> str:
    broken = Refused(
        _("这个文件不是 Word 文档，或者已经损坏。请用 WPS 或 Word 打开后另存为 .docx 再上传。"), field="file"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise Refused(_("这个 Word 文档展开后过大。请删去图片后另存，或只粘贴正文。"), field="file")
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise broken from error
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [" ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    text = "\n".join(line for line in lines if line.strip())
    if not text:
        raise Refused(_("这个 Word 文档里没有文字。如果是图片扫描件，请改为粘贴正文。"), field="file")
    return text


def _from_text(content: bytes) -> str:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(ch < " " and ch not in "\r\n\t" for ch in text) <= len(text) * CONTROL:
            return text
        break
    raise Refused(
        _("读不出文字，可能不是文本文件。请另存为 UTF-8 或 GBK 的 .txt，或直接粘贴正文。"), field="file"
    )
