"""Folds headings and cells for comparison: width, blanks, line breaks, case, and what only decorates a heading. Pure."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from gongjian.engines.tables.vocabulary import words

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|〈[^〈〉]*〉")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.、:)]|[(]\d{1,2}[)]|[一二三四五六七八九十]{1,3}、)")
REMEMBERED = 20_000  # texts of cells that come again and again
_DECORATION = "*★☆●◆▲△√✓:;、,.。?! "


def folded(cell: Any) -> str:
    """A cell as half-width text without blanks and line breaks, in lower case."""
    return _folded(cell if isinstance(cell, str) else str(cell))


@lru_cache(maxsize=REMEMBERED)
def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def bare(cell: Any) -> str:
    """A heading without its brackets, its number and its marks: `*3. 企业名称（全称）` is 企业名称."""
    return _bare(folded(cell))


@lru_cache(maxsize=REMEMBERED)
def _bare(text: str) -> str:
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    text = _NUMBERED.sub("", text.strip(_DECORATION)).strip(_DECORATION)
    for mark in words()["marks"]:
        text = text.removesuffix(mark).removeprefix(mark)
    return text.strip(_DECORATION)


def says_nothing(cell: Any) -> bool:
    """Whether a cell is blank, or holds a sign that stands for nothing: 无, /, —."""
    text = folded(cell)
    return not text or text in words()["blank"]
