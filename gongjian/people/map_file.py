"""The map of the areas (行政区划图): a GeoJSON file of the office beside its database, each feature keyed by an area's code."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gongjian.people.models import Area

NAME = "map.geojson"
LARGEST = 5_000_000  # bytes; a map of a city in ordinary precision has far fewer
CODES = ("code", "adcode", "stat_code")  # properties in which a code is looked for
DIVISION = 6  # digits of a county's code


def read_map(home: Path, areas: Iterable[Area]) -> Mapping[str, Any] | None:
    """The features of these areas, each named by the area's key; None without a file, or where it is no map of them."""
    path = home / NAME
    if not path.is_file() or path.stat().st_size > LARGEST:
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        features = list(found["features"])
    except (ValueError, KeyError, TypeError):
        return None
    by_code = {area.stat_code[:DIVISION]: area for area in areas if area.stat_code}
    named = [(by_code.get(_code(one)), one) for one in features if isinstance(one, dict)]
    shown = [
        {"type": "Feature", "properties": {"name": str(area.pk)}, "geometry": one.get("geometry")}
        for area, one in named
        if area is not None
    ]
    return {"type": "FeatureCollection", "features": shown} if shown else None


def _code(feature: Mapping[str, Any]) -> str:
    facts = feature.get("properties") or {}
    return next((str(facts[name])[:DIVISION] for name in CODES if facts.get(name)), "")
