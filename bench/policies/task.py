"""What a contender is asked, and how its answers are compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.policies.workload import Rule, rules

Answer = tuple[int, int, float, int]
"""Of one policy: firms that meet it, firms undecided, sum of known amounts, firms that meet it with unknown amount."""


@dataclass(frozen=True)
class Variant:
    """One size of the question."""

    name: str
    policies: int
    individual: bool

    def rules(self) -> list[Rule]:
        """Its policies."""
        return rules(self.policies, individual=self.individual)


VARIANTS = {
    "shared": Variant("shared", 200, individual=False),
    "individual": Variant("individual", 200, individual=True),
    "thousand": Variant("thousand", 1000, individual=True),
}


@dataclass(frozen=True)
class Task:
    """A table of firms and the policies to decide."""

    firms: Path
    rules: Sequence[Rule]
    folder: Path
    size: int = 0


@dataclass(frozen=True)
class Ready:
    """A contender with its data loaded: `run` does the work that is timed, `answers` reads its outcome."""

    run: Callable[[], Any]
    answers: Callable[[Any], list[Answer]]
    note: str = ""
    figures: Callable[[Any], dict[str, float]] = lambda _outcome: {}


def differing(left: Sequence[Answer], right: Sequence[Answer], *, tolerance: float = 1e-9) -> int:
    """Decisions that differ between two outcomes, by the counts; a sum that differs counts as one."""
    count = abs(len(left) - len(right))
    for a, b in zip(left, right, strict=False):
        moved = abs(a[0] - b[0]) + abs(a[1] - b[1]) + abs(a[3] - b[3])
        count += moved or abs(a[2] - b[2]) > tolerance * max(abs(a[2]), abs(b[2]), 1.0)
    return int(count)
