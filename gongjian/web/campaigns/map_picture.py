"""The map as a picture of lines (SVG), drawn by the server: each area in the colour of its light, with its name."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongjian.campaigns.queries import TargetLine
from gongjian.people.map_file import Ring
from gongjian.people.models import Area
from gongjian.web.colours import colours, of_light

WIDTH, MARGIN = 800, 10
TALLEST = 1000


@dataclass(frozen=True)
class Piece:
    """One area of the picture: its outline, its colour, where its name stands; no line where it has no such target."""

    area: Area
    line: TargetLine | None
    outline: str
    colour: str
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    """The areas with the size of the sheet they are drawn on."""

    width: int
    height: int
    pieces: list[Piece]


def pictured(
    shapes: Mapping[int, Sequence[Ring]], areas: Sequence[Area], lines: Sequence[TargetLine]
) -> Picture | None:
    """The picture of these areas in official order; None where the map draws none of them."""
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrow = math.cos(math.radians((south + north) / 2))  # a degree east is shorter than one north
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / max((east - west) * narrow, 1e-9), (TALLEST - 2 * MARGIN) / max(north - south, 1e-9))

    def placed(ring: Ring) -> Ring:
        return tuple(
            (round(MARGIN + (x - west) * narrow * scale, 1), round(MARGIN + (north - y) * scale, 1))
            for x, y in ring
        )

    by_area = {line.target.area_id: line for line in lines}
    drawn = [
        _piece(area, by_area.get(area.pk), [placed(ring) for ring in shapes[area.pk]])
        for area in areas
        if area.pk in shapes
    ]
    return Picture(WIDTH, round((north - south) * scale) + 2 * MARGIN, drawn)


def _piece(area: Area, line: TargetLine | None, rings: Sequence[Ring]) -> Piece:
    x, y = middle(max(rings, key=lambda ring: abs(_twice_the_size(ring))))
    colour = of_light(line.light) if line else colours()["line"]
    return Piece(area, line, " ".join(_outline(ring) for ring in rings), colour, x, y)


def _outline(ring: Ring) -> str:
    """The way along a ring; a point that is where the one before was is left out."""
    kept = [ring[0], *(here for before, here in pairwise(ring) if here != before)]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def _twice_the_size(ring: Ring) -> float:
    return sum(a * d - c * b for (a, b), (c, d) in pairwise(ring))


def middle(ring: Ring) -> tuple[int, int]:
    """The centre of gravity of a ring; of one without a surface the middle of its points."""
    size = _twice_the_size(ring)
    pairs = [(one, other, one[0] * other[1] - other[0] * one[1]) for one, other in pairwise(ring)]
    if abs(size) < 1:
        return round(sum(x for x, _y in ring) / len(ring)), round(sum(y for _x, y in ring) / len(ring))
    x = sum((one[0] + other[0]) * cross for one, other, cross in pairs) / (3 * size)
    y = sum((one[1] + other[1]) * cross for one, other, cross in pairs) / (3 * size)
    return round(x), round(y)
