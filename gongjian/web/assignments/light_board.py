"""The number of lights in each area, as a table and as a chart."""

from dataclasses import dataclass
from typing import Any

from gongjian.assignments.counts.queries import AreaLights, Tally
from gongjian.assignments.states import Light
from gongjian.people.models import Area
from gongjian.web.colours import of_light

SHOWN = (Light.GREEN, Light.YELLOW, Light.RED, Light.DARK_RED, Light.GREY)


@dataclass(frozen=True)
class Board:
    """The table of lights: one row for each area, one column for each light."""

    lights: list[Light]
    rows: list[AreaLights]
    chart: dict[str, Any]


def board(counted_once: Tally, area: Area | None) -> Board:
    """Build the table and the chart from the same numbers."""
    counted = counted_once.by_area(area)
    lights = list(SHOWN)
    series = [
        {
            "name": str(light.label),
            "type": "bar",
            "stack": "all",
            "itemStyle": {"color": of_light(light)},
            "data": [row.counts[light] for row in counted],
        }
        for light in lights
    ]
    chart = {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0},
        "grid": {"left": 8, "right": 16, "bottom": 8, "top": 36, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": [row.area.short_name for row in counted],
            "axisLabel": {"interval": 0, "hideOverlap": True},
        },
        "yAxis": {"type": "value", "minInterval": 1},
        "series": series,
    }
    return Board(lights, counted, chart)
