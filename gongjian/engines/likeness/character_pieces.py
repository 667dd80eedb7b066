"""Texts as overlapping pieces of one and two characters: Chinese has no spaces, and people mistype."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 2
MARK = "\x1f"  # parts a text from the category the clerk chose
MARK_TIMES = 3  # how often the category counts
_BREAK = re.compile(r"[^\w]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def fold(text: str) -> str:
    """Compatibility forms, lower case, every number one sign, every other sign a break; as long as what was folded."""
    return _BREAK.sub(" ", _NUMBER.sub("#", unicodedata.normalize("NFKC", text).lower()).replace("#", "0"))


def marked(text: str, category: str) -> str:
    """A text with its category; an empty category says nothing."""
    return f"{text}{MARK}{category}" if category else text


def grams(text: str) -> list[str]:
    """All pieces, repeated as often as they occur, none across a break; the category is one of them, its name is read too."""
    said, mark, category = text.partition(MARK)
    pieces = [piece for piece, _at in places(fold(f"{said} {category}"))]
    return pieces + [mark + category] * (MARK_TIMES if mark else 0)


def places(folded: str) -> Iterator[tuple[str, int]]:
    """Each piece of a folded text with where it begins."""
    start = 0
    for part in folded.split(" "):
        for size in range(1, LONGEST + 1):
            for at in range(len(part) - size + 1):
                yield part[at : at + size], start + at
        start += len(part) + 1
