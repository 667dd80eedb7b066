"""The manual's Markdown files as HTML. The files are `text/{zh,en}/<name>.md`."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TEXT = Path(__file__).parent / "text"
_HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page of the manual: its name in the address, title and body."""

    name: str
    title: str
    body: SafeString


@cache
def page(language: str, name: str) -> Page | None:
    """The page in the current language, or else in Chinese; None when there is no such page."""
    for folder in (TEXT / language, TEXT / "zh"):
        file = folder / f"{name}.md"
        if file.is_file():
            return _render(name, file.read_text(encoding="utf-8"))
    return None


def _render(name: str, text: str) -> Page:
    heading = _HEADING.search(text)
    body = _HEADING.sub("", text, count=1)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(body)
    _label_cells(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Page(name, heading.group(1).strip() if heading else name, mark_safe(html))  # noqa: S308  our own files, raw HTML off


def _label_cells(tokens: list[Token]) -> None:
    """Tables are cards on a phone, as the product's own are: each cell bears its column's name, the first is the card's head."""
    heads: list[str] = []
    column = 0
    for token, text in pairwise(tokens):
        if token.type == "table_open":
            token.attrSet("class", "cards")
            heads = []
        elif token.type == "th_open":
            heads.append(text.content)
        elif token.type == "tr_open":
            column = 0
        elif token.type == "td_open":
            if column:
                token.attrSet("data-label", heads[column])
            column += 1


@cache
def contents(language: str) -> list[Page]:
    """Every page, in the order `index.md` links them; the rest follow by name."""
    index = (TEXT / "zh" / "index.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?:/manual/)?([a-z0-9-]+)/?\)", index)
    names = [*dict.fromkeys([*linked, *sorted(file.stem for file in (TEXT / "zh").glob("*.md"))])]
    pages = (page(language, name) for name in names if name != "index")
    return [shown for shown in pages if shown]
