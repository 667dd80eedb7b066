"""The text of a Markdown file, by way of the page it stands for."""

from markdown_it import MarkdownIt

from gongjian.engines.file_text.web_page import markup_text


def markdown_text(text: str) -> str:
    """The text without the signs of Markdown."""
    return markup_text(f"<html><body>{MarkdownIt('commonmark').enable('table').render(text)}</body></html>")
