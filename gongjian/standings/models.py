"""Schemes with their versions, items and groups; excuses; published standings; commendations. Areas only: no person is ever ranked."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.audit.wording import in_chinese
from gongjian.indicators.models import Figure, Indicator
from gongjian.people.models import Account, Area, Unit
from gongjian.standings.states import (
    CommendationState,
    Lens,
    Lists,
    Method,
    Missing,
    Tie,
    Verdict,
    VersionState,
)


class Scheme(models.Model):
    """How the areas of an area are compared (评分方案). When it is no longer used it gets `disabled_on`."""

    name = models.CharField(_("名称"), max_length=40)
    english = models.CharField(_("英文名称"), max_length=80, blank=True)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="schemes")
    disabled_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评分方案")
        ordering = ["area", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "name"], name="scheme_name_once_per_area")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name if in_chinese() or not self.english else self.english


class SchemeVersion(models.Model):
    """One wording of a scheme (方案版本): drafted by one, signed by another, in force from a month on until a later one is."""

    scheme = models.ForeignKey(
        Scheme, verbose_name=_("评分方案"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("版次"))
    state = models.CharField(
        _("方案状态"), max_length=8, choices=VersionState.choices, default=VersionState.DRAFT
    )
    from_month = models.DateField(_("自哪个月起"))
    source = models.CharField(_("依据"), max_length=200, blank=True)
    step = models.DecimalField(_("每低一位扣满分的百分之几"), max_digits=5, decimal_places=2, default=5)
    tie = models.CharField(_("并列"), max_length=4, choices=Tie.choices, default=Tie.SKIP)
    missing = models.CharField(_("缺数据"), max_length=8, choices=Missing.choices, default=Missing.UNRANKED)
    least_group = models.PositiveSmallIntegerField(_("每组至少几个地区才排名"), default=3)
    first_base = models.BooleanField(_("基数、目标调低的按原数计算"), default=True)
    one_off = models.DecimalField(
        _("单月突增超过其他月份的几倍不计"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    lists = models.CharField(_("红黑榜"), max_length=8, choices=Lists.choices, default=Lists.NONE)
    listed = models.PositiveSmallIntegerField(_("红黑榜取几位（几项）"), default=3)
    fair = models.BooleanField(_("完成目标或有不可抗力的不上黑榜"), default=True)
    bonus = models.JSONField(_("前几名加分"), default=list, blank=True)
    bonus_needs = models.JSONField(_("加分条件"), default=list, blank=True)
    reason = models.CharField(_("退回理由"), max_length=200, blank=True)
    written_by = models.ForeignKey(
        Account, verbose_name=_("起草人"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField(_("起草时间"))
    signed_by = models.ForeignKey(
        Account, verbose_name=_("审签人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("审签时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("方案版本")
        ordering = ["scheme", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_numbered_once"),
            models.CheckConstraint(
                condition=Q(state="SIGNED", signed_by__isnull=False, signed_at__isnull=False)
                | (~Q(state="SIGNED") & Q(signed_by__isnull=True, signed_at__isnull=True)),
                name="scheme_version_signed_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("written_by")),
                name="scheme_version_signed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"


class SchemeItem(models.Model):
    """One line of a version (方案条目): which indicator, seen how, for how many points."""

    version = models.ForeignKey(
        SchemeVersion, verbose_name=_("方案版本"), on_delete=models.CASCADE, related_name="items"
    )
    order = models.PositiveSmallIntegerField(_("排序"), default=0)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="+"
    )
    lens = models.CharField(_("视角"), max_length=10, choices=Lens.choices)
    method = models.CharField(_("计分办法"), max_length=10, choices=Method.choices, default=Method.LADDER)
    points = models.DecimalField(_("满分"), max_digits=6, decimal_places=2)
    least_base = models.DecimalField(_("基数下限"), max_digits=20, decimal_places=4, null=True, blank=True)
    reach = models.DecimalField(_("起评线"), max_digits=20, decimal_places=4, null=True, blank=True)
    reach_points = models.DecimalField(_("达线得分"), max_digits=6, decimal_places=2, default=0)
    added = models.BooleanField(_("达线得分另加"), default=False)
    effort = models.DecimalField(_("难度系数"), max_digits=5, decimal_places=2, default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("方案条目")
        ordering = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "indicator", "lens"], name="scheme_item_once_per_version"
            ),
            models.CheckConstraint(condition=Q(points__gte=0), name="scheme_item_points_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.get_lens_display()}"


class GroupMember(models.Model):
    """In which group an area is compared (分组): like with like."""

    version = models.ForeignKey(
        SchemeVersion, verbose_name=_("方案版本"), on_delete=models.CASCADE, related_name="members"
    )
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    group = models.CharField(_("组别"), max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("分组")
        ordering = ["version", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "area"], name="area_in_one_group")
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.group}"


class Excuse(models.Model):
    """What nobody could prevent in a month (不可抗力): the area does not stand on a black list."""

    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="excuses")
    month = models.DateField(_("月份"))
    reason = models.CharField(_("情况说明"), max_length=200)
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("不可抗力")
        ordering = ["-month", "area"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "month"], name="one_excuse_a_month")]

    def __str__(self) -> str:
        return f"{self.area} {self.month:%Y-%m}"


class Publication(models.Model):
    """Standings as they were published (排名通报): by which version, from figures as known when, and what they said."""

    version = models.ForeignKey(
        SchemeVersion, verbose_name=_("方案版本"), on_delete=models.PROTECT, related_name="publications"
    )
    month = models.DateField(_("月份"))
    as_of = models.DateTimeField(_("数据截至"))
    rows = models.JSONField(_("通报内容"), default=list)
    published_by = models.ForeignKey(
        Account, verbose_name=_("发布人"), on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("发布时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("排名通报")
        ordering = ["-month", "-pk"]

    def __str__(self) -> str:
        return f"{self.version.scheme} {self.month:%Y-%m}"


class Commendation(models.Model):
    """A list of areas and units to be commended (表彰): drafted, open to objections, confirmed by another. Never persons."""

    title = models.CharField(_("表彰名称"), max_length=80)
    area = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="commendations"
    )
    basis = models.CharField(_("依据"), max_length=200)
    state = models.CharField(
        _("表彰状态"), max_length=9, choices=CommendationState.choices, default=CommendationState.DRAFT
    )
    objections_until = models.DateField(_("公示到"), null=True, blank=True)
    written_by = models.ForeignKey(
        Account, verbose_name=_("起草人"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("起草时间"))
    opened_at = models.DateTimeField(_("公示时间"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Account, verbose_name=_("确认人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("表彰")
        ordering = ["-written_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="CONFIRMED", confirmed_by__isnull=False, confirmed_at__isnull=False)
                | (~Q(state="CONFIRMED") & Q(confirmed_by__isnull=True, confirmed_at__isnull=True)),
                name="commendation_confirmed_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("written_by")),
                name="commendation_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CommendationLine(models.Model):
    """One area or unit of a commendation with its merit and the evidence behind it (表彰对象)."""

    commendation = models.ForeignKey(
        Commendation, verbose_name=_("表彰"), on_delete=models.PROTECT, related_name="lines"
    )
    area = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merit = models.CharField(_("事迹"), max_length=300)
    publication = models.ForeignKey(
        Publication,
        verbose_name=_("排名依据"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    figure = models.ForeignKey(
        Figure, verbose_name=_("数据依据"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField(_("证书号"), null=True, blank=True)
    taken_off_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("表彰对象")
        ordering = ["commendation", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(area__isnull=True, unit__isnull=False) | Q(area__isnull=False, unit__isnull=True),
                name="commended_is_an_area_or_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(publication__isnull=False) | Q(figure__isnull=False),
                name="commended_with_evidence",
            ),
        ]

    def __str__(self) -> str:
        return str(self.area or self.unit)


class Objection(models.Model):
    """What somebody holds against a line while the list is open, and what was answered (异议)."""

    line = models.ForeignKey(
        CommendationLine, verbose_name=_("表彰对象"), on_delete=models.PROTECT, related_name="objections"
    )
    text = models.CharField(_("异议内容"), max_length=300)
    made_by = models.ForeignKey(Account, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("提出时间"))
    verdict = models.CharField(
        _("异议答复"), max_length=8, choices=Verdict.choices, default=Verdict.WAITING, blank=True
    )
    answer = models.CharField(_("答复内容"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        Account, verbose_name=_("答复人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("异议")
        ordering = ["line", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict="", answered_at__isnull=True)
                | (~Q(verdict="") & Q(answered_at__isnull=False)),
                name="objection_answered_with_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.text}"
