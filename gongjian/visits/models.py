"""Entries of the visit book, the firms on each, and the notes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.campaigns.models import BattleTask, Campaign
from gongjian.campaigns.states import TargetState
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area, Person
from gongjian.visits.states import DayPart, NoteHeading, StopResult, VisitKind, VisitState


class Visit(models.Model):
    """One entry of the visit book: a visit (走访) or, by its kind, a meeting (会议)."""

    kind = models.CharField(_("类型"), max_length=16, choices=VisitKind.choices, default=VisitKind.VISIT)
    title = models.CharField(_("名称"), max_length=120)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="visits")
    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("攻坚行动"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
    )
    starts_on = models.DateField(_("开始日期"), db_index=True)
    ends_on = models.DateField(_("结束日期"))
    part = models.CharField(
        _("时段"), max_length=10, choices=DayPart.choices, blank=True, default=DayPart.ALL_DAY
    )
    place = models.CharField(_("地点"), max_length=100, blank=True)
    lead = models.ForeignKey(
        Person,
        verbose_name=_("带队领导"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits_led",
    )
    participants = models.ManyToManyField(
        Person, verbose_name=_("参加人员"), related_name="visits_joined", blank=True
    )
    firm_count = models.PositiveIntegerField(_("企业数"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=VisitState.choices, default=VisitState.PLANNED)
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("走访与会议")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="visit_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Stop(models.Model):
    """One firm on a visit or at a meeting (走访企业), and the result."""

    visit = models.ForeignKey(Visit, verbose_name=_("走访"), on_delete=models.CASCADE, related_name="stops")
    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="stops"
    )
    result = models.CharField(
        _("走访结果"), max_length=10, choices=StopResult.choices, blank=True, default=StopResult.OPEN
    )
    received_by = models.CharField(_("企业接待人"), max_length=60, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("走访企业")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "enterprise"], name="firm_once_per_visit")]

    def __str__(self) -> str:
        return f"{self.visit}·{self.enterprise}"


class Note(models.Model):
    """One paragraph under a heading (记录), of the whole visit or of one firm on it."""

    visit = models.ForeignKey(Visit, verbose_name=_("走访"), on_delete=models.CASCADE, related_name="notes")
    stop = models.ForeignKey(
        Stop, verbose_name=_("企业"), on_delete=models.CASCADE, null=True, blank=True, related_name="notes"
    )
    heading = models.CharField(_("要点"), max_length=12, choices=NoteHeading.choices)
    speaker = models.ForeignKey(
        Person, verbose_name=_("讲话人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("内容"))

    class Meta:
        verbose_name = verbose_name_plural = _("走访记录")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Pledge(models.Model):
    """What was pledged for a target at a meeting (表态): a task of its battle, with the target's amount and agreement at that moment."""

    visit = models.ForeignKey(Visit, verbose_name=_("会议"), on_delete=models.PROTECT, related_name="pledges")
    task = models.OneToOneField(
        BattleTask, verbose_name=_("攻坚任务"), on_delete=models.PROTECT, related_name="pledge"
    )
    amount = models.DecimalField(_("目标值"), max_digits=20, decimal_places=4)
    state = models.CharField(_("协商状态"), max_length=10, choices=TargetState.choices)
    recorded_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("表态")
        ordering = ["visit", "pk"]

    def __str__(self) -> str:
        return f"{self.visit}·{self.task}"
