"""Imported ledgers, what each of them wrote, and the headings an office has taught."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.imports.states import ImportKind, ImportState
from gongjian.people.models import Account, Area


class ImportBatch(models.Model):
    """One ledger that was uploaded (导入批次): previewed first, then written as a whole, and taken back as a whole."""

    kind = models.CharField(_("台账种类"), max_length=10, choices=ImportKind.choices)
    state = models.CharField(
        _("状态"), max_length=8, choices=ImportState.choices, default=ImportState.PREVIEW
    )
    file_name = models.CharField(_("文件名"), max_length=200)
    file = models.BinaryField(_("原文件"))
    digest = models.CharField(_("文件摘要"), max_length=64, db_index=True)
    sheets = models.JSONField(_("工作表"), default=list, blank=True)
    headings = models.JSONField(_("指定的列"), default=dict, blank=True)
    decisions = models.JSONField(_("名称的处理"), default=dict, blank=True)
    confirmed_rows = models.JSONField(_("确认无误的行"), default=list, blank=True)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(
        Account, verbose_name=_("上传人"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    written_at = models.DateTimeField(_("写入时间"), null=True, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    done = models.PositiveIntegerField(_("已写行数"), default=0)
    to_write = models.PositiveIntegerField(_("要写行数"), default=0)
    begun_at = models.DateTimeField(_("开始写入"), null=True, blank=True)
    told_at = models.DateTimeField(_("最近进展"), null=True, blank=True)
    counts = models.JSONField(_("各类行数"), default=dict, blank=True)
    refusals = models.JSONField(_("没有写入的行"), default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("导入批次")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[ImportState.PREVIEW, ImportState.WRITING])
                | models.Q(written_at__isnull=False),
                name="import_written_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ImportState.WRITING)
                | models.Q(begun_at__isnull=False, told_at__isnull=False),
                name="import_being_written_has_begun",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ImportState.UNDONE) | models.Q(undone_at__isnull=False),
                name="import_undone_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedRecord(models.Model):
    """One record that an import created or changed (导入的记录), with the values before, so that it can be taken back."""

    OUTLIVES_SUBJECT: ClassVar[bool] = True

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("导入批次"), on_delete=models.CASCADE, related_name="records"
    )
    sheet = models.CharField(_("工作表"), max_length=60, blank=True)
    row = models.PositiveIntegerField(_("行"))
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("对象编号"))
    created = models.BooleanField(_("新建的"))
    before = models.JSONField(_("原值"), default=dict, blank=True)
    after = models.JSONField(_("写入的值"), default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("导入的记录")
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="imported_subject")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"


class LearntHeading(models.Model):
    """What a heading means in the ledgers of an office (记住的表头): learnt when an import with it was written."""

    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("台账种类"), max_length=10, choices=ImportKind.choices)
    heading = models.CharField(_("表头"), max_length=120)
    field = models.CharField(_("对应的内容"), max_length=30, blank=True)
    learnt_at = models.DateTimeField(_("记住的时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("记住的表头")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "heading"], name="heading_learnt_once")
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"
