"""Words as the search compares them. Pure.

Character bigrams, because Chinese has no spaces and the shortest words have two characters.
"""

from functools import lru_cache
from itertools import pairwise

from gongjian.engines.writing.folding import fold_name

LONGEST = 100
REMEMBERED = 5000  # names that stand in many rows
SIGNS = 10_000  # characters that are written often
SHORTEST_INITIALS = 2  # letters; a single one would find half the ledger


@lru_cache(maxsize=REMEMBERED)
def bigrams(text: str) -> str:
    """The characters of a text and its overlapping pairs, as tokens that FTS5 keeps whole, separated by spaces."""
    signs = [_token(sign) for sign in fold_name(text)]
    pairs = {f"{one}x{other}" for one, other in pairwise(signs)}
    return " ".join(sorted(pairs.union(signs)))


@lru_cache(maxsize=SIGNS)
def _token(sign: str) -> str:
    return f"{ord(sign):x}"


def initials_token(letters: str) -> str:
    """Pinyin initials as one token; tokens of characters are hexadecimal and never begin with this letter."""
    return f"i{letters}"


def words_of(text: str) -> list[str]:
    """The words of what somebody typed, normalised."""
    return [folded for word in text[:LONGEST].split() if (folded := fold_name(word))]


def may_be_initials(word: str) -> bool:
    """Whether a word could be the beginning of pinyin initials."""
    return len(word) >= SHORTEST_INITIALS and word.isascii() and word.isalnum()
