"""What stands above a message that leaves (通知标题): the digest of a day, what is due at once."""

from django.utils.translation import gettext as _

from gongjian.notices.models import Sending
from gongjian.notices.states import SendingKind


def title_of(sending: Sending) -> str:
    """The title of a message."""
    facts = {"day": sending.day.isoformat(), "count": sending.count}
    if sending.kind == SendingKind.AT_ONCE:
        return _("攻坚通知 %(day)s：今天到期，请马上办理") % facts
    return _("攻坚通知 %(day)s：%(count)s 条未读") % facts
