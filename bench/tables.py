"""What every benchmark shares: medians taken in turn, and the table it prints."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 5


@dataclass(frozen=True)
class Table:
    """One table of docs/benchmarks.md."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    note: str = ""

    def markdown(self) -> str:
        """As it stands in the document."""
        lines = [self.head, tuple("---" for _ in self.head), *self.rows]
        return (
            f"## {self.title}\n\n"
            + "\n".join(f"| {' | '.join(line)} |" for line in lines)
            + "\n"
            + (f"\n{self.note}\n" if self.note else "")
        )


def median_of(*timed: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """Run each in turn, `rounds` times over, so that a slow moment of the machine meets all; medians in seconds."""
    taken: list[list[float]] = [[] for _ in timed]
    for _ in range(rounds):
        for mine, run in zip(taken, timed, strict=True):
            mine.append(run())
    return [median(mine) for mine in taken]
