"""Choices of the rules of alerts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Measure(TextChoices):
    """What a rule looks at (看什么); all of them grow worse upwards but the completion and the change."""

    BEHIND_POINTS = "BEHIND_POINTS", _("落后序时进度（百分点）")
    BEHIND_SHARE = "BEHIND_SHARE", _("低于序时进度（%）")
    COMPLETION = "COMPLETION", _("达到应完成数（%）")
    MONTHS_MISSED = "MONTHS_MISSED", _("连续未完成月度任务（个月）")
    CHANGE = "CHANGE", _("同比（%，比率为百分点，变差为负）")
    MONTHS_WORSE = "MONTHS_WORSE", _("同比连续变差（个月）")
    MONTHS_LATE = "MONTHS_LATE", _("连续未报数据（个月）")
    NOT_STARTED = "NOT_STARTED", _("项目到期未开工（个月）")
    NOT_IN_STATISTICS = "NOT_IN_STATISTICS", _("项目开工后未入库（个月）")
    FUNDS_SHORT = "FUNDS_SHORT", _("项目资金低于序时要求（百分点）")


OF_TARGETS = (Measure.BEHIND_POINTS, Measure.BEHIND_SHARE, Measure.COMPLETION, Measure.MONTHS_MISSED)
OF_PROJECTS = (Measure.NOT_STARTED, Measure.NOT_IN_STATISTICS, Measure.FUNDS_SHORT)


class Comparison(TextChoices):
    """How a value is compared with the threshold (比较)."""

    OVER = "OVER", _("大于")
    FROM = "FROM", _("大于等于")
    UP_TO = "UP_TO", _("小于等于")
    UNDER = "UNDER", _("小于")


class AlertLight(TextChoices):
    """The light a rule turns on (亮灯)."""

    YELLOW = "YELLOW", _("黄灯")
    ORANGE = "ORANGE", _("橙灯")
    RED = "RED", _("红灯")
