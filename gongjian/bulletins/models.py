"""Bulletins and the numbers in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account, Area


class BulletinKind(models.TextChoices):
    """Kind of a bulletin (种类)."""

    BRIEF = "BRIEF", _("简报")
    NOTICE = "NOTICE", _("通报")
    SPECIAL = "SPECIAL", _("专报")


class PaperKind(models.TextChoices):
    """Kind of a paper an office may have a template of its own for."""

    BRIEF = "BRIEF", _("简报")
    NOTICE = "NOTICE", _("通报")
    SPECIAL = "SPECIAL", _("专报")
    SLIP = "SLIP", _("交办单")


class Bulletin(models.Model):
    """One issue (期): everything needed to build the same file again."""

    kind = models.CharField(_("种类"), max_length=8, choices=BulletinKind.choices, default=BulletinKind.BRIEF)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="bulletins")
    year = models.PositiveSmallIntegerField(_("年度"))
    issue = models.PositiveIntegerField(_("期号"))
    title = models.CharField(_("标题"), max_length=120)
    period_from = models.DateField(_("统计起"))
    period_to = models.DateField(_("统计止"))
    as_of = models.DateTimeField(_("数据截至"))
    content = models.JSONField(_("正文"), default=dict)
    made_by = models.ForeignKey(Account, verbose_name=_("编制人"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("编制时间"))
    edited_by = models.ForeignKey(
        Account, verbose_name=_("修改人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by = models.ForeignKey(
        Account, verbose_name=_("核签人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("核签时间"), null=True, blank=True)
    issued_at = models.DateTimeField(_("印发时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("简报通报")
        ordering = ["-year", "-issue"]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "year", "issue"], name="bulletin_issue_once"),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True, signed_at__isnull=True)
                | models.Q(signed_by__isnull=False, signed_at__isnull=False),
                name="bulletin_signed_by_someone_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BulletinVersion(models.Model):
    """What a bulletin said when it was saved (版本)."""

    bulletin = models.ForeignKey(
        Bulletin, verbose_name=_("简报"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("版本号"))
    title = models.CharField(_("标题"), max_length=120)
    issue = models.PositiveIntegerField(_("期号"))
    content = models.JSONField(_("正文"), default=dict)
    saved_by = models.ForeignKey(
        Account, verbose_name=_("保存人"), on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("简报版本")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "number"], name="bulletin_version_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class BulletinNumber(models.Model):
    """One number in a bulletin (数字), with the query behind it and the records it counted."""

    bulletin = models.ForeignKey(
        Bulletin, verbose_name=_("简报"), on_delete=models.CASCADE, related_name="numbers"
    )
    anchor = models.CharField(_("书签"), max_length=40)
    label = models.CharField(_("含义"), max_length=120)
    value = models.CharField(_("数值"), max_length=40)
    query = models.JSONField(_("查询条件"), default=dict)
    rows = models.JSONField(_("所计行"), default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("简报数字")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "anchor"], name="number_anchor_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.value}"


class PaperTemplate(models.Model):
    """An office's own Word template for a kind of paper (模板); withdrawn, it stays to be looked at."""

    area = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="paper_templates"
    )
    kind = models.CharField(_("用于"), max_length=8, choices=PaperKind.choices)
    name = models.CharField(_("文件名"), max_length=160)
    content = models.BinaryField(_("内容"))
    added_by = models.ForeignKey(
        Account, verbose_name=_("上传人"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("上传时间"))
    withdrawn_by = models.ForeignKey(
        Account, verbose_name=_("停用人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("本办模板")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="paper_template_in_force_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="paper_template_withdrawn_by_someone_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name
