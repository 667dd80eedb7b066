"""The record of a major project."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.campaigns.models import Battle
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.projects.states import ProjectKind, Series, Stage

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "null": True, "blank": True}


class Project(models.Model):
    """One major project (重点项目). Amounts are in 万元; blank is unknown, which is not zero.

    `stage` follows from the other fields (`rules.standing`): services write it in the transaction of the change.
    """

    name = models.CharField(_("项目名称"), max_length=120)
    code = models.CharField(_("项目代码"), max_length=40, blank=True)
    area = models.ForeignKey(
        Area, verbose_name=_("责任地区"), on_delete=models.PROTECT, related_name="projects"
    )
    stat_area = models.ForeignKey(
        Area,
        verbose_name=_("建设地点（统计区划）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects_built_here",
    )
    enterprise = models.ForeignKey(
        Enterprise,
        verbose_name=_("项目单位（企业）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
    )
    owner_unit = models.ForeignKey(
        Unit,
        verbose_name=_("项目单位（机关事业单位）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects_owned",
    )
    kind = models.CharField(
        _("建设性质"), max_length=12, choices=ProjectKind.choices, default=ProjectKind.NEW
    )
    industry = models.CharField(_("所属行业"), max_length=60, blank=True)
    content = models.TextField(_("建设规模及内容"), blank=True)
    first_year = models.PositiveSmallIntegerField(_("开始年份"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("结束年份"), null=True, blank=True)
    total_investment = models.DecimalField(_("总投资（万元）"), **MONEY)
    fiscal_funds = models.DecimalField(_("财政资金（万元）"), **MONEY)
    own_funds = models.DecimalField(_("自有资金（万元）"), **MONEY)
    loans = models.DecimalField(_("银行贷款（万元）"), **MONEY)
    other_funds = models.DecimalField(_("其他资金（万元）"), **MONEY)
    year_plan = models.DecimalField(_("本年计划投资（万元）"), **MONEY)
    batch = models.CharField(_("三个一批批次"), max_length=40, blank=True)
    battle = models.ForeignKey(
        Battle,
        verbose_name=_("攻坚战"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
    )
    lead_unit = models.ForeignKey(
        Unit,
        verbose_name=_("责任单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
    )
    leader = models.ForeignKey(
        Person,
        verbose_name=_("包联领导"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects_paired",
    )
    responsible_person = models.ForeignKey(
        Person,
        verbose_name=_("责任人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
    )
    signed_on = models.DateField(_("签约日期"), null=True, blank=True)
    approved_on = models.DateField(_("立项（备案、核准）日期"), null=True, blank=True)
    start_planned_on = models.DateField(_("计划开工日期"), null=True, blank=True)
    broke_ground_on = models.DateField(_("实际开工日期"), null=True, blank=True)
    main_works_on = models.DateField(_("主体施工日期"), null=True, blank=True)
    completion_planned_on = models.DateField(_("计划竣工日期"), null=True, blank=True)
    completed_on = models.DateField(_("实际竣工日期"), null=True, blank=True)
    in_production_on = models.DateField(_("投产日期"), null=True, blank=True)
    in_statistics_on = models.DateField(_("入统日期"), null=True, blank=True)
    at_capacity_on = models.DateField(_("达效日期"), null=True, blank=True)
    stage = models.CharField(
        _("阶段"), max_length=14, choices=Stage.choices, default=Stage.PLANNED, db_index=True
    )
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("重点项目")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="project_code_once"),
            models.CheckConstraint(
                condition=Q(enterprise__isnull=True) | Q(owner_unit__isnull=True),
                name="project_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Investment(models.Model):
    """What one month of a project came to in one series (投资), in 10,000 yuan; a newer value supersedes it, and it stays."""

    project = models.ForeignKey(
        Project, verbose_name=_("重点项目"), on_delete=models.CASCADE, related_name="investments"
    )
    month = models.DateField(_("月份"))
    series = models.CharField(_("口径"), max_length=8, choices=Series.choices)
    amount = models.DecimalField(_("投资（万元）"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("更正理由"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("录入时间"))
    superseded_at = models.DateTimeField(_("被更正时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("项目投资")
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "month", "series"],
                condition=Q(superseded_at__isnull=True),
                name="one_investment_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.amount:f}"
