"""Choices of the project ledger."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectKind(TextChoices):
    """Whether a project begins this year, goes on, or is being prepared (建设性质)."""

    NEW = "NEW", _("新建")
    CONTINUED = "CONTINUED", _("续建")
    PREPARATORY = "PREPARATORY", _("前期")


class Stage(TextChoices):
    """How far a project is (阶段); what each wants stands in `stages.toml`."""

    PLANNED = "PLANNED", _("谋划")
    SIGNED = "SIGNED", _("签约")
    APPROVED = "APPROVED", _("立项")
    STARTED = "STARTED", _("开工")
    BUILDING = "BUILDING", _("在建")
    COMPLETED = "COMPLETED", _("竣工")
    PRODUCING = "PRODUCING", _("投产")
    IN_STATISTICS = "IN_STATISTICS", _("入统")
    AT_CAPACITY = "AT_CAPACITY", _("达效")


class Series(TextChoices):
    """Whose amount of a month it is (投资口径); they never overwrite each other."""

    PLAN = "PLAN", _("月计划")
    REPORTED = "REPORTED", _("调度数")
    OFFICIAL = "OFFICIAL", _("统计数")


# What is not one field of the project.
PARTS = {"owner": _("项目单位（企业或单位）"), "funds": _("资金来源")}
