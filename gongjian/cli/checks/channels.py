"""Checks of the channels by which notices leave: is what they need installed, did the last sendings arrive?"""

from gongjian.cli.checks.finding import Finding, ok, warning
from gongjian.cli.language import gettext as _

FEW = 3  # channels named in one line


def channels() -> Finding:
    """Check that each channel in use can send, and that none has given up."""
    from gongjian.notices import outbox
    from gongjian.notices.models import Channel, Sending
    from gongjian.notices.states import ChannelKind, SendingState

    used = Channel.objects.filter(is_active=True)
    if not used.exists():
        return ok("channels", _("没有启用通知通道，通知只在收件箱里"))
    if used.exclude(kind=ChannelKind.SMS).exists() and not outbox.is_installed():
        return warning(
            "channels",
            _(
                "邮件、企业微信、钉钉、飞书通道要靠发送组件 Apprise，本机没有安装，这些通道发不出去；短信网关不受影响"
            ),
            _("请运行 pip install 'gongjian[notify]'，再重启服务"),
        )
    failed = Sending.objects.filter(state=SendingState.FAILED, channel__is_active=True)
    names = list(failed.order_by("channel__name").values_list("channel__name", flat=True).distinct()[:FEW])
    if names:
        return warning(
            "channels",
            _("通道%(names)s有没有送达的通知") % {"names": _("、").join(names)},
            _("请在“发送记录”页面看原因，核对地址后重发"),
        )
    return ok("channels", _("通知通道正常"))
