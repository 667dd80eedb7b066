"""What the wall of a meeting room shows: the nearest span's targets by light, the worst of them, published places by group."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongjian.assignments.states import Light
from gongjian.campaigns import queries
from gongjian.campaigns.queries import TargetLine
from gongjian.campaigns.states import Horizon
from gongjian.campaigns.targets.on_pace import QUARTERS
from gongjian.people.models import Account, Area
from gongjian.standings.models import Publication
from gongjian.standings.publications.queries import corrected_since
from gongjian.standings.queries import publications_visible_to
from gongjian.web.colours import of_light

FEW = 3  # of the worst targets, and places of a group
LIGHTS = (Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)


@dataclass(frozen=True)
class Lamp:
    """The targets of one light."""

    light: Light
    lines: list[TargetLine]

    @property
    def colour(self) -> str:
        """Its colour where no style sheet is read."""
        return of_light(self.light)


@dataclass(frozen=True)
class Places:
    """The latest published standings: the first places of each group, with the reader's own; how many figures were corrected since."""

    publication: Publication
    groups: list[tuple[str, list[tuple[int, str]]]]
    corrected: int


def wall_of(account: Account, now: datetime) -> dict[str, Any]:
    """All that the wall shows an account at a moment: its own area's targets, and places it may read."""
    area = account.reads_area
    horizon, held = _nearest(queries.targets_of(area, now.date()) if area else [], now.month)
    known = [line for line in held if line.light != Light.GREY]
    return {
        "area": area,
        "horizon": horizon,
        "green": sum(line.light == Light.GREEN for line in known),
        "known": len(known),
        "lamps": [Lamp(light, [line for line in held if line.light == light]) for light in LIGHTS],
        "worst": _worst(held),
        "places": _places(account),
        "now": now,
    }


def _nearest(lines: list[TargetLine], month: int) -> tuple[Horizon | None, list[TargetLine]]:
    """The targets of the quarter that runs, else of the nearest later span that has one with a figure, else that has any."""
    spans = [span for span in QUARTERS if span.months >= month]
    by_span = {span: [line for line in lines if line.target.horizon == span] for span in spans}
    told = [span for span in spans if any(line.month for line in by_span[span])]
    horizon = next(iter(told or [span for span in spans if by_span[span]]), None)
    return horizon, by_span[horizon] if horizon else []


def _worst(lines: list[TargetLine]) -> list[TargetLine]:
    """The targets furthest behind their pace, red ones and yellow ones alone."""
    late = [(line.reading.pace.lead, line) for line in lines if line.reading.pace and _is_late(line)]
    return [line for _lead, line in sorted(late, key=lambda one: one[0])[:FEW]]


def _is_late(line: TargetLine) -> bool:
    return line.light in {Light.RED, Light.YELLOW}


def _places(account: Account) -> Places | None:
    """The first places of each group as published last, and the account's own area's."""
    row = publications_visible_to(account).order_by("-month", "version__scheme", "-pk").first()
    if row is None:
        return None
    told = [one for one in row.rows if one["place"]]
    shown = [one for one in told if one["place"] <= FEW or one["area"] == account.reads_area_id]
    names = dict(Area.objects.filter(pk__in=[one["area"] for one in shown]).values_list("pk", "short_name"))
    shown.sort(key=lambda one: one["place"])
    groups = [
        (
            group,
            [
                (one["place"], names[one["area"]])
                for one in shown
                if one["group"] == group and one["area"] in names
            ],
        )
        for group in dict.fromkeys(one["group"] for one in row.rows)
    ]
    return Places(row, [(group, found) for group, found in groups if found], corrected_since(row).count())
