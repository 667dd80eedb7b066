"""Targets that add up: random trees, each passed down, negotiated, moved, merged, divided, and added up again after every step."""

from random import Random
from time import process_time

from bench.tables import Table
from samples.target_trees import live

TREES = 20_000


def measure() -> Table:
    """As many trees as TREES; a sum that is off by the last digit, or a gap without an owner, ends the run."""
    began = process_time()
    steps = sum(live(Random(seed)) for seed in range(TREES))
    return Table(
        title=f"Targets that add up: {TREES:,} random trees",
        head=("trees", "steps added up again", "seconds of processor"),
        rows=[(f"{TREES:,}", f"{steps:,}", f"{process_time() - began:.0f}")],
        note="The run ends at the first sum that is off or gap that nobody owns, so a table that was written has none.",
    )


if __name__ == "__main__":
    print(measure().markdown())
