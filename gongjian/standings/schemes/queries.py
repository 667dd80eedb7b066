"""A version as the engine reads it, and as a table of its settings."""

from collections.abc import Iterable, Mapping
from typing import Any

from gongjian.engines.standings.library import read_scheme
from gongjian.engines.standings.readings import Entrant
from gongjian.engines.standings.schemes import Scheme
from gongjian.indicators.models import Indicator
from gongjian.indicators.states import Direction
from gongjian.people.models import Area
from gongjian.standings.models import SchemeVersion

SETTINGS = (
    "step",
    "tie",
    "missing",
    "least_group",
    "first_base",
    "one_off",
    "lists",
    "listed",
    "fair",
    "bonus",
    "bonus_needs",
)
OF_ITEM = ("lens", "method", "points", "least_base", "reach", "reach_points", "added", "effort")


def engine_scheme(version: SchemeVersion) -> Scheme:
    """The version as the engine scores by it. Raises BadScheme for one that cannot be used."""
    items = [
        _item(item.indicator, {name: getattr(item, name) for name in OF_ITEM}) for item in version.items.all()
    ]
    return read_scheme(str(version.pk), {name: getattr(version, name) for name in SETTINGS} | {"item": items})


def scheme_of_settings(
    settings: Mapping[str, Any], items: list[tuple[Indicator, Mapping[str, Any]]]
) -> Scheme:
    """The scheme of settings that are not stored yet. Raises BadScheme."""
    return read_scheme("", settings | {"item": [_item(one, facts) for one, facts in items]})  # type: ignore[operator]  # a dict at its callers


def _item(indicator: Indicator, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {**facts, "key": indicator.key, "less": indicator.direction == Direction.LESS}


def groups_of(areas: Iterable[Area]) -> dict[Entrant, str]:
    """In which group each area is: of areas read by `grouped_areas`."""
    return {area.pk: area.group for area in areas}
