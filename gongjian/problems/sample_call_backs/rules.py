"""A sample that anybody can draw again (抽样): the first numbers by SHA-256 of seed and number. Pure."""

import hashlib
from collections.abc import Iterable

USUAL_CALLS = 20  # of one draw, offered by the form
MOST_CALLS = 500


def draw_sample(population: Iterable[int], *, size: int, seed: str) -> list[int]:
    """The drawn numbers, in the order of the draw; all of them when the population is not larger than `size`.

    Numbers are ordered by `draw_key`, ascending. Only the seed decides: no program's random numbers are used.
    ValueError for a negative size or a repeated number.
    """
    numbers = list(population)
    if size < 0 or len(set(numbers)) != len(numbers):
        raise ValueError("a size and different numbers are needed")
    return sorted(numbers, key=lambda number: (draw_key(seed, number), number))[:size]


def draw_key(seed: str, number: int) -> str:
    """The key by which one number is ordered: SHA-256 of "seed|number" in hexadecimal."""
    return hashlib.sha256(f"{seed.strip()}|{number}".encode()).hexdigest()


def population_digest(population: Iterable[int]) -> str:
    """SHA-256 of the whole population in hexadecimal, recorded with the draw."""
    return hashlib.sha256(",".join(str(n) for n in sorted(population)).encode()).hexdigest()
