"""How well goods wanted fit goods made, by their names alone. Pure, offline."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from gongjian.markets.vocabulary import PARTED

KINDS = Path(__file__).resolve().parent / "kinds.toml"
_SIGNS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"[a-z]*\d+[a-z0-9]*")
SAME, HEAD, KIND, INSIDE = 1.0, 0.55, 0.8, 0.85
SHORT = 3  # letters of a word that is left as it is
LEAST_FIT = 0.5  # least fit of two names that are offered as a match
CHAIN, TOWNSHIP, COUNTY, CITY = 0.1, 0.15, 0.1, 0.03


@dataclass(frozen=True)
class Fit:
    """How well two names of goods fit, from 0 to 1, the words they share, and the kind of goods if both belong to one."""

    value: float
    words: str
    kind: str = ""


NO_FIT = Fit(0.0, "")


def fold(name: str) -> str:
    """The name without punctuation, sizes and model numbers."""
    folded = _SIGNS.sub("", unicodedata.normalize("NFKC", name).lower())
    return _NUMBERS.sub("", folded) or folded


def split_names(text: str) -> list[str]:
    """The names of goods in a text, each once; they are separated by 、 , ; and line ends."""
    parts = (part.strip() for part in PARTED.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def parts(name: str) -> tuple[str, ...]:
    """What a name is made of, so that its end can be compared: characters of Chinese, whole words of English without their plural."""
    folded = fold(name)
    if not folded.isascii():
        return tuple(folded)
    words = _SIGNS.sub(" ", unicodedata.normalize("NFKC", name).lower())
    return tuple(_singular(word) for word in words.split() if not _NUMBERS.fullmatch(word)) or (folded,)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > SHORT:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > SHORT else word


@cache
def kinds() -> Mapping[str, tuple[str, ...]]:
    """Kind of goods -> the words that name it, Chinese and English."""
    return {
        kind: tuple(words) for kind, words in tomllib.loads(KINDS.read_text(encoding="utf-8"))["kind"].items()
    }


@cache
def _ends() -> Mapping[tuple[str, ...], str]:
    """What a name of a kind ends with -> the kind."""
    return {parts(word): kind for kind, words in kinds().items() for word in words}


def kind_in_english(kind: str) -> str:
    """The name of a kind on English pages: its first English word."""
    return next((word for word in kinds().get(kind, ()) if word.isascii()), kind)


@lru_cache(maxsize=4096)
def kinds_of(name: str) -> frozenset[str]:
    """The kinds of goods a name belongs to, by the longest known word at its end, where a name says what the thing is."""
    whole, ends = parts(name), _ends()
    met = [(len(whole) - n, ends[whole[n:]]) for n in range(len(whole)) if whole[n:] in ends]
    longest = max((length for length, _kind in met), default=0)
    return frozenset(kind for length, kind in met if length == longest)


def fit_of(wanted: str, made: str) -> Fit:
    """How well two names fit: the same, one inside the other, the same kind of goods, or the same ending."""
    a, b = parts(wanted), parts(made)
    if not fold(wanted) or not fold(made):
        return NO_FIT
    if a == b:
        return Fit(SAME, wanted)
    shared = kinds_of(wanted) & kinds_of(made)
    kind = min(shared) if shared else ""
    short, long = sorted((a, b), key=len)
    if _telling(short) and (long[-len(short) :] == short or (kind and _inside(short, long))):
        return Fit(INSIDE, _said(short), kind)
    if kind:
        return Fit(KIND, kind, kind)
    tail = _shared_ending(a, b)
    known = kinds_of(wanted) or kinds_of(made)
    return Fit(HEAD, _said(tail)) if _telling(tail) and not known else NO_FIT


def _telling(part: tuple[str, ...]) -> bool:
    """Whether what two names share says anything: two characters, or a word of English."""
    return len("".join(part)) > (SHORT - 1 if "".join(part).isascii() else 1)


def _said(part: tuple[str, ...]) -> str:
    return (" " if all(word.isascii() for word in part) else "").join(part)


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))


def _shared_ending(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    length = 0
    while length < min(len(a), len(b)) and a[-length - 1] == b[-length - 1]:
        length += 1
    return a[len(a) - length :]


def _ending(name: str) -> tuple[str, ...]:
    """What the names that fit a name end with as well: its last two characters, or its last word."""
    whole = parts(name)
    return whole[-1:] if fold(name).isascii() else whole[-2:]


def nearness(a: str, b: str, *, step: int) -> tuple[float, int]:
    """The bonus for two area paths, and how many levels they share (3 township, 2 county, 1 city)."""
    shared = 0
    while a[shared * step : (shared + 1) * step] == b[shared * step : (shared + 1) * step] != "":
        shared += 1
    return {0: 0.0, 1: CITY, 2: COUNTY}.get(shared, TOWNSHIP), shared


class Goods:
    """The names of goods of one side, indexed to find those that fit a name of the other."""

    def __init__(self, names: Iterable[str]) -> None:
        self._kinds: dict[str, list[str]] = {}
        self._ends: dict[tuple[str, ...], list[str]] = {}
        self._all = list(dict.fromkeys(names))
        for name in self._all:
            for kind in kinds_of(name):
                self._kinds.setdefault(kind, []).append(name)
            self._ends.setdefault(_ending(name), []).append(name)

    def names_that_fit(self, wanted: str) -> list[tuple[str, Fit]]:
        """The names that fit well enough, best first; names that fit share a kind, the last two characters or the last word."""
        near = {n for kind in kinds_of(wanted) for n in self._kinds.get(kind, ())} | set(
            self._ends.get(_ending(wanted), ())
        )
        fits = [(name, fit_of(wanted, name)) for name in near]
        return sorted(
            ((name, fit) for name, fit in fits if fit.value >= LEAST_FIT),
            key=lambda pair: (-pair[1].value, pair[0]),
        )
