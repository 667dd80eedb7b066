"""Indicators, figures by area and month with history, questions about odd ones, monthly returns, the confidence survey."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.audit.wording import in_chinese, words
from gongjian.indicators.confidence.rules import band
from gongjian.indicators.rules import is_expected
from gongjian.indicators.states import (
    Answer,
    Band,
    BatchState,
    Column,
    Direction,
    GroupKind,
    Nature,
    ReturnState,
    Via,
)
from gongjian.people.models import Account, Area


class Indicator(models.Model):
    """What is measured of an area every month (指标). When it is no longer so it gets `disabled_on`."""

    key = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40, unique=True)
    english = models.CharField(_("英文名称"), max_length=80, blank=True)
    unit = models.CharField(_("计量单位"), max_length=12)
    nature = models.CharField(_("性质"), max_length=6, choices=Nature.choices)
    direction = models.CharField(_("方向"), max_length=6, choices=Direction.choices, default=Direction.MORE)
    due_day = models.PositiveSmallIntegerField(_("次月几日前报送"), default=20)
    joined = models.BooleanField(_("1-2月合并"), default=False)
    source = models.CharField(_("数据来源"), max_length=40)
    formula = models.CharField(_("计算公式"), max_length=200, blank=True)
    order = models.PositiveIntegerField(_("排序"), default=0)
    disabled_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指标")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name if in_chinese() or not self.english else self.english

    @property
    def in_points(self) -> bool:
        """Whether a change of it is told in percentage points: of a rate in per cent; any other rate grows in per cent."""
        return self.nature == Nature.RATE and self.unit == "%"

    @property
    def with_unit(self) -> str:
        """The name with its unit: 社会消费品零售总额（亿元）."""
        return f"{self.label}（{self.unit}）" if in_chinese() else f"{self.label} ({words(self.unit)})"

    @property
    def derived(self) -> bool:
        """Whether it is computed from others, and so never asked for."""
        return bool(self.formula)

    def is_asked(self, month: date) -> bool:
        """Whether an office sends a figure of the month: never a derived one, nor January of a joined one."""
        return not self.derived and is_expected(month, joined=self.joined)


class FigureBatch(models.Model):
    """Figures that came in together (数据批次): from one form, one pasted text or one file, with what was not taken."""

    via = models.CharField(_("录入方式"), max_length=6, choices=Via.choices)
    file_name = models.CharField(_("文件名"), max_length=120, blank=True)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    written = models.PositiveIntegerField(_("写入"), default=0)
    unchanged = models.PositiveIntegerField(_("没有变化"), default=0)
    asked = models.PositiveIntegerField(_("待答复"), default=0)
    faults = models.JSONField(_("未写入的单元格"), default=list)
    state = models.CharField(_("进展"), max_length=8, choices=BatchState.choices, default=BatchState.DONE)
    percent = models.PositiveSmallIntegerField(_("做完的百分比"), default=0)
    told_at = models.DateTimeField(_("最近进展"), null=True, blank=True)
    error = models.CharField(_("没有读入的原因"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("数据批次")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name or str(self.get_via_display())


class _Cell(models.Model):
    """What a figure and a question about one have in common: which figure, its value, where it came from."""

    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("月份"))
    column = models.CharField(_("口径"), max_length=8, choices=Column.choices)
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=4)
    place = models.CharField(_("所在单元格"), max_length=60, blank=True)

    class Meta:
        abstract = True


class Figure(_Cell):
    """One value of an indicator (数据). A newer value supersedes it; the older one stays with the days it stood for."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="figures"
    )
    batch = models.ForeignKey(
        FigureBatch, verbose_name=_("数据批次"), on_delete=models.PROTECT, related_name="figures"
    )
    reason = models.CharField(_("更正理由"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("录入时间"))
    superseded_at = models.DateTimeField(_("被更正时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("数据")
        ordering = ["month", "pk"]
        indexes: ClassVar = [models.Index(fields=["month", "area"], name="figure_month_area")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "area", "month", "column"],
                condition=Q(superseded_at__isnull=True),
                name="one_figure_in_force",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=models.F("recorded_at")),
                name="figure_superseded_after_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.value.normalize():f}"


class FigureQuestion(_Cell):
    """A value that was not taken unasked (疑问): why it is odd, and what the clerk said."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="questions"
    )
    batch = models.ForeignKey(
        FigureBatch, verbose_name=_("数据批次"), on_delete=models.PROTECT, related_name="questions"
    )
    jump = models.CharField(_("疑点"), max_length=12)
    known_month = models.DateField(_("比较月份"), null=True, blank=True)
    known_value = models.DecimalField(_("比较数值"), max_digits=20, decimal_places=4, null=True, blank=True)
    reason = models.CharField(_("更正理由"), max_length=200, blank=True)
    answer = models.CharField(_("答复"), max_length=8, choices=Answer.choices, default=Answer.OPEN)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    answered_by = models.ForeignKey(
        Account,
        verbose_name=_("答复人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("数据疑问")
        ordering = ["pk"]
        indexes: ClassVar = [models.Index(fields=["answer", "area"], name="question_answer_area")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="OPEN", answered_at__isnull=True)
                | (~Q(answer="OPEN") & Q(answered_at__isnull=False)),
                name="question_answered_with_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.value.normalize():f}"


class MonthlyReturn(models.Model):
    """The figures of an area for a month in one column (月报): handed up, approved and locked, or sent back."""

    area = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="monthly_returns"
    )
    month = models.DateField(_("月份"))
    column = models.CharField(_("口径"), max_length=8, choices=Column.choices)
    state = models.CharField(
        _("月报状态"), max_length=10, choices=ReturnState.choices, default=ReturnState.OPEN
    )
    reason = models.CharField(_("退回理由"), max_length=200, blank=True)
    handed_up_by = models.ForeignKey(
        Account, verbose_name=_("上报人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_up_at = models.DateTimeField(_("上报时间"), null=True, blank=True)
    approved_by = models.ForeignKey(
        Account, verbose_name=_("审核人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("审核时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("月报")
        ordering = ["-month", "area"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "month", "column"], name="one_return_a_month"),
            models.CheckConstraint(
                condition=Q(state="APPROVED", approved_at__isnull=False)
                | (~Q(state="APPROVED") & Q(approved_at__isnull=True)),
                name="return_approved_with_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.month:%Y-%m}"


class ConfidenceSurvey(models.Model):
    """One round of the confidence survey (信心调查): a quarter, the last day to answer, and when it was closed."""

    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    quarter = models.DateField(_("季度"))
    until = models.DateField(_("截止日期"))
    opened_by = models.ForeignKey(
        Account, verbose_name=_("发起人"), on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("发起时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    asked = models.PositiveIntegerField(_("调查企业数"), default=0)
    answered = models.PositiveIntegerField(_("回答企业数"), default=0)
    key_check = models.CharField(_("密钥校验"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("信心调查")
        ordering = ["-quarter", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "quarter"], name="one_survey_a_quarter"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(closed_at__isnull=True), name="one_open_survey"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter:%Y-%m}"


class SealedAnswer(models.Model):
    """What some firm answered, sealed (密封答卷). Gone when the round is closed.

    The key is drawn by lot, and is the number of the row in SQLite too: rows stand in no order, and hold no time and no name.
    """

    key = models.BigAutoField(_("随机编号"), primary_key=True)
    survey = models.ForeignKey(
        ConfidenceSurvey, verbose_name=_("信心调查"), on_delete=models.CASCADE, related_name="+"
    )
    paper = models.CharField(_("密封的答卷"), max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = _("密封答卷")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.paper[:8]


class SealedAnswerer(models.Model):
    """That some firm has answered a round, its name sealed (已答标记), so that none answers twice. Gone when it is closed."""

    key = models.BigAutoField(_("随机编号"), primary_key=True)
    survey = models.ForeignKey(
        ConfidenceSurvey, verbose_name=_("信心调查"), on_delete=models.CASCADE, related_name="+"
    )
    mark = models.CharField(_("密封的标记"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("已答标记")
        ordering = ["key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "mark"], name="one_answer_a_firm")]

    def __str__(self) -> str:
        return self.mark[:8]


class ConfidenceResult(models.Model):
    """The result of a round for all firms or for a group large enough to be shown (调查结果), written when it is closed.

    It holds what the page shows and no more. A group without a name is all those of its kind that were too small to stand alone.
    """

    survey = models.ForeignKey(
        ConfidenceSurvey, verbose_name=_("信心调查"), on_delete=models.PROTECT, related_name="results"
    )
    kind = models.CharField(_("分组"), max_length=6, choices=GroupKind.choices)
    name = models.CharField(_("名称"), max_length=60, blank=True)
    asked = models.PositiveIntegerField(_("调查企业数"))
    answered = models.PositiveIntegerField(_("回答企业数"))
    index = models.DecimalField(_("信心指数"), max_digits=4, decimal_places=1)
    now_index = models.DecimalField(_("即期指数"), max_digits=4, decimal_places=1)
    expected_index = models.DecimalField(_("预期指数"), max_digits=4, decimal_places=1)
    low = models.DecimalField(_("区间下限"), max_digits=4, decimal_places=1)
    high = models.DecimalField(_("区间上限"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = verbose_name_plural = _("调查结果")
        ordering = ["survey", "kind", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "kind", "name"], name="one_result_a_group")
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def rate(self) -> Decimal:
        """The share of those asked that answered, in per cent, with one decimal."""
        return (Decimal(self.answered) / self.asked * 100).quantize(Decimal("0.1"))

    @property
    def band_label(self) -> str:
        """The band of the index in words."""
        return str(Band(band(self.index)).label)
