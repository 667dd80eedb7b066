"""What an answer shows: its links, and its text, from a page, a workbook, a paper, JSON or plain text."""

import html
import io
import re
import zipfile
from dataclasses import dataclass

from django.http import HttpResponse
from openpyxl import load_workbook

LINK = re.compile(r'(?:href|data-href|hx-get|src)="([^"]*)"')
FORM = re.compile(r'(?:action|hx-post)="([^"]*)"')
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
SHEET, PAPER = "spreadsheetml", "wordprocessingml"


@dataclass(frozen=True)
class Shown:
    """The addresses an answer leads to, those its forms go to, and all it says."""

    links: tuple[str, ...]
    text: str
    forms: tuple[str, ...] = ()


def read(answer: HttpResponse) -> Shown:
    """The links and the text of an answer of any kind."""
    kind = answer.headers.get("Content-Type", "")
    body = b"".join(answer) if answer.streaming else answer.content
    if SHEET in kind:
        return Shown((), _cells(body))
    if PAPER in kind:
        return Shown((), _paper(body))
    if kind.startswith(("image/", "application/pdf", "application/zip")):
        return Shown((), "")
    text = body.decode(errors="replace")
    if not kind.startswith("text/html"):
        return Shown((), text.encode().decode("unicode_escape", errors="ignore") if "\\u" in text else text)
    text = HIDDEN.sub(" ", text)
    links, forms = (tuple(html.unescape(found) for found in of.findall(text)) for of in (LINK, FORM))
    return Shown(links, " ".join(html.unescape(TAG.sub(" ", text)).split()), forms)


def _cells(body: bytes) -> str:
    book = load_workbook(io.BytesIO(body), read_only=True)
    return "\n".join(
        str(value)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    )


def _paper(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        parts = [opened.read(name).decode() for name in opened.namelist() if name.endswith(".xml")]
    paragraphs = "\n".join(part.replace("</w:p>", "\n") for part in parts)
    return html.unescape(TAG.sub("", paragraphs))
