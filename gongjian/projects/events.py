"""Events of the project ledger."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class ProjectEvent(EventName):
    """What can happen to a project."""

    REGISTERED = "project.registered", _("登记项目%(title)s")
    CHANGED = "project.changed", _("更正：%(changed)s")
    INVESTED = "project.invested", _("登记%(first)s的%(series)s：%(new)s万元")
    INVESTED_MONTHS = (
        "project.invested_months",
        _("登记%(first)s至%(last)s的%(series)s，合计%(new)s万元"),
    )
    INVESTMENT_RESTATED = (
        "project.investment_restated",
        _("更正%(first)s的%(series)s：%(old)s改为%(new)s万元，理由：%(reason)s"),
    )
    STAGE_REACHED = "project.stage_reached", _("进入%(stage)s阶段（原为%(before)s）")
    STAGE_LOST = "project.stage_lost", _("退回%(stage)s阶段（原为%(before)s），缺%(missing)s")
