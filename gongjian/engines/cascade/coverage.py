"""Who has not passed targets on, and who has not held the meeting (层层传导)."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from gongjian.engines.cascade.tree import Tree

A = TypeVar("A")
W = TypeVar("W")


@dataclass(frozen=True)
class Duty:
    """One area that has others below it: what it still owes them, and since when it might have done it."""

    area: str
    owner: str
    not_told: tuple[str, ...]
    parts: int
    met_on: date | None

    @property
    def is_done(self) -> bool:
        """Whether it has held its meeting and told every area below it."""
        return self.met_on is not None and not self.not_told


@dataclass(frozen=True)
class Coverage:
    """All areas that have others below them; those that wait for their own target are in `waiting`, not late."""

    duties: tuple[Duty, ...]
    waiting: tuple[str, ...]

    @property
    def undone(self) -> tuple[Duty, ...]:
        """The duties that are not done."""
        return tuple(duty for duty in self.duties if not duty.is_done)

    @property
    def without_meeting(self) -> tuple[Duty, ...]:
        """Those that have not held the meeting."""
        return tuple(duty for duty in self.duties if duty.met_on is None)


def coverage(tree: Tree, meetings: Mapping[str, date], *, on: date) -> Coverage:
    """How far a target has come down by a day. `meetings` maps area to the day of its own meeting; a later day does not count yet."""
    duties, waiting = [], []
    for target in tree.downward():
        parts = tree.below.get(target.area)
        if not parts:
            continue
        if target.amount is None:
            waiting.append(target.area)
            continue
        held = meetings.get(target.area)
        not_told = tuple(part.area for part in parts if part.amount is None)
        duties.append(
            Duty(
                target.area,
                target.owner,
                not_told,
                len(parts),
                held if held is not None and held <= on else None,
            )
        )
    return Coverage(tuple(duties), tuple(waiting))


def how_far(
    below: Mapping[A, AbstractSet[A]], told: Iterable[tuple[W, AbstractSet[A]]]
) -> tuple[dict[A, tuple[int, int]], set[tuple[A, W]]]:
    """The same of many wholes at once: `told` names each with the areas that hold a part of it, `below` the areas below one.

    Returns area -> how many it holds and how many of those it passed on to all below it; and the areas with what they did not.
    """
    held, passed, lacking = dict.fromkeys(below, 0), dict.fromkeys(below, 0), set[tuple[A, W]]()
    for whole, areas in told:
        for above in below.keys() & areas:
            held[above] += 1
            if below[above] <= areas:
                passed[above] += 1
            else:
                lacking.add((above, whole))
    return {area: (held[area], passed[area]) for area in below}, lacking
