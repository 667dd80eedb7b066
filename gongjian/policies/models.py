"""Policies, their dated versions as YAML, payouts under them, requests for missing data, notices to firms."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.models import Assignment
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account
from gongjian.policies.states import Delivery, Level, PayoutState, VersionState
from gongjian.policies.wording import policy_text


class Policy(models.Model):
    """One policy (惠企政策). Its rules are in its versions; the columns here repeat the header of the latest one for lists."""

    code = models.CharField(_("代号"), max_length=60, unique=True)
    name = models.CharField(_("政策名称"), max_length=120)
    document = models.CharField(_("文号"), max_length=160, blank=True)
    issuer = models.CharField(_("发文单位"), max_length=80, blank=True)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    area_code = models.CharField(_("适用地区代码"), max_length=12, blank=True)
    delivery = models.CharField(_("兑现方式"), max_length=12, choices=Delivery.choices)
    gives = models.BooleanField(_("有奖补内容"), default=True)
    confirmed = models.BooleanField(_("已核对"), default=False)
    last_day = models.DateField(_("办理截止"), null=True, blank=True)
    ceiling = models.DecimalField(_("预算上限（元）"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("惠企政策")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gt=0), name="policy_ceiling_of_something"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its name in the language of the reader."""
        return policy_text(self.name)

    @property
    def delivery_label(self) -> str:
        """How its benefit reaches a firm, in words; a rule that gives nothing says so."""
        return str(self.get_delivery_display() if self.gives else _("分类认定，不兑现"))


class PolicyVersion(models.Model):
    """The rules of a policy for a span of time (政策版本): YAML as its author wrote it, signed by another person."""

    policy = models.ForeignKey(
        Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("版次"))
    text = models.TextField(_("规则"))
    state = models.CharField(
        _("状态"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    valid_from = models.DateField(_("施行日期"), null=True, blank=True)
    valid_until = models.DateField(_("废止日期"), null=True, blank=True)
    confirmed = models.BooleanField(_("已核对"), default=False)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    written_by = models.ForeignKey(
        Account, verbose_name=_("起草人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(_("起草时间"))
    signed_by = models.ForeignKey(
        Account, verbose_name=_("审签人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("审签时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("政策版本")
        ordering = ["policy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True)
                | Q(written_by__isnull=False) & ~Q(signed_by=F("written_by")),
                name="version_signed_by_another_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SIGNED", "RETIRED"])
                | Q(signed_at__isnull=False, valid_from__isnull=False)
                & (Q(signed_by__isnull=False) | Q(written_by__isnull=True)),
                name="version_signed_at_some_time_from_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} v{self.number}"

    @property
    def from_library(self) -> bool:
        """Whether it came with the product, so that nobody here wrote it."""
        return self.written_by_id is None


class Payout(models.Model):
    """The money of one policy for one firm and one period (兑现), in yuan."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="payouts"
    )
    version = models.ForeignKey(
        PolicyVersion, verbose_name=_("政策版本"), on_delete=models.PROTECT, related_name="payouts"
    )
    period = models.CharField(_("所属期"), max_length=12, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=PayoutState.choices, default=PayoutState.APPLIED
    )
    applied_amount = models.DecimalField(_("申报金额（元）"), max_digits=16, decimal_places=2)
    applied_on = models.DateField(_("申报日期"))
    approved_amount = models.DecimalField(
        _("核准金额（元）"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    approved_on = models.DateField(_("核准日期"), null=True, blank=True)
    paid_on = models.DateField(_("拨付日期"), null=True, blank=True)
    returned_on = models.DateField(_("退回日期"), null=True, blank=True)
    reasons = models.JSONField(_("符合理由"), default=list)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("兑现")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "version", "period"],
                condition=~Q(state="RETURNED"),
                name="payout_once_a_period",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["APPROVED", "PAID"])
                | Q(approved_on__isnull=False, approved_amount__isnull=False),
                name="payout_approved_has_day_and_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state="PAID") | Q(paid_on__isnull=False), name="payout_paid_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="RETURNED") | Q(returned_on__isnull=False), name="payout_returned_has_day"
            ),
            models.CheckConstraint(condition=Q(applied_amount__gt=0), name="payout_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}·{self.version.policy}"

    @property
    def amount(self) -> object:
        """The approved amount, or the amount applied for as long as none is approved."""
        return self.approved_amount if self.approved_amount is not None else self.applied_amount


class DatumRequest(models.Model):
    """A missing datum of a firm, handed over to the unit that should supply it (补数据)."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="datum_requests"
    )
    policy = models.ForeignKey(Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(_("缺的数据"), max_length=60)
    assignment = models.OneToOneField(
        Assignment, verbose_name=_("任务"), on_delete=models.PROTECT, related_name="datum_request"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("补数据")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.enterprise}·{self.fact}"


class PolicyNotice(models.Model):
    """A policy announced to a batch of firms (政策告知批次). `firms`: pk, name, grade, certain, possible, told."""

    version = models.ForeignKey(
        PolicyVersion, verbose_name=_("政策版本"), on_delete=models.PROTECT, related_name="notices"
    )
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"))
    firms = models.JSONField(_("企业"), default=list)
    sent_by = models.ForeignKey(Account, verbose_name=_("发出人"), on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("发出时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("政策告知批次")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
