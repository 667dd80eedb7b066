"""Firms and everything known about them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.enterprises.facts.wording import period_in_words, value_in_words
from gongjian.enterprises.states import AskingKind, BatchState, EnterpriseStatus, PairingKind, PeriodKind
from gongjian.people.folded_names import FoldedNames
from gongjian.people.models import Account, Area, Person, Unit


class Enterprise(models.Model):
    """A firm (企业)."""

    name = models.CharField(_("企业名称"), max_length=100, db_index=True)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=100, blank=True, db_index=True)
    folded = FoldedNames(of=("name", "short_name"))
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, null=True, blank=True, unique=True)
    area = models.ForeignKey(
        Area, verbose_name=_("所在地区"), on_delete=models.PROTECT, related_name="enterprises"
    )
    registered_area = models.ForeignKey(
        Area, verbose_name=_("登记地区"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    industry_code = models.CharField(_("行业代码"), max_length=4, blank=True)
    industry = models.CharField(_("所属行业"), max_length=60, blank=True)
    chain = models.CharField(_("产业链"), max_length=40, blank=True)
    above_designated_size = models.BooleanField(_("规上企业"), null=True, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    status = models.CharField(
        _("经营状态"), max_length=10, choices=EnterpriseStatus.choices, default=EnterpriseStatus.ACTIVE
    )
    makes = models.CharField(_("主要产品"), max_length=200, blank=True)
    buys = models.CharField(_("主要采购"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("已并入"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
    )

    class Meta:
        verbose_name = verbose_name_plural = _("企业")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.short_name or self.name


class EnterpriseAccount(models.Model):
    """Which firm an account of role ENTERPRISE speaks for (企业账号)."""

    account = models.OneToOneField(
        Account, verbose_name=_("账号"), on_delete=models.CASCADE, related_name="speaks_for"
    )
    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="accounts"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("企业账号")

    def __str__(self) -> str:
        return f"{self.account}·{self.enterprise}"


class Contact(models.Model):
    """A contact at a firm (企业联系人)."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("姓名"), max_length=40)
    title = models.CharField(_("职务"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    is_main = models.BooleanField(_("主要联系人"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("企业联系人")
        ordering = ["-is_main", "pk"]

    def __str__(self) -> str:
        return self.name


class Pairing(models.Model):
    """A leader or service officer paired with a firm for a time (包联)."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="pairings"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="pairings"
    )
    kind = models.CharField(_("关系"), max_length=8, choices=PairingKind.choices)
    since = models.DateField(_("起始"), null=True, blank=True)
    until = models.DateField(_("结束"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("包联")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                name="pairing_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.enterprise}"


class FactBatch(models.Model):
    """One workbook of facts (导入批次): previewed first, then written as a whole, and undone as a whole."""

    state = models.CharField(_("状态"), max_length=8, choices=BatchState.choices, default=BatchState.PREVIEW)
    source = models.CharField(_("数据来源"), max_length=60)
    file_name = models.CharField(_("文件名"), max_length=200)
    file = models.BinaryField(_("原文件"))
    sheet = models.CharField(_("工作表"), max_length=60, blank=True)
    period_kind = models.CharField(_("期别"), max_length=8, choices=PeriodKind.choices, blank=True)
    period = models.DateField(_("表头没写时的所属期"), null=True, blank=True)
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(
        Account, verbose_name=_("上传人"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    written_at = models.DateTimeField(_("写入时间"), null=True, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    new_count = models.PositiveIntegerField(_("新增"), default=0)
    corrected_count = models.PositiveIntegerField(_("更正"), default=0)
    before = models.JSONField(_("更正前的值"), default=list, blank=True)
    left_out = models.JSONField(_("没有写入的数"), default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("导入批次")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BatchState.PREVIEW) | Q(written_at__isnull=False),
                name="batch_written_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.UNDONE) | Q(undone_at__isnull=False),
                name="batch_undone_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Fact(models.Model):
    """One value of one firm for one period from one source (企业数据). A missing row means unknown, never zero.

    Numbers and yes or no (1 or 0) are in `value`; words and dates (ISO) are in `text`, and `value` is then None.
    """

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="facts"
    )
    key = models.CharField(_("指标"), max_length=40)
    period_kind = models.CharField(_("期别"), max_length=8, choices=PeriodKind.choices)
    period = models.DateField(_("期首日"))
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=4, null=True, blank=True)
    text = models.CharField(_("文字"), max_length=60, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, blank=True)
    source = models.CharField(_("来源"), max_length=60)
    batch = models.ForeignKey(
        FactBatch,
        verbose_name=_("导入批次"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="facts",
    )
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("企业数据")
        ordering = ["key", "-period", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "key", "period_kind", "period", "source"], name="fact_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, text="") | (Q(value__isnull=True) & ~Q(text="")),
                name="fact_is_a_number_or_a_word",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.period} {self.in_words}"

    @property
    def in_words(self) -> str:
        """The value with its unit, or its word: 1200.5万元, 是, 电力."""
        return value_in_words(self.key, self.value, self.text)


class FactDecision(models.Model):
    """The decision on which source counts for one fact of one period (来源裁定)."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="fact_decisions"
    )
    key = models.CharField(_("指标"), max_length=40)
    period_kind = models.CharField(_("期别"), max_length=8, choices=PeriodKind.choices)
    period = models.DateField(_("期首日"))
    source = models.CharField(_("采用的来源"), max_length=60)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        Account, verbose_name=_("裁定人"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("裁定时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("来源裁定")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "key", "period_kind", "period"], name="decision_once_per_fact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.period} {self.source}"

    @property
    def when(self) -> str:
        """The period in words."""
        return period_in_words(self.period, self.period_kind)


class Qualification(models.Model):
    """A title a firm holds for a time (资质荣誉)."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="qualifications"
    )
    name = models.CharField(_("名称"), max_length=60)
    batch = models.CharField(_("批次"), max_length=40, blank=True)
    valid_from = models.DateField(_("有效期起"), null=True, blank=True)
    valid_to = models.DateField(_("有效期止"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("资质荣誉")
        ordering = ["-valid_from", "pk"]

    def __str__(self) -> str:
        return self.name


class Asking(models.Model):
    """One occasion on which a body put questions to a firm or a unit (问询); `prefilled` were already answered."""

    kind = models.CharField(_("问询类型"), max_length=8, choices=AskingKind.choices)
    what = models.CharField(_("问什么"), max_length=120)
    enterprise = models.ForeignKey(
        Enterprise,
        verbose_name=_("被问企业"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="askings",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("被问单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="askings",
    )
    area = models.ForeignKey(Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(_("谁问的"), max_length=80, db_index=True)
    by_unit = models.ForeignKey(
        Unit, verbose_name=_("问询单位"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on = models.DateField(_("问询日期"), db_index=True)
    questions = models.PositiveSmallIntegerField(_("问题数"), default=1)
    prefilled = models.PositiveSmallIntegerField(_("已有答案"), default=0)
    minutes = models.PositiveIntegerField(_("估计用时（分钟）"), default=0)
    reason = models.CharField(_("再问的理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("问询")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=True, unit__isnull=False)
                | Q(enterprise__isnull=False, unit__isnull=True),
                name="asking_of_a_firm_or_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(prefilled__lte=models.F("questions")), name="asking_prefilled_at_most_all"
            ),
        ]

    def __str__(self) -> str:
        return self.what
