"""Complaints and their answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.complaints.states import ComplaintKind, ComplaintOutcome
from gongjian.people.models import Account, Area, Unit


class Complaint(models.Model):
    """One complaint or suggestion (投诉建议).

    A nameless one has no account, the whole city as its area, and a receipt code.
    """

    kind = models.CharField(_("投诉类型"), max_length=10, choices=ComplaintKind.choices)
    text = models.TextField(_("内容"))
    page = models.CharField(_("所在页面"), max_length=200, blank=True)
    about_unit = models.ForeignKey(
        Unit, verbose_name=_("涉及单位"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="complaints"
    )
    made_by = models.ForeignKey(
        Account,
        verbose_name=_("投诉人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
    )
    receipt = models.CharField(_("查询码摘要"), max_length=64, blank=True, db_index=True)
    made_on = models.DateField(_("收到日期"), db_index=True)
    due_on = models.DateField(_("答复时限"))
    outcome = models.CharField(_("答复结论"), max_length=10, choices=ComplaintOutcome.choices, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(
        Account, verbose_name=_("答复人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)

    round = models.PositiveSmallIntegerField(_("轮次"), default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("投诉建议")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, answered_by__isnull=True, outcome="")
                | models.Q(answered_on__isnull=False, answered_by__isnull=False) & ~models.Q(outcome=""),
                name="complaint_answered_by_someone_some_day",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def number(self) -> str:
        """Number of the complaint (编号)."""
        return f"TS{self.made_on:%Y}-{self.pk:05d}"


class EarlierAnswer(models.Model):
    """An answer that was not accepted (以前的答复), and why the complaint was reopened."""

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("投诉建议"), on_delete=models.CASCADE, related_name="earlier"
    )
    round = models.PositiveSmallIntegerField(_("轮次"))
    outcome = models.CharField(_("答复结论"), max_length=10, choices=ComplaintOutcome.choices)
    answer = models.TextField(_("答复"))
    answered_by = models.ForeignKey(
        Account, verbose_name=_("答复人"), on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(_("答复日期"))
    reason = models.TextField(_("重开理由"))
    reopened_on = models.DateField(_("重开日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("以前的答复")
        ordering = ["complaint", "round"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "round"], name="earlier_answer_once_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}:{self.round}"
