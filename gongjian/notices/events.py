"""Events of notices, channels and sendings."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class NoticeEvent(EventName):
    """What can happen to notices, channels and sendings."""

    TOLD = "notice.told", _("通知%(count)s个账号或单位：%(text)s")
    WITHDRAWN = "notice.withdrawn", _("撤回%(count)s条通知：%(text)s")
    DIGEST_MENDED = "sending.mended", _("%(day)s摘要去掉已撤回的通知，剩%(count)s条，通道%(name)s")
    READ = "notice.read", _("%(count)s条通知已读")
    CHANNEL_ADDED = "channel.added", _("新增通道%(name)s")
    CHANNEL_EDITED = "channel.edited", _("更正通道%(name)s：%(changed)s")
    CHANNEL_OPENED = "channel.opened", _("启用通道%(name)s")
    CHANNEL_SHUT = "channel.shut", _("停用通道%(name)s")
    HOURS_SET = "notice.hours_set", _("静默时段%(starts)s至%(ends)s，每日摘要%(digest_at)s")
    DIGEST_MADE = "sending.made", _("生成%(day)s摘要，%(count)s条通知，通道%(name)s")
    AT_ONCE = "sending.at_once", _("当日到期，即时发送%(count)s条通知，通道%(name)s")
    SENDING_STARTED = "sending.started", _("第%(attempt)s次发送%(day)s摘要，通道%(name)s")
    SENDING_DONE = "sending.done", _("%(day)s摘要已发送，通道%(name)s")
    SENDING_MISSED = "sending.missed", _("%(day)s摘要没有发出，通道%(name)s：%(why)s")
    SENDING_AGAIN = "sending.again", _("重新发送%(day)s摘要，通道%(name)s")
