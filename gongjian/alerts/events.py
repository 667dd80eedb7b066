"""Events of the alerts room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class AlertEvent(EventName):
    """What can happen to a rule of alerts or an alert."""

    RULE_ADDED = "alert.rule_added", _("新增预警规则：%(rule)s")
    RULE_CHANGED = "alert.rule_changed", _("修改预警规则：%(rule)s")
    HANDED_OVER = "alert.handed_over", _("预警交办：%(alert)s，交%(unit)s，任务%(number)s")
