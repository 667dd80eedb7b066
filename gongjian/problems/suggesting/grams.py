"""Texts as overlapping pieces of one and two characters: Chinese has no spaces, and people mistype."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 2
_BREAK = re.compile(r"[^\w]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def fold(text: str) -> str:
    """Compatibility forms, lower case, every number one sign, every other sign a break; as long as what was folded."""
    return _BREAK.sub(" ", _NUMBER.sub("#", unicodedata.normalize("NFKC", text).lower()).replace("#", "0"))


def grams(text: str) -> list[str]:
    """All pieces, repeated as often as they occur, none across a break."""
    return [piece for piece, _at in places(fold(text))]


def places(folded: str) -> Iterator[tuple[str, int]]:
    """Each piece of a folded text with where it begins."""
    start = 0
    for part in folded.split(" "):
        for size in range(1, LONGEST + 1):
            for at in range(len(part) - size + 1):
                yield part[at : at + size], start + at
        start += len(part) + 1
