"""A campaign, its battles and the targets of areas and units."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.models import Assignment
from gongjian.campaigns.states import ChangeKind, Horizon, MoveKind, Side, TargetState
from gongjian.indicators.models import FigureBatch, Indicator
from gongjian.people.models import Account, Area, Person, Unit


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
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_it_starts"
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
    responsible_person = models.ForeignKey(
        Person,
        verbose_name=_("责任人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="battles",
    )
    indicators = models.ManyToManyField(Indicator, verbose_name=_("指标"), related_name="battles", blank=True)
    order = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("攻坚战")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """What an area, or a unit of it, owes of an indicator by the end of a span of a year (目标), in the indicator's unit.

    Of a flow the sum from January on, of a stock the last month's, of a rate that of the months from January on. `state` is where the
    moves have led; `value` is the amount in force. A target that was withdrawn stays, and counts nowhere.
    """

    battle = models.ForeignKey(
        Battle, verbose_name=_("攻坚战"), on_delete=models.PROTECT, related_name="targets"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="targets"
    )
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="targets")
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("承接单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
    )
    year = models.PositiveSmallIntegerField(_("年份"))
    horizon = models.CharField(_("目标时段"), max_length=14, choices=Horizon.choices)
    value = models.DecimalField(_("目标值"), max_digits=20, decimal_places=4)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级目标"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    responsible_person = models.ForeignKey(
        Person,
        verbose_name=_("责任人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
    )
    gap_unit = models.ForeignKey(
        Unit,
        verbose_name=_("缺口承担单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField(
        _("协商状态"), max_length=10, choices=TargetState.choices, default=TargetState.OPEN
    )
    set_at = models.DateTimeField(_("下达时间"))
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("目标")
        ordering = ["battle", "indicator", "area", "year", "pk"]
        indexes: ClassVar = [models.Index(fields=["area", "year"], name="target_area_year")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["battle", "indicator", "area", "year", "horizon"],
                condition=Q(unit__isnull=True, withdrawn_at__isnull=True),
                name="one_target_of_an_area",
            ),
            models.UniqueConstraint(
                fields=["battle", "indicator", "area", "unit", "year", "horizon"],
                condition=Q(unit__isnull=False, withdrawn_at__isnull=True),
                name="one_target_of_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(horizon__in=Horizon.values), name="target_has_a_span_of_the_year"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("set_at")),
                name="target_withdrawn_after_it_was_set",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.indicator} {self.year} {self.get_horizon_display()}"

    @property
    def holder(self) -> str:
        """Who owes it: a unit, or the area."""
        return str(self.unit or self.area)

    @property
    def months(self) -> int:
        """How many months from January on it spans."""
        return Horizon(self.horizon).months


class TargetMove(models.Model):
    """One step of the agreement on a target (目标协商): who named which amount, accepted or signed, and when."""

    target = models.ForeignKey(Target, verbose_name=_("目标"), on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(_("协商"), max_length=10, choices=MoveKind.choices)
    side = models.CharField(_("哪一方"), max_length=5, choices=Side.choices)
    amount = models.DecimalField(_("数值"), max_digits=20, decimal_places=4, null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    made_by = models.ForeignKey(Account, verbose_name=_("经办人"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("目标协商")
        ordering = ["target", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["PROPOSED", "COUNTERED"], amount__isnull=False)
                | (~Q(kind__in=["PROPOSED", "COUNTERED"]) & Q(amount__isnull=True)),
                name="offer_names_an_amount",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.get_kind_display()}"


class BattleTask(models.Model):
    """A key task of a battle (重点任务), for one of its targets or for all: an assignment with its clock, lights and ladder."""

    battle = models.ForeignKey(
        Battle, verbose_name=_("攻坚战"), on_delete=models.PROTECT, related_name="tasks"
    )
    target = models.ForeignKey(
        Target,
        verbose_name=_("目标"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    topic = models.CharField(_("专题"), max_length=20, blank=True)
    assignment = models.OneToOneField(
        Assignment, verbose_name=_("任务"), on_delete=models.PROTECT, related_name="battle_task"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("攻坚任务")
        ordering = ["battle", "pk"]

    def __str__(self) -> str:
        return f"{self.battle} {self.topic}".strip()


class BoundaryChange(models.Model):
    """Areas that merged, or one that was divided, in the course of a year (区划调整).

    `area` stays: what the others went into, or what they came out of. `replaced` tells which targets follow which, so that all can be
    taken back; the figures it restated are those of `figures`.
    """

    kind = models.CharField(_("调整方式"), max_length=7, choices=ChangeKind.choices)
    area = models.ForeignKey(
        Area, verbose_name=_("保留的地区"), on_delete=models.PROTECT, related_name="boundary_changes"
    )
    others = models.ManyToManyField(Area, verbose_name=_("并入或划出的地区"), related_name="+")
    on = models.DateField(_("调整日期"))
    document = models.CharField(_("批准文号"), max_length=80, blank=True)
    replaced = models.JSONField(_("目标的变化"), default=dict)
    figures = models.ForeignKey(
        FigureBatch, verbose_name=_("重算的数据"), on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(Account, verbose_name=_("经办人"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("时间"))
    taken_back_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("区划调整")
        ordering = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=F("made_at")),
                name="boundaries_taken_back_after_they_changed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.get_kind_display()}"
