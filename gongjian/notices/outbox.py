"""The outbox: what is due leaves by its channel, one after another, outside any transaction.

A sending is claimed and that is stored before a byte leaves; a program that dies in between leaves it "under way",
and a person decides whether to send it again. So nothing is ever sent twice by itself.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.notices.models import Sending
from gongjian.notices.queries import quiet_hours, waiting
from gongjian.notices.rules import FIRST_PAUSE, is_quiet, next_try
from gongjian.notices.services import end_sending, start_sending

Send = Callable[[str, str, str], str]


def is_installed() -> bool:
    """Whether the library that knows the channels is there."""
    return find_spec("apprise") is not None


def missing() -> str:
    """What to do when it is not."""
    return _("本机没有安装发送组件，摘要只留在收件箱里。请运维人员运行 pip install 'gongjian[notify]'。")


def by_apprise(address: str, title: str, body: str) -> str:
    """Send by the library; returns why it failed, empty when it went."""
    import apprise

    notifier = apprise.Apprise()
    if not notifier.add(address):
        return _("通道地址写得不对。请系统管理员核对密钥或邮箱。")
    if notifier.notify(title=title, body=body):
        return ""
    return _("对方服务器没有接收。请检查网络和密钥，稍后会自动重发。")


def deliver(*, at: datetime, send: Send = by_apprise) -> tuple[int, int]:
    """Send what is due unless it is quiet. Returns (sent, not sent). Running it again sends nothing twice."""
    rule, done = quiet_hours(), [0, 0]
    if is_quiet(timezone.localtime(at).time(), rule.starts, rule.ends):
        return 0, 0
    for sending in waiting(at):
        claimed = start_sending(sending, at=at)
        if claimed is not None:
            done[bool(_attempt(claimed, send, at))] += 1
    return done[0], done[1]


def _attempt(sending: Sending, send: Send, at: datetime) -> str:
    """One try; a failure is known and planned again, growing pauses apart."""
    if send is by_apprise and not is_installed():
        end_sending(sending, why=missing(), next_try_at=at + 12 * FIRST_PAUSE, at=at)
        return missing()
    title = _("攻坚通知 %(day)s：%(count)s 条未读") % {"day": sending.day.isoformat(), "count": sending.count}
    try:
        why = send(sending.channel.address, title, sending.text)
    except Exception:
        logging.getLogger(__name__).exception("channel %s failed", sending.channel_id)
        why = _("发送时出错，详情见服务日志。稍后会自动重发。")
    end_sending(sending, why=why, next_try_at=next_try(sending.attempts, at) if why else None, at=at)
    return why
