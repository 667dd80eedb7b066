"""Lines of offices (条线): a bureau of the city and the bureaus of the counties under it do the same work."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from gongjian.engines.likeness.training import Case
from gongjian.people.models import Area, Unit
from gongjian.people.states import UnitKind

NOT_HANDLING = (
    UnitKind.OFFICE,
    UnitKind.SUPERVISION,
    UnitKind.GOVERNMENT,
)  # these hand problems over and do not handle them


@dataclass(frozen=True)
class LinesOfWork:
    """All units and their lines. The key of a line is the key of its topmost unit."""

    units: dict[int, Unit]
    line_of: dict[int, int]
    members: dict[int, list[Unit]]  # of each line, the highest first

    def duties(self) -> dict[int, str]:
        """The duty list of each line that has one: those of all its units, each text once."""
        texts_of: dict[int, dict[str, None]] = {}
        for pk, unit in self.units.items():
            if unit.duties.strip() and unit.kind not in NOT_HANDLING:
                texts_of.setdefault(self.line_of[pk], {})[unit.duties.strip()] = None
        return {line: "\n".join(texts) for line, texts in texts_of.items()}

    def candidates(self, line: int, area: Area) -> list[Unit]:
        """The units of a line that are in use and whose area contains this one, the highest first."""
        return [
            unit
            for unit in self.members.get(line, ())
            if unit.disabled_on is None and area.path.startswith(unit.area.path)
        ]

    def digest(self) -> str:
        """SHA-256 in hexadecimal; it changes with any unit, duty list or superior."""
        facts = [
            [pk, unit.superior_id, unit.name, unit.duties, str(unit.disabled_on)]
            for pk, unit in sorted(self.units.items())
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def read_lines(units: Iterable[Unit] | None = None) -> LinesOfWork:
    """Return all units with their lines, read in one query, or only `units` if given."""
    rows = Unit.objects.select_related("area").order_by("pk") if units is None else units
    by_pk = {unit.pk: unit for unit in rows}
    line_of = {pk: _topmost(pk, by_pk) for pk in by_pk}
    members: dict[int, list[Unit]] = {}
    for unit in sorted(by_pk.values(), key=lambda unit: (unit.area.depth, unit.pk)):
        members.setdefault(line_of[unit.pk], []).append(unit)
    return LinesOfWork(by_pk, line_of, members)


def _topmost(pk: int, units: dict[int, Unit]) -> int:
    """The key of the highest unit above this one that handles problems; its own when there is none."""
    seen = {pk}
    while True:
        superior = units[pk].superior_id
        above = units.get(superior) if superior else None
        if above is None or above.pk in seen or above.kind in NOT_HANDLING:
            return pk
        pk = above.pk
        seen.add(pk)


@dataclass(frozen=True)
class HandledProblem:
    """One problem a unit has signed for.

    Its case, the key of its unit and the depth of that unit's area, the level and the area of the problem, and whether
    it stayed with the unit it was first handed to.
    """

    case: Case
    unit: int
    depth: int
    origin: str
    area_path: str
    stayed: bool
