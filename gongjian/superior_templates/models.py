"""Superiors' templates an office has kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account, Area
from gongjian.superior_templates.states import LedgerKind


class SuperiorTemplate(models.Model):
    """A blank workbook of a superior (上级表样): the file, and what its headings stand for, kept for the office of an area."""

    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.CASCADE, related_name="+")
    ledger = models.CharField(_("用哪本台账填"), max_length=10, choices=LedgerKind.choices)
    file_name = models.CharField(_("文件名"), max_length=200)
    file = models.BinaryField(_("空表"))
    mark = models.CharField(_("表头摘要"), max_length=64)
    fields = models.JSONField(_("表头对应"), default=dict, blank=True)
    kept_by = models.ForeignKey(
        Account, verbose_name=_("记住的人"), on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField(_("记住的时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("上级表样")
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "ledger", "mark"], name="superior_template_once")
        ]

    def __str__(self) -> str:
        return self.file_name
