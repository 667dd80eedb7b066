"""Choices of notices, channels and sendings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a notice is about (通知类别)."""

    TASK = "TASK", _("任务")
    REMINDER = "REMINDER", _("催办")
    SUPERVISION = "SUPERVISION", _("督办")
    INTERVIEW = "INTERVIEW", _("约谈")
    MEASURE = "MEASURE", _("共性问题")
    OUTCOME = "OUTCOME", _("处理结果")
    POLICY = "POLICY", _("惠企政策")
    SYSTEM = "SYSTEM", _("系统")


class ChannelKind(TextChoices):
    """The kind of channel by which a digest leaves the product (通道种类)."""

    EMAIL = "EMAIL", _("电子邮件")
    WECOM = "WECOM", _("企业微信机器人")
    DINGTALK = "DINGTALK", _("钉钉机器人")
    FEISHU = "FEISHU", _("飞书机器人")
    SMS = "SMS", _("短信网关")


SCHEMES = {
    ChannelKind.EMAIL: ("mailto", "mailtos"),
    ChannelKind.WECOM: ("wecombot",),
    ChannelKind.DINGTALK: ("dingtalk",),
    ChannelKind.FEISHU: ("feishu",),
    ChannelKind.SMS: ("https", "http"),
}


class SendingKind(TextChoices):
    """Why something is sent (发送种类)."""

    DIGEST = "DIGEST", _("每日摘要")
    AT_ONCE = "AT_ONCE", _("当日到期")


class SendingState(TextChoices):
    """The state of one sending (发送状态)."""

    WAITING = "WAITING", _("待发送")
    UNDER_WAY = "UNDER_WAY", _("发送中")
    SENT = "SENT", _("已发送")
    FAILED = "FAILED", _("未送达")
    EMPTY = "EMPTY", _("已撤空")


CORRECTABLE = (
    SendingState.WAITING,
    SendingState.FAILED,
)  # not sent yet, so withdrawn notices are taken out of them
