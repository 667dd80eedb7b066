"""Why texts are grouped: character pairs most of them share and few others have, and their words. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

SHARE_OF_GROUP = 0.5  # of the texts of a group: what must have a pair
SHARE_OF_BOTH = 0.25  # of the texts of each of two groups: what must have a pair
COMMON_ELSEWHERE = 0.1  # of all other texts: a pair that so many have says nothing
LONGEST = 12  # characters of a word that is shown
WORDS_SHOWN = 4
LETTERS = re.compile("[A-Za-z]+")
SHORT_WORD = 2  # letters of a word that says nothing


def _sign(character: str) -> str:
    """A character as it is compared; a space for digits and punctuation, which are not."""
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 and folded.isalpha() else " "


def character_pairs(text: str) -> list[str]:
    """The pair of characters at each position of the text except the last.

    Empty where there is none.
    """
    signs = [_sign(character) for character in text]
    return [a + b if " " not in (a, b) else "" for a, b in pairwise(signs)]


def count_pairs(texts: Sequence[str]) -> Counter[str]:
    """The number of these texts in which each pair occurs."""
    return Counter(piece for text in texts for piece in set(character_pairs(text)) if piece)


def shared_pairs(
    texts: Sequence[str], *, among: Counter[str] | None = None, count: int = 0
) -> frozenset[str]:
    """The pairs that at least half of these texts contain and few others do.

    `among` counts the pairs of all texts (see `count_pairs`), of which there are `count`.
    """
    mine, others = count_pairs(texts), max(1, count - len(texts))
    return frozenset(
        piece
        for piece, n in mine.items()
        if n >= max(2, SHARE_OF_GROUP * len(texts))
        and (among or mine)[piece] - n < max(1, COMMON_ELSEWHERE * others)
    )


def pairs_of_both(
    first: Sequence[str], second: Sequence[str], *, among: Counter[str], count: int
) -> frozenset[str]:
    """The pairs that many texts of both groups contain and few other texts do.

    `among` and `count` as in `shared_pairs`.
    """
    in_first, in_second = count_pairs(first), count_pairs(second)
    others = max(1, count - len(first) - len(second))
    return frozenset(
        piece
        for piece, n in in_first.items()
        if n >= SHARE_OF_BOTH * len(first)
        and in_second[piece] >= SHARE_OF_BOTH * len(second)
        and among[piece] - n - in_second[piece] < max(1, COMMON_ELSEWHERE * others)
    )


def split_by_pairs(text: str, shown: Collection[str]) -> list[tuple[str, bool]]:
    """The text cut into runs, each with a flag that says whether the pairs in `shown` cover it."""
    covered = [False] * len(text)
    for at, piece in enumerate(character_pairs(text)):
        if piece in shown:
            covered[at] = covered[at + 1] = True
    for word in LETTERS.finditer(text):  # a word of letters is shown whole or not at all
        start, end = word.span()
        covered[start:end] = [end - start > SHORT_WORD and sum(covered[start:end]) * 2 > end - start] * (
            end - start
        )
    runs: list[tuple[str, bool]] = []
    for character, inside in zip(text, covered, strict=True):
        if runs and runs[-1][1] == inside:
            runs[-1] = (runs[-1][0] + character, inside)
        else:
            runs.append((character, inside))
    return runs


def shared_words(texts: Sequence[str], shown: Collection[str]) -> tuple[str, ...]:
    """The words these pairs form in the texts, most frequent first; none half repeats another."""
    often = Counter(run for text in texts for run, inside in set(split_by_pairs(text, shown)) if inside)
    words: list[str] = []
    for run, _n in sorted(often.items(), key=lambda pair: (-pair[1], -len(pair[0]), pair[0])):
        if len(run) <= LONGEST and not any(_repeats(run, kept) for kept in words):
            words.append(run)
    return tuple(words[:WORDS_SHOWN])


def _repeats(word: str, kept: str) -> bool:
    pairs, kept_pairs = set(character_pairs(word)), set(character_pairs(kept))
    return len(pairs & kept_pairs) >= SHARE_OF_GROUP * min(len(pairs), len(kept_pairs))


def whole_words(pieces: Collection[str], text: str) -> list[str]:
    """The pieces of a text as a reader knows them: Chinese as they stand, letters as the words of the text they are part of.

    >>> whole_words(["rge", "mi", "pe"], "Which counter changes a discharge permit?")
    ['discharge', 'permit']
    """
    words = [word for word in re.split(r"[^A-Za-z]+", text) if word]
    told: list[str] = []
    for piece in pieces:
        within = [word for word in words if piece.lower() in word.lower()] if piece.isascii() else [piece]
        told += within[:1]
    return list(dict.fromkeys(told))
