"""What changed between two standings: who moved, and through which items."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongjian.engines.standings.readings import Entrant
from gongjian.engines.standings.schemes import Lens
from gongjian.engines.standings.scoring import Mark, Row, Standings


@dataclass(frozen=True)
class Change:
    """How an area moved: `risen` places up (below zero: down), None where one of its places is unknown."""

    entrant: Entrant
    before: int | None
    after: int | None
    items: tuple[tuple[tuple[str, Lens], Decimal], ...]  # points gained, the largest effect first
    listed: tuple[Mark, Mark]

    @property
    def risen(self) -> int | None:
        """Places gained."""
        return None if self.before is None or self.after is None else self.before - self.after

    @property
    def moved(self) -> bool:
        """Whether its place or its list is another one."""
        return self.before != self.after or self.listed[0] != self.listed[1]


def compare(before: Standings, after: Standings) -> dict[Entrant, Change]:
    """Each area of the later standings beside the earlier ones; one that is new has no place before."""
    earlier = {row.entrant: row for row in before.rows}
    return {row.entrant: _change(earlier.get(row.entrant), row) for row in after.rows}


def _change(before: Row | None, after: Row) -> Change:
    was = {line.item.name: line.points for line in before.lines} if before else {}
    gained = [
        (line.item.name, line.points - was_points)
        for line in after.lines
        if line.points is not None and (was_points := was.get(line.item.name)) is not None
    ]
    moved = sorted((each for each in gained if each[1]), key=lambda each: -abs(each[1]))
    place = before.place if before else None
    return Change(
        after.entrant, place, after.place, tuple(moved), (before.mark if before else Mark.NONE, after.mark)
    )


def movers(pairs: Sequence[tuple[Standings, Standings]]) -> dict[Entrant, list[Change]]:
    """Month by month, who would have stood elsewhere under other rules: pairs of the one and the other, in order."""
    found = dict[Entrant, list[Change]]()
    for old, new in pairs:
        for entrant, change in compare(old, new).items():
            found.setdefault(entrant, []).append(change)
    return found
