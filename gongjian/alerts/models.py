"""The rules of alerts as rows, and the task an alert became."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.alerts.states import AlertLight, Comparison, Measure
from gongjian.assignments.models import Assignment
from gongjian.campaigns.models import Target
from gongjian.indicators.models import Indicator
from gongjian.people.models import Area


class AlertRule(models.Model):
    """One line of a table of lights (预警规则): from which value on which light, and what follows.

    Lines of one `scheme` and `measure` are one table. Where a table has lines of an indicator, these alone hold of it.
    """

    scheme = models.CharField(_("规则名称"), max_length=40)
    document = models.CharField(_("依据"), max_length=200)
    measure = models.CharField(_("看什么"), max_length=20, choices=Measure.choices)
    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("只用于指标"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    comparison = models.CharField(_("比较"), max_length=6, choices=Comparison.choices)
    threshold = models.DecimalField(_("界限"), max_digits=12, decimal_places=4)
    light = models.CharField(_("亮灯"), max_length=6, choices=AlertLight.choices)
    follow_up = models.CharField(_("怎么办"), max_length=100)
    in_force = models.BooleanField(_("启用"), default=True)
    order = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("预警规则")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        said = f"{self.get_comparison_display()} {self.threshold.normalize():f}"
        return f"{self.scheme} {said} {self.get_light_display()}"


class AlertTask(models.Model):
    """The task an alert became (预警任务). `alert` names the alert; the same one becomes a task only once."""

    alert = models.CharField(_("预警"), max_length=80, unique=True)
    scheme = models.CharField(_("规则名称"), max_length=40)
    measure = models.CharField(_("看什么"), max_length=20, choices=Measure.choices)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="+"
    )
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(
        Target, verbose_name=_("目标"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    month = models.DateField(_("月份"))
    light = models.CharField(_("亮灯"), max_length=6, choices=AlertLight.choices)
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=4)
    assignment = models.OneToOneField(
        Assignment, verbose_name=_("任务"), on_delete=models.PROTECT, related_name="alert"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("预警任务")
        ordering = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["area", "month"], name="alert_task_area_month")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.area} {self.indicator} {self.month:%Y-%m}"
