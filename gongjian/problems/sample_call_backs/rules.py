"""A sample anybody can draw again (抽样): order by SHA-256 of seed and number, take the first. Pure."""

import hashlib
from collections.abc import Iterable


def draw(population: Iterable[int], *, size: int, seed: str) -> list[int]:
    """The drawn numbers in the order of the draw; all of them when the population is not larger than `size`.

    Key of a number: SHA-256 of "seed|number" in hexadecimal, ascending. Nothing but the seed decides, no generator of
    random numbers of this or that program. ValueError for a negative size or a number that stands twice.
    """
    listed = list(population)
    if size < 0 or len(set(listed)) != len(listed):
        raise ValueError("a size and different numbers are needed")
    return sorted(listed, key=lambda number: (key(seed, number), number))[:size]


def key(seed: str, number: int) -> str:
    """What one number is ordered by."""
    return hashlib.sha256(f"{seed.strip()}|{number}".encode()).hexdigest()


def digest(population: Iterable[int]) -> str:
    """One figure for a whole population, to be written beside the draw."""
    return hashlib.sha256(",".join(str(n) for n in sorted(population)).encode()).hexdigest()
