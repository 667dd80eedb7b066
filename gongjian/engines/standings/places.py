"""Places by value: who stands equal shares a place."""

from collections.abc import Mapping
from decimal import Decimal

from gongjian.engines.standings.readings import Entrant
from gongjian.engines.standings.schemes import Tie


def places(
    values: Mapping[Entrant, Decimal], *, tie: Tie = Tie.SKIP, less: bool = False
) -> dict[Entrant, int]:
    """The place of each, 1 the best: more is better, or less where `less`. After a tie SKIP leaves out places, KEEP does not."""
    order = sorted(values.values(), reverse=not less)
    seen = dict[Decimal, int]()
    for number, value in enumerate(order, 1):
        seen.setdefault(value, number if tie == Tie.SKIP else len(seen) + 1)
    return {entrant: seen[value] for entrant, value in values.items()}


def from_the_end(values: Mapping[Entrant, Decimal], *, less: bool = False) -> dict[Entrant, int]:
    """The place counted from the last, 1 the last; equal ones share it."""
    return places(values, less=not less)
