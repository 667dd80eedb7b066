"""A survey among firms and its ballot box: one row of counts, so that no row, number or moment belongs to one answer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Area


class ConfidenceSurvey(models.Model):
    """A survey of the firms of an area (信心调查). `asked` is how many firms each group had when it was opened."""

    name = models.CharField(_("名称"), max_length=60)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="surveys")
    opens_on = models.DateField(_("开始"))
    closes_on = models.DateField(_("截止"))
    asked = models.JSONField(_("调查企业数"), default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("信心调查")
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BallotBox(models.Model):
    """All answers of a survey in one row (票箱): counts by group, and the marks of those who answered, in alphabetical order.

    A mark is a keyed digest of firm and survey; its key is not in the database. Nothing here has an order or a time.
    """

    survey = models.OneToOneField(
        ConfidenceSurvey, verbose_name=_("信心调查"), on_delete=models.CASCADE, related_name="box"
    )
    counts = models.JSONField(_("计数"), default=dict)
    marks = models.JSONField(_("已答标记"), default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("票箱")

    def __str__(self) -> str:
        return str(self.survey)
