"""What a firm makes and buys, and introductions between two firms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.models import Assignment
from gongjian.enterprises.models import Enterprise
from gongjian.markets.states import IntroductionResult, ProductSource, Side
from gongjian.markets.wording import reason_in_words
from gongjian.people.models import Account, Area
from gongjian.visits.models import Visit


class Product(models.Model):
    """One thing a firm makes or buys (产品). When that is no longer so it gets `ended_on` and is not deleted."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="products"
    )
    side = models.CharField(_("供需"), max_length=6, choices=Side.choices)
    name = models.CharField(_("产品名称"), max_length=40)
    spec = models.CharField(_("规格"), max_length=80, blank=True)
    yearly = models.CharField(_("年用量或产量"), max_length=40, blank=True)
    outside = models.BooleanField(_("现从外地采购"), null=True, blank=True)
    found = models.CharField(
        _("来源"), max_length=6, choices=ProductSource.choices, default=ProductSource.PAGE
    )
    visit = models.ForeignKey(
        Visit,
        verbose_name=_("走访"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
    )
    recorded_by = models.ForeignKey(
        Account, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("录入时间"))
    ended_on = models.DateField(_("停止日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("产品")
        ordering = ["side", "pk"]
        indexes = [models.Index(fields=["side", "name"], name="product_side_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "side", "name"],
                condition=Q(ended_on__isnull=True),
                name="product_once_while_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Introduction(models.Model):
    """A buyer and a seller introduced to each other (引荐), with the assignment and its result."""

    need = models.ForeignKey(
        Product, verbose_name=_("采购需求"), on_delete=models.PROTECT, related_name="introductions_as_need"
    )
    offer = models.ForeignKey(
        Product, verbose_name=_("供应产品"), on_delete=models.PROTECT, related_name="introductions_as_offer"
    )
    area = models.ForeignKey(
        Area, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="introductions"
    )
    reason = models.CharField(_("匹配理由"), max_length=200)
    assignment = models.OneToOneField(
        Assignment, verbose_name=_("任务"), on_delete=models.PROTECT, related_name="introduction"
    )
    result = models.CharField(
        _("对接结果"), max_length=10, choices=IntroductionResult.choices, default=IntroductionResult.PENDING
    )
    result_on = models.DateField(_("结果日期"), null=True, blank=True)
    amount = models.DecimalField(
        _("成交金额（万元）"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    note = models.TextField(_("说明"), blank=True)
    made_by = models.ForeignKey(Account, verbose_name=_("引荐人"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("引荐时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("引荐")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="introduced_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(result="ORDERED", amount__gt=0),
                name="amount_only_of_an_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need.enterprise}·{self.offer.enterprise}"

    @property
    def why(self) -> str:
        """Why the two fit, in the language of the reader."""
        return reason_in_words(self.reason)
