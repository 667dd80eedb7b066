"""A campaign and its battles."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Area, Unit


class Campaign(models.Model):
    """A year's campaign of an area (全力拼经济)."""

    name = models.CharField(_("名称"), max_length=80)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="campaigns")
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"))

    class Meta:
        verbose_name = verbose_name_plural = _("攻坚行动")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaign_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Battle(models.Model):
    """One of the campaign's battles (攻坚战)."""

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("攻坚行动"), on_delete=models.CASCADE, related_name="battles"
    )
    name = models.CharField(_("名称"), max_length=60)
    lead_unit = models.ForeignKey(
        Unit,
        verbose_name=_("牵头单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="battles",
    )
    order = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("攻坚战")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
