"""Choices of targets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gongjian.engines.cascade.negotiation import State


class Horizon(TextChoices):
    """Up to where in the year a target reaches (高起步, 开门红, 全年红); January is never reported alone."""

    JAN_FEB = "JAN_FEB", _("1—2月")
    Q1 = "Q1", _("一季度")
    HALF = "HALF", _("上半年")
    THREE_QUARTERS = "THREE_QUARTERS", _("前三季度")
    FULL_YEAR = "FULL_YEAR", _("全年")

    @property
    def months(self) -> int:
        """Its last month, and so how many months from January it spans."""
        return MONTHS[self]


MONTHS = {
    Horizon.JAN_FEB: 2,
    Horizon.Q1: 3,
    Horizon.HALF: 6,
    Horizon.THREE_QUARTERS: 9,
    Horizon.FULL_YEAR: 12,
}


class TargetState(TextChoices):
    """Where the agreement on a target stands (协商状态)."""

    OPEN = State.OPEN.value, _("未下达")
    PROPOSED = State.PROPOSED.value, _("已下达，待回复")
    COUNTERED = State.COUNTERED.value, _("有异议，待答复")
    AGREED = State.AGREED.value, _("已认可")
    SIGNED = State.SIGNED.value, _("已签责任书")


class MoveKind(TextChoices):
    """One step of that agreement (协商)."""

    PROPOSED = "PROPOSED", _("下达")
    COUNTERED = "COUNTERED", _("提出异议")
    AGREED = "AGREED", _("认可")
    SIGNED = "SIGNED", _("签订责任书")
    REOPENED = "REOPENED", _("重新协商")


class Side(TextChoices):
    """Who made the step."""

    ABOVE = "ABOVE", _("下达方")
    BELOW = "BELOW", _("承接方")


class ChangeKind(TextChoices):
    """How boundaries change (区划调整)."""

    MERGED = "MERGED", _("合并")
    DIVIDED = "DIVIDED", _("拆分")
