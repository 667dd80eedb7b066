"""Words as the search compares them. Pure.

Character bigrams, because Chinese has no spaces and the shortest words have two characters.
"""

from functools import lru_cache

from gongjian.engines.writing.folding import fold_name

LONGEST = 100
REMEMBERED = 5000  # names that stand in many rows
SHORTEST_INITIALS = 2  # letters; a single one would find half the ledger


@lru_cache(maxsize=REMEMBERED)
def bigrams(text: str) -> str:
    """The characters of a text and its overlapping pairs, as tokens that FTS5 keeps whole, separated by spaces."""
    folded = fold_name(text)
    pairs = {folded[n : n + 2] for n in range(len(folded) - 1)} | (
        {folded} if len(folded) == 1 else set(folded)
    )
    return " ".join(_token(pair) for pair in sorted(pairs))


def _token(pair: str) -> str:
    return "x".join(f"{ord(ch):x}" for ch in pair)


def initials_token(letters: str) -> str:
    """Pinyin initials as one token; tokens of characters are hexadecimal and never begin with this letter."""
    return f"i{letters}"


def words_of(text: str) -> list[str]:
    """The words of what somebody typed, normalised."""
    return [folded for word in text[:LONGEST].split() if (folded := fold_name(word))]


def may_be_initials(word: str) -> bool:
    """Whether a word could be the beginning of pinyin initials."""
    return len(word) >= SHORTEST_INITIALS and word.isascii() and word.isalnum()
