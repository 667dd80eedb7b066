"""The projection of assignments, the regimes they run under, and announced calendar years.

The events in the audit chain are the truth; `Assignment` is written in the same transaction for lists and searches.
"""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.states import Outcome, Source, State, Step, SupportState
from gongjian.people.models import Account, Area, Person, Unit


class Regime(models.Model):
    """A set of time limits with its source (时限制度). Data: taken up, copied, edited by the office.

    Practices of other places stand in the library (`in_library`) and are never handed over under: the office takes one up
    under its own name, and what it took up keeps where it came from.

    `grades` is a list of {"key", "name", "checkpoints": [{"key", "name", "amount", "span", "met_by", "repeat",
    "anchor"}]}, checked by `regime_file.check_grades`; the last checkpoint of a grade is the time limit of the whole matter.
    A running matter keeps the rule it was handed over with: the rule stands in its own events.
    """

    code = models.CharField(_("代号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    document = models.CharField(_("依据"), max_length=200, blank=True)
    confirmed = models.BooleanField(_("依据已核对"), default=False)
    counting = models.CharField(_("计日规则"), max_length=200)
    grades = models.JSONField(_("档次"), default=list)
    notes = models.TextField(_("说明"), blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)
    objection_working_days = models.PositiveSmallIntegerField(_("异议期限（工作日）"), default=1)
    support_working_days = models.PositiveSmallIntegerField(_("协办答复期限（工作日）"), default=3)
    recheck_working_days = models.PositiveSmallIntegerField(
        _("不满意整改期限（工作日）"), null=True, blank=True
    )
    proxy_allowed = models.BooleanField(_("承办单位有账号也可代办"), default=False)
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    in_force_until = models.DateField(_("废止日期"), null=True, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=0)
    in_library = models.BooleanField(_("在制度库中"), default=False)
    taken_from = models.ForeignKey(
        "self",
        verbose_name=_("参照的制度"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_up",
    )
    disabled_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("时限制度")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class RegimeChange(models.Model):
    """A version of a regime as it was written (制度修改): proposed, tried in the simulator, adopted."""

    regime = models.ForeignKey(
        Regime,
        verbose_name=_("时限制度"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
    )
    name = models.CharField(_("名称"), max_length=60)
    text = models.TextField(_("内容"))
    base = models.PositiveIntegerField(_("修改自版本"), default=0)
    proposed_by = models.ForeignKey(
        Account, verbose_name=_("提交人"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("提交时间"))
    adopted_by = models.ForeignKey(
        Account, verbose_name=_("启用人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_at = models.DateTimeField(_("启用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("制度修改")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(adopted_by__isnull=True, adopted_at__isnull=True)
                | models.Q(adopted_by__isnull=False, adopted_at__isnull=False, regime__isnull=False),
                name="regime_change_adopted_by_someone_at_some_time",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> int:
        """The version the regime will have once this is adopted."""
        return self.base + 1


class AnnouncedYear(models.Model):
    """A year of the State Council calendar entered by the office (年度节假日安排), as the TOML of `workdays`."""

    year = models.PositiveSmallIntegerField(_("年份"))
    text = models.TextField(_("内容"))
    document = models.CharField(_("文号"), max_length=200)
    proposed_by = models.ForeignKey(
        Account, verbose_name=_("提交人"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("提交时间"))
    adopted_by = models.ForeignKey(
        Account, verbose_name=_("启用人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_at = models.DateTimeField(_("启用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("年度节假日安排")
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(adopted_by__isnull=True, adopted_at__isnull=True)
                | models.Q(adopted_by__isnull=False, adopted_at__isnull=False),
                name="year_adopted_by_someone_at_some_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.year)


class Assignment(models.Model):
    """What a unit owes (任务): current state, holder and due days as the events left them."""

    source = models.CharField(_("来源"), max_length=12, choices=Source.choices)
    task = models.TextField(_("任务"))
    area = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="assignments"
    )
    lead_unit = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), on_delete=models.PROTECT, related_name="led"
    )
    supporting_units = models.ManyToManyField(
        Unit, verbose_name=_("协办单位"), related_name="supported", through="Support", blank=True
    )
    copied_to = models.ManyToManyField(Unit, verbose_name=_("抄送单位"), related_name="copied", blank=True)
    about = models.ForeignKey(
        "self",
        verbose_name=_("所指事项"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="instructions",
    )
    responsible_person = models.ForeignKey(
        Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="responsible_for"
    )
    responsible_leader = models.ForeignKey(
        Person, verbose_name=_("责任领导"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    regime = models.ForeignKey(
        Regime, verbose_name=_("时限制度"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    grade = models.CharField(_("档次"), max_length=40, blank=True)
    on_the_spot = models.BooleanField(_("现场交办"), default=False)
    handed_over_by = models.ForeignKey(
        Account, verbose_name=_("交办人"), on_delete=models.PROTECT, related_name="+"
    )
    handed_over_at = models.DateTimeField(_("交办时间"))

    state = models.CharField(_("状态"), max_length=12, choices=State.choices)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    due_on = models.DateField(_("办理时限"))
    provisional = models.BooleanField(_("时限待定"), default=False)
    next_name = models.CharField(_("当前节点"), max_length=40)
    next_due_on = models.DateField(_("当前节点时限"))
    next_warn_on = models.DateField(_("转黄日期"))
    next_grave_on = models.DateField(_("转深红日期"))
    resolved_on = models.DateField(_("办结日期"), null=True, blank=True)
    outcome = models.CharField(_("办理结果"), max_length=10, choices=Outcome.choices, blank=True)
    closed_on = models.DateField(_("销号日期"), null=True, blank=True)
    extension_until = models.DateField(_("申请延期至"), null=True, blank=True)
    objections = models.PositiveSmallIntegerField(_("异议次数"), default=0)
    dispatches = models.PositiveSmallIntegerField(_("派单次数"), default=1)
    climbed = models.CharField(_("已升级到"), max_length=12, choices=Step.choices, blank=True)
    signed_on = models.DateField(_("签收日期"), null=True, blank=True)
    sign_due_on = models.DateField(_("签收时限"), null=True, blank=True)
    proxies = models.CharField(_("代办动作"), max_length=60, blank=True)
    lacks = models.CharField(_("导入时缺少"), max_length=60, blank=True)
    last_event = models.PositiveBigIntegerField(_("最近事件"), default=0)
    served = models.PositiveSmallIntegerField(_("所办问题数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("任务")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=[
                    "state",
                    "next_due_on",
                    "next_warn_on",
                    "next_grave_on",
                    "resolved_on",
                    "area",
                    "lead_unit",
                    "served",
                ],
                name="assignment_lights",
            ),
            models.Index(fields=["source", "handed_over_by"], name="assignment_source"),
            models.Index(fields=["lead_unit", "state", "next_due_on"], name="assignment_unit_state_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["RESOLVED", "CHECKED"]) | models.Q(resolved_on__isnull=False),
                name="assignment_resolved_has_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="CLOSED") | models.Q(closed_on__isnull=False),
                name="assignment_closed_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.task[:40]

    @property
    def number(self) -> str:
        """Number on the slip (编号)."""
        return task_number(self.handed_over_at, self.pk)


def task_number(handed_over_at: datetime, pk: int) -> str:
    """The number on the slip of a task, of the columns it is made of."""
    return f"JB{timezone.localdate(handed_over_at).year}-{pk:06d}"


class Support(models.Model):
    """What one supporting unit owes on an assignment (协办), as the events left it."""

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("任务"), on_delete=models.CASCADE, related_name="supports"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("协办单位"), on_delete=models.PROTECT, related_name="supports"
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=SupportState.choices, default=SupportState.ASSIGNED
    )
    due_on = models.DateField(_("答复时限"))
    warn_on = models.DateField(_("转黄日期"))
    grave_on = models.DateField(_("转深红日期"))
    accepted_on = models.DateField(_("签收日期"), null=True, blank=True)
    replied_on = models.DateField(_("答复日期"), null=True, blank=True)
    text = models.TextField(_("答复意见"), blank=True)
    proxies = models.CharField(_("代办动作"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("协办")
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "state", "due_on"], name="support_unit_state_due")]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "unit"], name="unit_supports_once"),
            models.CheckConstraint(
                condition=~models.Q(state="REPLIED") | models.Q(replied_on__isnull=False),
                name="support_replied_has_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)


class Ladder(models.Model):
    """The single row of thresholds of the ladder (升级阈值), in working days."""

    reminder_before = models.PositiveSmallIntegerField(_("催办：到期前"), default=2)
    supervision_after = models.PositiveSmallIntegerField(_("督办：超期满"), default=1)
    interview_after = models.PositiveSmallIntegerField(_("约谈：超期满"), default=8)

    class Meta:
        verbose_name = verbose_name_plural = _("升级阈值")

    def __str__(self) -> str:
        return f"{self.reminder_before}/{self.supervision_after}/{self.interview_after}"


class Rung(models.Model):
    """The person notified when a unit's matter reaches a step (督办领导、约谈领导)."""

    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="rungs")
    step = models.CharField(_("环节"), max_length=12, choices=Step.choices)
    person = models.ForeignKey(Person, verbose_name=_("领导"), on_delete=models.PROTECT, related_name="rungs")

    class Meta:
        verbose_name = verbose_name_plural = _("督办阶梯")
        ordering = ["unit", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "step"], name="rung_once_per_unit_and_step")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_step_display()} {self.person}"


class Escalation(models.Model):
    """One escalation step taken for one matter (催办、督办、约谈), kept as a row for lists."""

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("任务"), on_delete=models.PROTECT, related_name="escalations"
    )
    step = models.CharField(_("环节"), max_length=12, choices=Step.choices)
    cycle = models.CharField(_("轮次标识"), max_length=80)
    since = models.DateField(_("应升级日"))
    due_on = models.DateField(_("节点时限"))
    next_name = models.CharField(_("节点"), max_length=40)
    late = models.PositiveIntegerField(_("超期工作日"), default=0)
    unit = models.ForeignKey(Unit, verbose_name=_("承办单位"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, verbose_name=_("通知领导"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("时间"))
    event = models.PositiveBigIntegerField(_("事件"))

    class Meta:
        verbose_name = verbose_name_plural = _("升级")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "cycle", "step"], name="escalation_once_per_cycle")
        ]
        indexes = [models.Index(fields=["person", "-at"], name="escalation_person")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Number on the slip (编号)."""
        return f"DB{timezone.localdate(self.at):%Y}-{self.pk:06d}"
