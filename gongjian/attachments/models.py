"""Attachments: one row for each file, which is stored in the instance's folder under its digest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account


class Attachment(models.Model):
    """A file attached to a record (附件), which is named by kind and key as in the audit trail, without a foreign key."""

    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("对象编号"))
    during = models.PositiveBigIntegerField(_("随哪个事件"), null=True, blank=True)
    name = models.CharField(_("文件名"), max_length=160)
    ending = models.CharField(_("类型"), max_length=8)
    media_type = models.CharField(_("媒体类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    digest = models.CharField(_("摘要"), max_length=64)
    thumbnail = models.CharField(_("缩略图摘要"), max_length=64, blank=True)
    width = models.PositiveIntegerField(_("宽"), null=True, blank=True)
    height = models.PositiveIntegerField(_("高"), null=True, blank=True)
    added_by = models.ForeignKey(
        Account, verbose_name=_("上传人"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("上传时间"))
    removed_by = models.ForeignKey(
        Account, verbose_name=_("撤下人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("附件")
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="attachment_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_by__isnull=True, removed_at__isnull=True)
                | models.Q(removed_by__isnull=False, removed_at__isnull=False),
                name="attachment_removed_by_someone_at_some_time",
            )
        ]

    def __str__(self) -> str:
        return self.name
