"""The chart of a target: what is done, what is usual by then, what the calendar says, the target, the forecast."""

from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit.wording import words
from gongjian.campaigns.models import Target
from gongjian.campaigns.targets.course import Course
from gongjian.indicators.states import Nature
from gongjian.web.indicators.months import month_in_words


def course_chart(target: Target, course: Course) -> dict[str, Any]:
    """The option of the chart; the table beside it says the same."""
    ending = course.endings[0]
    months = [month_in_words(line.month, joined=target.indicator.joined) for line in course.lines]
    lines = [
        _series(_("实际"), [line.done for line in course.lines]),
        _series(_("往年同期进度"), [line.usual for line in course.lines], type="dashed"),
        _series(_("时间进度"), [line.linear for line in course.lines], type="dotted"),
        _series(_("目标"), [None] * (len(months) - 1) + [target.value], symbol="diamond", symbolSize=12),
    ]
    if ending.forecast is not None and ending.forecast.method != "known":
        said = [ending.forecast.low, ending.forecast.forecast, ending.forecast.high]
        for name, value in zip((_("预测低值"), _("预测"), _("预测高值")), said, strict=True):
            lines.append(_series(name, [None] * (len(months) - 1) + [round(value, 2)], symbolSize=9))
    shown = [line for line in lines if any(value is not None for value in line["data"])]
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0, "type": "scroll"},
        "grid": {"left": 64, "right": 24, "bottom": 28, "top": 58},
        "xAxis": {"type": "category", "data": months},
        "yAxis": {
            "type": "value",
            "name": words(target.indicator.unit),
            "scale": target.indicator.nature != Nature.FLOW,
        },
        "series": shown,
    }


def _series(name: str, values: list[Any], **look: Any) -> dict[str, Any]:
    style = {"lineStyle": {"type": look.pop("type")}} if "type" in look else {}
    data = [None if value is None else str(value) for value in values]
    return {"name": name, "type": "line", "connectNulls": True, "data": data} | style | look
