"""The outbox: due sendings leave by their channels, one after another, outside any transaction.

The claim on a sending is stored before a byte leaves. A program that stops in between leaves the sending "under way", and
a person decides whether to send it again. So nothing is ever sent twice by itself.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.notices.gateway import send_by_gateway
from gongjian.notices.models import Sending
from gongjian.notices.queries import due_sendings, quiet_hours
from gongjian.notices.rules import FIRST_PAUSE, is_quiet, next_try
from gongjian.notices.services import end_sending, start_sending
from gongjian.notices.states import ChannelKind, SendingKind
from gongjian.notices.wording import title_of

Sender = Callable[[str, str, str], str]


def is_installed() -> bool:
    """Whether Apprise, the library that sends to the channels, is installed."""
    return find_spec("apprise") is not None


def how_to_install() -> str:
    """The sentence that says how to install Apprise."""
    return _("本机没有安装发送组件，摘要只留在收件箱里。请运维人员运行 pip install 'gongjian[notify]'。")


def send_by_apprise(address: str, title: str, body: str) -> str:
    """Send a message with Apprise; returns the reason of a failure, or an empty text on success."""
    import apprise

    notifier = apprise.Apprise()
    if not notifier.add(address):
        return _("通道地址写得不对。请系统管理员核对密钥或邮箱。")
    if notifier.notify(title=title, body=body):
        return ""
    return _("对方服务器没有接收。请检查网络和密钥，稍后会自动重发。")


def deliver(*, at: datetime, send: Sender = send_by_apprise) -> tuple[int, int]:
    """Send all sendings that are due; during quiet hours only what is due today and was asked for by a person.

    Returns (sent, not sent). Running it again sends nothing twice.
    """
    rule, counts = quiet_hours(), [0, 0]
    quiet = is_quiet(timezone.localtime(at).time(), rule.starts, rule.ends)
    for sending in due_sendings(at):
        if quiet and sending.kind == SendingKind.DIGEST:
            continue
        claimed = start_sending(sending, at=at)
        if claimed is not None:
            counts[bool(_attempt(claimed, send, at))] += 1
    return counts[0], counts[1]


def _attempt(sending: Sending, send: Sender, at: datetime) -> str:
    """Try a sending once; returns why it failed.

    A failure is recorded and tried again after ever longer pauses.
    """
    channel = sending.channel
    if channel.kind == ChannelKind.SMS and send is send_by_apprise:
        send = send_by_gateway
    if send is send_by_apprise and not is_installed():
        end_sending(sending, why=how_to_install(), next_try_at=at + 12 * FIRST_PAUSE, at=at)
        return how_to_install()
    try:
        why = send(channel.address, title_of(sending), sending.text)
    except Exception:
        logging.getLogger(__name__).exception("channel %s failed", sending.channel_id)
        why = _("发送时出错，详情见服务日志。稍后会自动重发。")
    end_sending(sending, why=why, next_try_at=next_try(sending.attempts, at) if why else None, at=at)
    return why
