"""Problems, common problems, the firm's word, one-time codes, bulk actions, pushed problems, call-backs."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.models import Assignment
from gongjian.campaigns.models import Battle
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, ApiSystem, Area
from gongjian.problems.states import (
    CallBackResult,
    Category,
    Channel,
    CommonState,
    Origin,
    ProblemKind,
    Satisfaction,
    WordMethod,
)
from gongjian.projects.models import Project
from gongjian.visits.models import Visit


class CommonProblem(models.Model):
    """One matter that several firms raise (共性问题), confirmed by a clerk and settled by one measure under one assignment."""

    title = models.CharField(_("标题"), max_length=80)
    state = models.CharField(
        _("状态"), max_length=10, choices=CommonState.choices, default=CommonState.CONFIRMED
    )
    area = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="common_problems"
    )
    confirmed_by = models.ForeignKey(
        Account, verbose_name=_("确认人"), on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认时间"))
    assignment = models.OneToOneField(
        Assignment,
        verbose_name=_("措施任务"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="common_problem",
    )
    share = models.PositiveSmallIntegerField(_("销号所需认可比例（%）"), default=100)
    landed_on = models.DateField(_("落地日期"), null=True, blank=True)
    result = models.TextField(_("措施与结果"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("共性问题")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["MEASURE", "LANDED"]) | models.Q(assignment__isnull=False),
                name="common_measure_has_assignment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="LANDED") | models.Q(landed_on__isnull=False),
                name="common_landed_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(share__gte=1, share__lte=100), name="common_share_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Problem(models.Model):
    """One thing one firm said (问题).

    Its state and light are those of its assignment, which several problems may share.
    """

    kind = models.CharField(
        _("类型"), max_length=10, choices=ProblemKind.choices, default=ProblemKind.DIFFICULTY
    )
    category = models.CharField(
        _("问题类别"), max_length=12, choices=Category.choices, default=Category.UNFILED
    )
    own_number = models.CharField(_("原编号"), max_length=40, blank=True, db_index=True)
    text = models.TextField(_("问题描述"))
    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="problems"
    )
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="problems")
    visit = models.ForeignKey(
        Visit,
        verbose_name=_("走访"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
    )
    battle = models.ForeignKey(
        Battle,
        verbose_name=_("攻坚战"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("重点项目"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
    )
    raised_by = models.CharField(_("反映人"), max_length=60, blank=True)
    channel = models.CharField(_("收集渠道"), max_length=10, choices=Channel.choices, default=Channel.VISIT)
    origin = models.CharField(_("问题层级"), max_length=10, choices=Origin.choices, default=Origin.COUNTY)
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("录入时间"), db_index=True)
    answered_on = models.DateField(_("现场答复日期"), null=True, blank=True)
    answer = models.TextField(_("现场答复"), blank=True)
    declined = models.BooleanField(_("不予受理"), default=False)
    sent_as = models.CharField(_("提交标识"), max_length=36, null=True, blank=True, unique=True)
    assignment = models.ForeignKey(
        Assignment,
        verbose_name=_("任务"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
    )
    common = models.ForeignKey(
        CommonProblem,
        verbose_name=_("共性问题"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
    )
    told_on = models.DateField(_("措施告知日期"), null=True, blank=True)
    split_from = models.ForeignKey(
        CommonProblem,
        verbose_name=_("从共性问题分出"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="split_off",
    )

    class Meta:
        verbose_name = verbose_name_plural = _("问题")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(declined=False) | models.Q(answered_on__isnull=False, assignment=None),
                name="problem_declined_some_day",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def raised_itself(self) -> bool:
        """Whether the firm sent the problem in from its own page (企业自报)."""
        return self.sent_as is not None

    @property
    def is_unfiled(self) -> bool:
        """Whether nobody has said yet what it is about (待归类)."""
        return self.category == Category.UNFILED

    @property
    def number(self) -> str:
        """Number in the ledger (问题编号): the office's own where the problem came with one (原编号)."""
        return problem_number(self.own_number, self.recorded_at, self.pk)


def problem_number(own_number: str, recorded_at: datetime, pk: int) -> str:
    """The number of a problem, of the columns it is made of."""
    return own_number or f"WT{timezone.localdate(recorded_at).year}-{pk:06d}"


class FirmWord(models.Model):
    """The firm's own word on a result (企业评价)."""

    problem = models.ForeignKey(
        Problem, verbose_name=_("问题"), on_delete=models.CASCADE, related_name="words"
    )
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    method = models.CharField(_("评价方式"), max_length=12, choices=WordMethod.choices)
    satisfaction = models.CharField(_("满意度"), max_length=12, choices=Satisfaction.choices)
    said_by = models.CharField(_("评价人"), max_length=60)
    note = models.TextField(_("说明"), blank=True)
    entered_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("评价时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("企业评价")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_satisfaction_display()


class WordCode(models.Model):
    """A one-time code with which the firm gives its word by itself (一次性评价码). Only its digest is kept."""

    problem = models.ForeignKey(
        Problem, verbose_name=_("问题"), on_delete=models.CASCADE, related_name="codes"
    )
    digest = models.CharField(_("评价码摘要"), max_length=64, unique=True)
    issued_at = models.DateTimeField(_("发出时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评价码")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.problem_id}"


class BulkAction(models.Model):
    """One verb done to many problems at once (批量操作), which can be undone for some minutes."""

    verb = models.CharField(_("操作"), max_length=20)
    by = models.ForeignKey(Account, verbose_name=_("操作人"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    items = models.JSONField(_("内容"), default=list)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("批量操作")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.verb} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"


class Pushed(models.Model):
    """The sender's own number of a problem that an outside system pushed in (推送记录).

    One number is one problem.
    """

    system = models.ForeignKey(
        ApiSystem, verbose_name=_("外部系统"), on_delete=models.PROTECT, related_name="pushed"
    )
    external_number = models.CharField(_("对方编号"), max_length=60)
    digest = models.CharField(_("内容摘要"), max_length=64)
    problem = models.OneToOneField(
        Problem, verbose_name=_("问题"), on_delete=models.PROTECT, related_name="pushed"
    )
    received_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("推送记录")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["system", "external_number"], name="pushed_once_per_number")
        ]

    def __str__(self) -> str:
        return self.external_number


class CallBackDraw(models.Model):
    """A sample of closed problems drawn for call-backs (抽样回访), with all that is needed to draw it again."""

    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    first = models.DateField(_("销号起"))
    last = models.DateField(_("销号止"))
    size = models.PositiveSmallIntegerField(_("抽取数量"))
    seed = models.CharField(_("随机种子"), max_length=80)
    population = models.JSONField(_("总体"), default=list)
    drawn_by = models.ForeignKey(
        Account, verbose_name=_("抽样人"), on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(_("抽样时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("抽样回访")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.area} {self.first:%Y-%m-%d}"


class CallBack(models.Model):
    """One problem of a sample and the result of the call about it (回访)."""

    draw = models.ForeignKey(
        CallBackDraw, verbose_name=_("抽样"), on_delete=models.CASCADE, related_name="call_backs"
    )
    problem = models.ForeignKey(
        Problem, verbose_name=_("问题"), on_delete=models.PROTECT, related_name="call_backs"
    )
    position = models.PositiveSmallIntegerField(_("抽中次序"))
    result = models.CharField(_("回访结果"), max_length=12, choices=CallBackResult.choices, blank=True)
    word = models.ForeignKey(
        FirmWord,
        verbose_name=_("企业评价"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.TextField(_("说明"), blank=True)
    called_by = models.ForeignKey(
        Account, verbose_name=_("回访人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    called_at = models.DateTimeField(_("回访时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("回访")
        ordering = ["draw", "position"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "position"], name="call_back_position_once"),
            models.CheckConstraint(
                condition=models.Q(result="", called_at__isnull=True)
                | ~models.Q(result="") & models.Q(called_at__isnull=False),
                name="call_back_result_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}:{self.position}"
