"""Why texts stand together: the pieces most of them share and few others have, and a text cut where they stand. Pure."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

HALF = 0.5  # share of the texts of a group that must have a piece
PART = 0.25  # share of the texts of each of two groups that must have a piece
EVERYDAY = 0.1  # share of all other texts from which a piece says nothing
LONGEST = 12  # characters of a word that is shown
SHOWN = 4


def _sign(character: str) -> str:
    """How a character is compared; digits and signs are not."""
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 and folded.isalpha() else " "


def pieces(text: str) -> list[str]:
    """The two-character piece that begins at each place, empty where there is none."""
    signs = [_sign(one) for one in text]
    return [a + b if " " not in (a, b) else "" for a, b in pairwise(signs)]


def met(texts: Sequence[str]) -> Counter[str]:
    """In how many of these texts each piece stands."""
    return Counter(piece for text in texts for piece in set(pieces(text)) if piece)


def shared(texts: Sequence[str], *, among: Counter[str] | None = None, count: int = 0) -> frozenset[str]:
    """Pieces that at least half of these texts have, and few of the others: `among` tells of all `count` texts."""
    mine, others = met(texts), max(1, count - len(texts))
    return frozenset(
        piece
        for piece, n in mine.items()
        if n >= max(2, HALF * len(texts)) and (among or mine)[piece] - n < max(1, EVERYDAY * others)
    )


def common_to(one: Sequence[str], other: Sequence[str], *, among: Counter[str], count: int) -> frozenset[str]:
    """Pieces that a good part of both groups have, and few other texts."""
    left, right = met(one), met(other)
    rest = max(1, count - len(one) - len(other))
    return frozenset(
        piece
        for piece, n in left.items()
        if n >= PART * len(one)
        and right[piece] >= PART * len(other)
        and among[piece] - n - right[piece] < max(1, EVERYDAY * rest)
    )


def parts(text: str, shown: Collection[str]) -> list[tuple[str, bool]]:
    """The text cut into runs, each with whether the shared pieces cover it."""
    covered = [False] * len(text)
    for at, piece in enumerate(pieces(text)):
        if piece in shown:
            covered[at] = covered[at + 1] = True
    runs: list[tuple[str, bool]] = []
    for character, inside in zip(text, covered, strict=True):
        if runs and runs[-1][1] == inside:
            runs[-1] = (runs[-1][0] + character, inside)
        else:
            runs.append((character, inside))
    return runs


def words(texts: Sequence[str], shown: Collection[str]) -> tuple[str, ...]:
    """The runs that stand in most texts, those of most texts first, none that half repeats another."""
    often = Counter(run for text in texts for run, inside in set(parts(text, shown)) if inside)
    found: list[str] = []
    for run, _n in sorted(often.items(), key=lambda pair: (-pair[1], -len(pair[0]), pair[0])):
        if len(run) <= LONGEST and not any(_repeats(run, kept) for kept in found):
            found.append(run)
    return tuple(found[:SHOWN])


def _repeats(one: str, other: str) -> bool:
    mine, theirs = set(pieces(one)), set(pieces(other))
    return len(mine & theirs) >= HALF * min(len(mine), len(theirs))
