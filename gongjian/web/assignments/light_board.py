"""The number of lights in each area, as a table and as a chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gongjian.assignments.counts.queries import Tally
from gongjian.assignments.states import Light
from gongjian.measures.lights import OF_TASKS
from gongjian.measures.measure import Scope
from gongjian.measures.queries import Counted, counted
from gongjian.people.models import Area
from gongjian.web.colours import of_light

SHOWN = (Light.GREEN, Light.YELLOW, Light.RED, Light.DARK_RED, Light.GREY)


@dataclass(frozen=True)
class AreaNumbers:
    """The open tasks of one area: by light, and all of them."""

    area: Area
    counts: dict[Light, Counted]
    total: Counted


@dataclass(frozen=True)
class Board:
    """The table of lights: one row for each area, one column for each light."""

    lights: list[Light]
    rows: list[AreaNumbers]
    chart: dict[str, Any]


def lights_counted(numbers: Mapping[Light, int], scope: Scope) -> dict[Light, Counted]:
    """The tasks of each light as numbers that open their rows."""
    return {light: counted(key, numbers[light], scope) for light, key in OF_TASKS.items()}


def board(counted_once: Tally, area: Area | None, scope: Scope) -> Board:
    """Build the table and the chart from the same numbers."""
    rows = []
    for line in counted_once.by_area(area):
        inside = replace(scope, area=line.area)
        total = counted("open_tasks", line.total, inside)
        rows.append(AreaNumbers(line.area, lights_counted(line.counts, inside), total))
    return Board(list(SHOWN), rows, _chart(rows))


def _chart(rows: Sequence[AreaNumbers]) -> dict[str, Any]:
    series = [
        {
            "name": str(light.label),
            "type": "bar",
            "stack": "all",
            "itemStyle": {"color": of_light(light)},
            "data": [row.counts[light].number for row in rows],
        }
        for light in SHOWN
    ]
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0},
        "grid": {"left": 8, "right": 16, "bottom": 8, "top": 36, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": [row.area.short_name for row in rows],
            "axisLabel": {"interval": 0, "hideOverlap": True},
        },
        "yAxis": {"type": "value", "minInterval": 1},
        "series": series,
    }
