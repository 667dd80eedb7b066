"""Who has not passed targets on, and who has not held the meeting (层层传导)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongjian.engines.cascade.tree import Tree


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
