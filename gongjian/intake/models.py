"""Reports that came in, and the drafts made of them. Nothing here is in the ledger until a clerk confirms it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account, Area

NOT_WRITTEN = ("sectors", "projects", "about")  # read for the clerk's eye; confirming writes them nowhere


def least_confidence(fields: dict[str, dict[str, Any]]) -> int | None:
    """The confidence of the least certain of these values, without those that are written nowhere."""
    return min(
        (
            cell["confidence"]
            for name, cell in fields.items()
            if "confidence" in cell and name not in NOT_WRITTEN
        ),
        default=None,
    )


class DraftKind(models.TextChoices):
    """What a draft would become (草稿类型)."""

    MEETING = "MEETING", _("会议")
    VISIT = "VISIT", _("走访")
    PERSON = "PERSON", _("人员职务")
    STATEMENT = "STATEMENT", _("讲话")
    COMMITMENT = "COMMITMENT", _("承诺要求")
    HONOUR = "HONOUR", _("表彰")
    PROBLEM = "PROBLEM", _("企业问题")


class DraftState(models.TextChoices):
    """Waiting, confirmed, or dropped (状态)."""

    PENDING = "PENDING", _("待确认")
    CONFIRMED = "CONFIRMED", _("已确认")
    DROPPED = "DROPPED", _("已舍弃")


class Article(models.Model):
    """A report as it came in (来稿)."""

    title = models.CharField(_("标题"), max_length=200)
    source = models.CharField(_("来源"), max_length=100, blank=True)
    published_on = models.DateField(_("刊发日期"), null=True, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    text = models.TextField(_("全文"))
    digest = models.CharField(_("摘要"), max_length=64, db_index=True)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="articles")
    taken_in_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    taken_in_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("来稿")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Draft(models.Model):
    """One entry proposed from a report (草稿), each value with its source sentence and confidence.

    `fields` maps field name -> {"value", "start", "end", "sentence", "confidence", "by"}; "read" keeps the value and the
    confidence of the reader where a clerk typed another, "picked" which record a printed name means, by name.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("来稿"), on_delete=models.CASCADE, related_name="drafts"
    )
    kind = models.CharField(_("类型"), max_length=12, choices=DraftKind.choices)
    order = models.PositiveIntegerField(_("顺序"), default=0)
    fields = models.JSONField(_("内容"), default=dict)
    state = models.CharField(
        _("状态"), max_length=10, choices=DraftState.choices, default=DraftState.PENDING, db_index=True
    )
    decided_by = models.ForeignKey(
        Account, verbose_name=_("确认人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    result_kind = models.CharField(_("写入对象类型"), max_length=40, blank=True)
    result_id = models.PositiveBigIntegerField(_("写入对象编号"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("草稿")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="PENDING", decided_at__isnull=True)
                | models.Q(~models.Q(state="PENDING"), decided_at__isnull=False),
                name="draft_decided_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order}"

    @property
    def confidence(self) -> int | None:
        """The confidence of the least certain value that confirming writes; None when no value has one."""
        return least_confidence(self.fields)
