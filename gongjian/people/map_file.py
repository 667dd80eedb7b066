"""The map of the areas (行政区划图): a GeoJSON file of the office beside its database, each feature keyed by an area's code."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from gongjian.people.models import Area

NAME = "map.geojson"
LARGEST = 5_000_000  # bytes; a map of a city in ordinary precision has far fewer
CODES = ("code", "adcode", "stat_code")  # properties in which a code is looked for
DIVISION = 6  # digits of a county's code
EAST, NORTH = 180, 90  # degrees at most, either way; at a pole no map can be drawn
CORNERS = 4  # of the smallest ring, which is closed here where the file leaves it open

Ring = tuple[tuple[float, float], ...]


def shapes_of(home: Path, areas: Iterable[Area]) -> dict[int, list[Ring]]:
    """The rings of these areas by key, in degrees east and north; of areas the file does not draw nothing, and nothing without a file."""
    path = home / NAME
    try:
        told = path.stat()
    except OSError:
        return {}
    drawn = _read(path, told.st_mtime_ns, told.st_size)
    found = {area.pk: drawn.get(area.stat_code[:DIVISION], []) for area in areas if area.stat_code}
    return {key: rings for key, rings in found.items() if rings}


@lru_cache(maxsize=2)
def _read(path: Path, changed: int, size: int) -> Mapping[str, list[Ring]]:  # noqa: ARG001  another moment, another file
    """The rings by code of the file as it was changed last; nothing where it is no map, or larger than any."""
    if size > LARGEST:
        return {}
    try:
        return rings_by_code(json.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, RecursionError):
        return {}


def rings_by_code(found: Any) -> dict[str, list[Ring]]:
    """The rings of each code of a feature collection; whatever is no shape of an area is passed over."""
    features = found.get("features") if isinstance(found, dict) else None
    drawn: dict[str, list[Ring]] = {}
    for feature in features if isinstance(features, list) else []:
        code = _code(feature)
        if code:
            drawn.setdefault(code, []).extend(_rings(feature.get("geometry")))
    return drawn


def _code(feature: Any) -> str:
    facts = feature.get("properties") if isinstance(feature, dict) else None
    told = [facts.get(name) for name in CODES] if isinstance(facts, dict) else []
    return next((str(one)[:DIVISION] for one in told if isinstance(one, (str, int)) and one), "")


def _rings(geometry: Any) -> Iterator[Ring]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = geometry.get("coordinates") if kind in {"Polygon", "MultiPolygon"} else None
    polygons = [parts] if kind == "Polygon" else parts
    for polygon in polygons if isinstance(polygons, list) else []:
        for ring in polygon if isinstance(polygon, list) else []:
            points = [_point(one) for one in ring] if isinstance(ring, list) else []
            if len(points) >= CORNERS and all(points):
                yield tuple(point for point in [*points, points[0]] if point)


def _point(told: Any) -> tuple[float, float] | None:
    """A place on earth, east and north; None for what is none."""
    if not isinstance(told, list) or [type(one) in (int, float) for one in told[:2]] != [True, True]:
        return None
    east, north = told[:2]
    return (float(east), float(north)) if abs(east) <= EAST and abs(north) < NORTH else None
