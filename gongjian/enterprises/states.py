"""Choices of the enterprises room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EnterpriseStatus(TextChoices):
    """Whether the firm is in business (经营状态)."""

    ACTIVE = "ACTIVE", _("正常经营")
    BUILDING = "BUILDING", _("在建未投产")
    STOPPED = "STOPPED", _("停产")
    NOT_FOUND = "NOT_FOUND", _("失联")
    CLOSED = "CLOSED", _("注销")


class PairingKind(TextChoices):
    """The part of the person paired with a firm (包联关系)."""

    LEADER = "LEADER", _("包联领导")
    OFFICER = "OFFICER", _("首席服务官")


class PeriodKind(TextChoices):
    """The kind of period of a fact (期别)."""

    MONTH = "MONTH", _("月")
    QUARTER = "QUARTER", _("季")
    YEAR = "YEAR", _("年")
    DAY = "DAY", _("时点")


class BatchState(TextChoices):
    """The state of a workbook of facts (导入批次)."""

    PREVIEW = "PREVIEW", _("待确认")
    WRITTEN = "WRITTEN", _("已写入")
    UNDONE = "UNDONE", _("已撤销")


class AskingKind(TextChoices):
    """What kind of question is put to a firm or a unit (问询类型)."""

    FACT = "FACT", _("要数据")
    NOTE = "NOTE", _("走访问要点")
    REPORT = "REPORT", _("要进展")
    WORD = "WORD", _("请企业评价")
