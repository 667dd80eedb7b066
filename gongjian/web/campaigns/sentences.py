"""How far a target is, why its light is what it is, in sentences."""

from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.audit.wording import words
from gongjian.campaigns.queries import TargetLine
from gongjian.campaigns.rules import Why
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
    unit = words(line.target.indicator.unit)
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
