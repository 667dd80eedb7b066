"""What an alert says, and the task it proposes, in sentences."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.alerts.queries import Alert
from gongjian.alerts.states import Measure
from gongjian.audit.wording import words
from gongjian.web.indicators.months import month_in_words


def number(value: Decimal) -> str:
    """A value with at most one digit, without needless noughts."""
    return f"{value.quantize(Decimal('0.1')).normalize():f}"


def why(alert: Alert) -> str:
    """Why the alert is there, in one sentence: what was measured, and the line of the table it fell under."""
    change = _("同比变差 %(value)s 个百分点") if alert.indicator.in_points else _("同比变差 %(value)s%%")
    months = int(alert.value)
    said = {
        Measure.BEHIND_POINTS: _("落后序时进度 %(value)s 个百分点"),
        Measure.BEHIND_SHARE: _("比序时进度低 %(value)s%%"),
        Measure.COMPLETION: _("只完成应完成数的 %(value)s%%"),
        Measure.MONTHS_MISSED: ngettext(
            "连续 %(n)s 个月没有完成月度任务", "连续 %(n)s 个月没有完成月度任务", months
        ),
        Measure.CHANGE: change,
        Measure.MONTHS_WORSE: ngettext("连续 %(n)s 个月同比变差", "连续 %(n)s 个月同比变差", months),
        Measure.MONTHS_LATE: ngettext("连续 %(n)s 个月没有报数据", "连续 %(n)s 个月没有报数据", months),
    }[Measure(alert.rule.measure)]
    shown = -alert.value if alert.rule.measure == Measure.CHANGE else alert.value
    return said % {"value": number(shown), "n": months}


def about(alert: Alert) -> str:
    """The area, the indicator and the month."""
    month = month_in_words(alert.month, joined=alert.indicator.joined)
    span = f" {alert.target.get_horizon_display()}" if alert.target else ""
    return f"{alert.area} {alert.indicator.label}{span} {month}"


def task_of(alert: Alert) -> str:
    """The text of the task that is proposed."""
    facts = {"about": about(alert), "why": why(alert), "follow_up": words(alert.rule.follow_up)}
    return _("%(about)s：%(why)s。请%(follow_up)s，并按时报告结果。") % facts
