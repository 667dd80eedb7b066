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
)  # they hand over, they do not handle


@dataclass(frozen=True)
class Lines:
    """All units by their line, which is named by the key of its topmost unit."""

    units: dict[int, Unit]
    line_of: dict[int, int]
    members: dict[int, list[Unit]]  # of each line, the highest first

    def duties(self) -> dict[int, str]:
        """Duty list of each line: of every unit in it, none twice."""
        told: dict[int, dict[str, None]] = {}
        for pk, unit in self.units.items():
            if unit.duties.strip() and unit.kind not in NOT_HANDLING:
                told.setdefault(self.line_of[pk], {})[unit.duties.strip()] = None
        return {line: "\n".join(texts) for line, texts in told.items()}

    def candidates(self, line: int, area: Area) -> list[Unit]:
        """Units of a line in use whose area holds this one, the highest first."""
        return [
            unit
            for unit in self.members.get(line, ())
            if unit.disabled_on is None and area.path.startswith(unit.area.path)
        ]

    def digest(self) -> str:
        """Changes when a duty list, a unit or who is under whom changes."""
        told = [
            [pk, unit.superior_id, unit.name, unit.duties, str(unit.disabled_on)]
            for pk, unit in sorted(self.units.items())
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def read_lines(units: Iterable[Unit] | None = None) -> Lines:
    """Every unit with its line: one query."""
    found = Unit.objects.select_related("area").order_by("pk") if units is None else units
    by_pk = {unit.pk: unit for unit in found}
    line_of = {pk: _top(pk, by_pk) for pk in by_pk}
    members: dict[int, list[Unit]] = {}
    for unit in sorted(by_pk.values(), key=lambda one: (one.area.depth, one.pk)):
        members.setdefault(line_of[unit.pk], []).append(unit)
    return Lines(by_pk, line_of, members)


def _top(pk: int, units: dict[int, Unit]) -> int:
    seen = {pk}
    while True:
        superior = units[pk].superior_id
        above = units.get(superior) if superior else None
        if above is None or above.pk in seen or above.kind in NOT_HANDLING:
            return pk
        pk = above.pk
        seen.add(pk)


@dataclass(frozen=True)
class Past:
    """One handed-over problem: the case, how deep its unit sits, the level of the problem, whether it stayed where it first went."""

    case: Case
    unit: int
    depth: int
    origin: str
    area_path: str
    stayed: bool
