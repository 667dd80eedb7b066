"""A text as overlapping pieces of one and two characters: Chinese has no spaces, and people mistype."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_PIECE = 2
CATEGORY_SIGN = "\x1f"  # stands between a text and the category the clerk chose
CATEGORY_WEIGHT = 3  # how often the category is counted as a piece
_BREAK = re.compile(r"[^\w]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def fold(text: str) -> str:
    """The text in NFKC and lower case, each number written 0 and each run of other signs one space.

    `pieces_with_positions` counts its places in this folded text.
    """
    return _BREAK.sub(" ", _NUMBER.sub("#", unicodedata.normalize("NFKC", text).lower()).replace("#", "0"))


def with_category_piece(text: str, category: str) -> str:
    """The text with its category appended, as `grams` reads it; the text alone when the category is empty."""
    return f"{text}{CATEGORY_SIGN}{category}" if category else text


def grams(text: str) -> list[str]:
    """Every piece of a text, repeated as often as it occurs; no piece spans a break.

    A category counts as pieces of its own, and its name is read like the text.
    """
    words, sign, category = text.partition(CATEGORY_SIGN)
    pieces = [piece for piece, _at in pieces_with_positions(fold(f"{words} {category}"))]
    return pieces + [sign + category] * (CATEGORY_WEIGHT if sign else 0)


def pieces_with_positions(folded: str) -> Iterator[tuple[str, int]]:
    """Each piece of a folded text with the position where it begins."""
    start = 0
    for part in folded.split(" "):
        for size in range(1, LONGEST_PIECE + 1):
            for at in range(len(part) - size + 1):
                yield part[at : at + size], start + at
        start += len(part) + 1
