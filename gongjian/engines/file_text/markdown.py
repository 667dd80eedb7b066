"""The text of a Markdown file, by way of the page it stands for."""

import re

from markdown_it import MarkdownIt

from gongjian.engines.file_text.web_page import markup_text

PARAGRAPHS = re.compile(r"\n\s*\n")
LONGEST = 20_000  # signs of a paragraph


def markdown_text(text: str) -> str:
    """The text without the signs of Markdown; as it is where a paragraph is too long for marks, which take its length squared to pair."""
    if max(map(len, PARAGRAPHS.split(text))) > LONGEST:
        return text
    return markup_text(f"<html><body>{MarkdownIt('commonmark').enable('table').render(text)}</body></html>")
