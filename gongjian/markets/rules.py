"""How well goods wanted fit goods made, by their names alone. Pure, offline."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongjian.markets.vocabulary import PARTED

KINDS = Path(__file__).resolve().parent / "kinds.toml"
_SIGNS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"[a-z]*\d+[a-z0-9]*")
SAME, HEAD, KIND, INSIDE = 1.0, 0.55, 0.8, 0.85
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


@cache
def kinds() -> Mapping[str, tuple[str, ...]]:
    """Kind of goods -> the words that name it."""
    data = tomllib.loads(KINDS.read_text(encoding="utf-8"))
    return {kind: tuple(fold(word) for word in words) for kind, words in data["kind"].items()}


def kinds_of(name: str) -> frozenset[str]:
    """The kinds of goods a name belongs to, by the longest known word at its end, where Chinese names the thing itself."""
    folded = fold(name)
    met = [(len(word), kind) for kind, words in kinds().items() for word in words if folded.endswith(word)]
    longest = max((length for length, _kind in met), default=0)
    return frozenset(kind for length, kind in met if length == longest)


def fit_of(wanted: str, made: str) -> Fit:
    """How well two names fit: the same, one inside the other, the same kind of goods, or the same ending."""
    a, b = fold(wanted), fold(made)
    if not a or not b:
        return NO_FIT
    if a == b:
        return Fit(SAME, wanted)
    shared = kinds_of(wanted) & kinds_of(made)
    kind = min(shared) if shared else ""
    short, long = sorted((a, b), key=len)
    if len(short) > 1 and short in long and (kind or long.endswith(short)):
        return Fit(INSIDE, short, kind)
    if kind:
        return Fit(KIND, kind, kind)
    tail = _shared_ending(a, b)
    known = kinds_of(wanted) or kinds_of(made)
    return Fit(HEAD, tail) if len(tail) > 1 and not known else NO_FIT


def _shared_ending(a: str, b: str) -> str:
    length = 0
    while length < min(len(a), len(b)) and a[-length - 1] == b[-length - 1]:
        length += 1
    return a[len(a) - length :]


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
        self._ends: dict[str, list[str]] = {}
        self._all = list(dict.fromkeys(names))
        for name in self._all:
            for kind in kinds_of(name):
                self._kinds.setdefault(kind, []).append(name)
            self._ends.setdefault(fold(name)[-2:], []).append(name)

    def names_that_fit(self, wanted: str) -> list[tuple[str, Fit]]:
        """The names that fit well enough, best first; names that fit share a kind or the last two characters."""
        near = {n for kind in kinds_of(wanted) for n in self._kinds.get(kind, ())} | set(
            self._ends.get(fold(wanted)[-2:], ())
        )
        fits = [(name, fit_of(wanted, name)) for name in near]
        return sorted(
            ((name, fit) for name, fit in fits if fit.value >= LEAST_FIT),
            key=lambda pair: (-pair[1].value, pair[0]),
        )
