"""The text of a web page saved as a file: blocks as lines, tables as rows, without menus, scripts and what is hidden."""

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml.etree import LxmlError

from gongjian.engines.file_text.encodings import decoded
from gongjian.engines.file_text.tables import rows_as_sentences
from gongjian.engines.file_text.unreadable import Unreadable

CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
OUTSIDE = frozenset(
    [
        "script",
        "style",
        "nav",
        "footer",
        "aside",
        "form",
        "noscript",
        "iframe",
        "template",
        "button",
        "select",
        "svg",
        "head",
        "object",
        "audio",
        "video",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
        "br",
    ]
)
LINK_SHARE, SHORT = 0.8, 60  # a short block that is nearly all links is a menu


def page_text(content: bytes) -> str:
    """The text of a page; raises Unreadable."""
    return markup_text(_decoded(content))


def markup_text(text: str) -> str:
    """The text of HTML that is already decoded."""
    try:
        page = lxml.html.document_fromstring(DECLARATION.sub("", text))
    except (LxmlError, ValueError) as error:
        raise Unreadable("blank") from error
    return "".join(_pieces(page))


def _decoded(content: bytes) -> str:
    said = CHARSET.search(content[:4096])
    name = said.group(1).decode("ascii").lower() if said else ""
    if name and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return content.decode("gb18030" if name.startswith("gb") else name)
        except (LookupError, UnicodeDecodeError):
            pass  # the page says something that is not so
    return decoded(content)


def _pieces(element: Any) -> Iterator[str]:
    """The text in order, with a line break on either side of each block."""
    if not isinstance(element.tag, str):
        return
    name = element.tag.lower()
    if name in OUTSIDE or _is_hidden(element) or (name in BLOCKS and _is_menu(element)):
        return
    if name == "table" and not element.xpath(".//table"):
        yield "\n" + "\n".join(rows_as_sentences(_rows(element))) + "\n"
        return
    block = name in BLOCKS or name in {"table", "tr", "td", "th"}
    yield "\n" if block else ""
    yield _flowing(element.text)
    for child in element:
        yield from _pieces(child)
        yield _flowing(child.tail)
    yield "\n" if block else ""


def _flowing(text: str | None) -> str:
    """Text in which line breaks mean nothing, as in HTML; between Chinese signs they mean not even a blank."""
    return (
        re.sub(r"(?<=[^\x00-\xff]) *[\r\n]+\s*(?=[^\x00-\xff])", "", text or "")
        .replace("\r", " ")
        .replace("\n", " ")
    )


def _rows(table: Any) -> list[list[str]]:
    rows = []
    for row in table.iter("tr"):
        cells = []
        for cell in row.iterchildren("td", "th"):
            inside = (
                cell.text or "",
                *(piece for child in cell for piece in (*_pieces(child), child.tail or "")),
            )
            cells.append("".join(inside))
        rows.append(cells)
    return rows


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _is_menu(element: Any) -> bool:
    """Whether a short block holds hardly anything but links."""
    if element.tag not in {"li", "ul", "ol", "div", "p", "dd"}:
        return False
    links = sum(len((a.text_content() or "").strip()) for a in element.iter("a"))
    if not links:
        return False
    text = len("".join(element.text_content().split()))
    items = len(element.findall(".//a"))
    return links >= LINK_SHARE * text and text < SHORT * max(1, items)
