"""The curve of a project's year: planned, reported and official sums, linear pace beside them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.forecast.months import MONTHS
from gongjian.projects.investment.queries import MonthLine
from gongjian.projects.states import Series
from gongjian.web.indicators.months import month_in_words


def investment_chart(lines: Sequence[MonthLine], year_plan: Decimal | None) -> dict[str, Any]:
    """The option of the chart; the table beside it says the same."""
    series = [_series(str(of.label), [line.sums[of] for line in lines]) for of in Series]
    if year_plan:
        pace = [(year_plan * line.month.month / MONTHS).quantize(Decimal(1)) for line in lines]
        series.append(_series(_("时间进度"), pace, type="dotted"))
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0, "type": "scroll"},
        "grid": {"left": 64, "right": 24, "bottom": 28, "top": 58},
        "xAxis": {"type": "category", "data": [month_in_words(line.month) for line in lines]},
        "yAxis": {"type": "value", "name": _("万元")},
        "series": [one for one in series if any(value is not None for value in one["data"])],
    }


def _series(name: str, values: Sequence[Decimal | None], **look: Any) -> dict[str, Any]:
    style = {"lineStyle": {"type": look.pop("type")}} if "type" in look else {}
    data = [None if value is None else str(value) for value in values]
    return {"name": name, "type": "line", "data": data} | style
