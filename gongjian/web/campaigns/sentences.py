"""How far a target is, why its light is what it is, in sentences."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.audit.wording import unit_behind
from gongjian.campaigns.models import Target
from gongjian.campaigns.passing_on.queries import Below
from gongjian.campaigns.queries import TargetLine
from gongjian.campaigns.rules import Why
from gongjian.campaigns.states import Horizon
from gongjian.campaigns.targets.course import Course, Ending
from gongjian.engines.cascade.exact import BadCascade
from gongjian.engines.forecast.pace import points
from gongjian.indicators.states import Nature
from gongjian.web.indicators.months import month_in_words
from gongjian.web.templatetags.figures import figure


def percent(share: Decimal | None) -> str:
    """A share as per cent with one digit; — where it is unknown."""
    return "—" if share is None else f"{points(share, 1):f}%"


def why_light(line: TargetLine) -> str:
    """Why a target has its light, in one sentence."""
    return {
        Why.NO_FIGURE: _("今年还没有数据，不能判断。"),
        Why.NO_PACE: _("有数据，但没有可比的进度。"),
        Why.SEASONAL: _("到%(month)s完成 %(done)s，占%(of)s %(share)s；往年到此时占 %(due)s，%(lead)s。"),
        Why.LINEAR: _("到%(month)s为 %(done)s，占%(of)s %(share)s；按时间应占 %(due)s，%(lead)s。"),
        Why.DIRECT: _("到%(month)s为 %(done)s，目标 %(value)s。"),
        Why.OVER: _("时段已满，为 %(done)s，目标 %(value)s。"),
    }[line.reading.why] % _facts(line)


def _facts(line: TargetLine) -> dict[str, str]:
    unit = unit_behind(line.target.indicator.unit)
    pace, stock = line.reading.pace, line.target.indicator.nature == Nature.STOCK
    return {
        "month": month_in_words(line.month, joined=line.target.indicator.joined) if line.month else "",
        "done": f"{figure(line.done)} {unit}",
        "value": f"{figure(line.target.value)} {unit}",
        "of": _("年初到目标的增量") if stock else _("目标"),
        "share": percent(line.completion),
        "due": percent(pace.due if pace else None),
        "lead": lead_in_words(pace.lead) if pace else "",
    }


def lead_in_words(lead: Decimal) -> str:
    """How far something is ahead of its pace or behind, in points."""
    said = {"points": f"{abs(points(lead, 1)):f}"}
    if not points(lead, 1):
        return _("正好持平")
    return _("快 %(points)s 个百分点") % said if lead > 0 else _("慢 %(points)s 个百分点") % said


def rough(value: float) -> str:
    """A forecast as it is told: no more digits than it can claim."""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2  # noqa: PLR2004  three or four figures
    return f"{value:,.{digits}f}"


def endings_in_words(target: Target, course: Course) -> list[tuple[Ending, list[str]]]:
    """For each span of the course the sentences that say where it will end."""
    return [(ending, _ending_in_words(target, ending)) for ending in course.endings]


def _ending_in_words(target: Target, ending: Ending) -> list[str]:
    if ending.forecast is None:
        return [_why_no_forecast(ending.why_not)]
    unit, found = unit_behind(target.indicator.unit), ending.forecast
    facts = {
        "span": Horizon(ending.horizon).label,
        "forecast": rough(found.forecast),
        "low": rough(found.low),
        "high": rough(found.high),
        "unit": unit,
    }
    if found.method == "known":
        return [_("%(span)s已经结束，为 %(forecast)s %(unit)s。") % facts]
    said = [_("预计%(span)s %(forecast)s %(unit)s，八成可能在 %(low)s 至 %(high)s 之间。") % facts]
    return said + _chance(ending, unit)


def _chance(ending: Ending, unit: str) -> list[str]:
    """The chance of the target and what it still needs, in plain sentences."""
    if ending.chance is None:
        return []
    said = [_("达到目标的可能约 %(chance)s。") % {"chance": in_tenths(ending.chance)}]
    if ending.needed and ending.days:
        facts = {"needed": rough(ending.needed), "days": ending.days, "unit": unit}
        said.append(_("还剩 %(days)s 个工作日，每个工作日要完成 %(needed)s %(unit)s。") % facts)
    if ending.needed and ending.pace is not None:
        said.append(
            _("今年以来每个工作日完成 %(pace)s %(unit)s。") % {"pace": rough(ending.pace), "unit": unit}
        )
    return said


def in_tenths(chance: float) -> str:
    """A chance as people say it: never nought or a hundred."""
    return _("不到 5%") if chance < 0.05 else _("95% 以上") if chance > 0.95 else f"{round(chance * 20) * 5}%"  # noqa: PLR2004  what a forecast can claim


def _why_no_forecast(code: str) -> str:
    return {
        "rate": _("比率不作预测，看现值和目标的差。"),
        "span": _("1—2 月只有一个数，报出即见分晓，不作预测。"),
        "no_figure": _("今年还没有数据，不能预测。"),
        "short": _("历史不足一个完整年份，不能预测。"),
        "gap": _("今年的数据有缺，又没有上年同月可推算，不能预测。"),
    }.get(code) or _("数据多为零或正负相抵，推不出结果。")


def shortfalls(parts: Sequence[TargetLine]) -> list[tuple[TargetLine, Decimal | None]]:
    """The parts of a target, those first that are furthest behind what is due by now, with how much that is."""
    told = [(line, _behind(line)) for line in parts]
    return sorted(told, key=lambda each: -(each[1] or Decimal(0)))


def _behind(line: TargetLine) -> Decimal | None:
    """How much a part is behind its pace, in the unit of the indicator; None where there is no pace."""
    pace = line.reading.pace
    if pace is None or line.target.indicator.nature != Nature.FLOW:
        return None
    return max(line.target.value * (pace.due - pace.completion), Decimal(0)).quantize(Decimal("0.01"))


def why_no_split(bad: BadCascade, start: Below) -> str:
    """Why a target cannot be split this way, and what to do."""
    names = {part.key: str(part.holder) for part in start.parts}
    keys = str(bad.values.get("areas", "")).split(", ")
    areas = _("、").join(names.get(key, key) for key in keys if key)
    return {
        "missing_base": _("%(areas)s没有上年的数，不能这样分。请先补数据，或按手填。"),
        "negative_base": _("%(areas)s上年的数小于零，不能按它分。请按手填。"),
        "no_base": _("上年的数都是零，不能按它分。请按手填。"),
        "no_headroom": _("都没有可增加的量。请填潜力，或换一种方法。"),
        "falls": _("目标低于上年合计，潜力只说谁能多增。请换一种方法。"),
        "nothing_to_split_over": _("下面没有地区或单位可分。"),
    }.get(bad.code, _("这样分不了。请按手填。")) % {"areas": areas}
