"""Slopes: the places of areas over some months, first place on top."""

from collections.abc import Sequence
from typing import Any

from gongjian.standings.monthly.queries import AreaLine, MonthStandings


def slope_chart(found: MonthStandings, lines: Sequence[AreaLine]) -> dict[str, Any]:
    """Options of the chart of one group; the table beside it says the same."""
    series = [
        {
            "name": line.area.short_name,
            "type": "line",
            "symbolSize": 8,
            "data": list(line.history),
            "endLabel": {"show": True, "formatter": "{a}", "width": 80, "overflow": "break"},
            "labelLayout": {"moveOverlap": "shiftY"},
            "emphasis": {"focus": "series"},
        }
        for line in lines
    ]
    return {
        "tooltip": {"trigger": "axis"},
        "grid": {"left": 32, "right": 84, "bottom": 28, "top": 12},
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": [f"{month:%Y-%m}" for month in found.months],
        },
        "yAxis": {"type": "value", "inverse": True, "min": 1, "max": max(len(lines), 2), "minInterval": 1},
        "series": series,
    }
