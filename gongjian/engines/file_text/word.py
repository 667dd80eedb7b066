"""The text of a Word document, paragraphs and tables in their order, tracked insertions included."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from gongjian.engines.file_text.tables import rows_as_sentences
from gongjian.engines.file_text.unreadable import Unreadable

SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def word_text(content: bytes) -> str:
    """The text of a .docx; raises Unreadable."""
    try:
        body = docx.Document(BytesIO(content)).element.body
        return "\n".join(_lines(body))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        OSError,
        AttributeError,
        TypeError,
        IndexError,
        LxmlError,
    ) as error:
        raise Unreadable("broken") from error


def _lines(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:p"):
            yield _paragraph(child)
        elif child.tag == qn("w:tbl"):
            yield from rows_as_sentences([_row(row) for row in child.iter(qn("w:tr"))])
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")}:
            yield from _lines(child)


def _row(row: Any) -> list[str]:
    """The cells of a row; one that goes on from the row above, or from the cell before, is not told twice."""
    return ["\n".join(_paragraph(p) for p in cell.iter(qn("w:p"))).strip() for cell in row.iter(qn("w:tc"))]


def _paragraph(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter(qn("w:t"), *SIGNS):
        if any(above.tag == FALLBACK for above in node.iterancestors()):
            continue  # the same text box again, for older programs
        parts.append(node.text or "" if node.tag == qn("w:t") else SIGNS[node.tag])
    return "".join(parts)
