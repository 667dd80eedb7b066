"""Notices, channels, sendings of digests, quiet hours."""

from datetime import time
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import message
from gongjian.notices.states import ChannelKind, NoticeKind, SendingKind, SendingState
from gongjian.people.models import Account, Unit


def _one_of_two(name: str) -> models.CheckConstraint:
    """A constraint: for an account or for a unit, never both and never neither."""
    for_account = models.Q(account__isnull=False, unit__isnull=True)
    return models.CheckConstraint(
        condition=for_account | models.Q(account__isnull=True, unit__isnull=False), name=name
    )


class Notice(models.Model):
    """One notice in an inbox (通知).

    A unit's notice is shared: once one of its accounts opens it, it is read for all.
    """

    account = models.ForeignKey(
        Account,
        verbose_name=_("账号"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    key = models.CharField(_("唯一标识"), max_length=160)
    kind = models.CharField(_("类别"), max_length=12, choices=NoticeKind.choices)
    sentence = models.CharField(_("句式"), max_length=300)
    values = models.JSONField(_("内容"), default=dict)
    words = models.TextField(_("检索文字"), blank=True)
    subject_kind = models.CharField(_("事由类别"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("事由编号"), null=True, blank=True)
    due_on = models.DateField(_("应办日期"), null=True, blank=True)
    at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    read_by = models.ForeignKey(
        Account, verbose_name=_("阅读人"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering = ["-at", "-pk"]
        constraints = [
            _one_of_two("notice_for_account_or_unit"),
            models.UniqueConstraint(fields=["account", "key"], name="notice_once_per_account"),
            models.UniqueConstraint(fields=["unit", "key"], name="notice_once_per_unit"),
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True, read_by__isnull=True)
                | models.Q(read_at__isnull=False, read_by__isnull=False),
                name="notice_read_by_someone_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "read_at", "-at"], name="notice_account_unread"),
            models.Index(fields=["unit", "read_at", "-at"], name="notice_unit_unread"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence of the notice in the language of the page."""
        return message(self.sentence, self.values)


class Channel(models.Model):
    """The way by which the daily digest of one account or one unit leaves the product (通道)."""

    name = models.CharField(_("名称"), max_length=60, unique=True)
    kind = models.CharField(_("种类"), max_length=10, choices=ChannelKind.choices)
    address = models.CharField(_("地址"), max_length=500)
    account = models.ForeignKey(
        Account,
        verbose_name=_("账号"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="channels",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, null=True, blank=True, related_name="channels"
    )
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通道")
        ordering = ["name"]
        constraints = [_one_of_two("channel_for_account_or_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        """The address without its secrets: the scheme and the last four characters."""
        scheme, _sep, rest = self.address.partition("://")
        return f"{scheme}://••••{rest[-4:] if len(rest) > 2 * 4 else ''}"

    @property
    def owner(self) -> Any:
        """The account or unit whose digest it carries."""
        return self.account or self.unit


class Sending(models.Model):
    """One message to one channel (发送), a digest a day and what is due today; tried again after a failure, never sent twice."""

    channel = models.ForeignKey(
        Channel, verbose_name=_("通道"), on_delete=models.PROTECT, related_name="sendings"
    )
    kind = models.CharField(_("种类"), max_length=8, choices=SendingKind.choices, default=SendingKind.DIGEST)
    day = models.DateField(_("日期"))
    count = models.PositiveIntegerField(_("通知条数"))
    upto = models.PositiveBigIntegerField(_("截至通知"))
    items = models.JSONField(_("所含通知"), default=list)
    text = models.TextField(_("正文"))
    state = models.CharField(
        _("状态"), max_length=10, choices=SendingState.choices, default=SendingState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_try_at = models.DateTimeField(_("下次发送"), null=True, blank=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    why = models.CharField(_("未送达原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("发送")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "day"], condition=models.Q(kind="DIGEST"), name="one_digest_a_day"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="SENT") | models.Q(sent_at__isnull=False),
                name="sending_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.day}"


class QuietHours(models.Model):
    """The single row of rules for what leaves the product (静默时段)."""

    starts = models.TimeField(_("静默开始"), default=time(18, 0))
    ends = models.TimeField(_("静默结束"), default=time(8, 30))
    digest_at = models.TimeField(_("每日摘要"), default=time(8, 40))
    working_days_only = models.BooleanField(_("只在工作日发送"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("静默时段")

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"
