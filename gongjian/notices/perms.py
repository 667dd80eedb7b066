"""Who may keep channels and quiet hours, and who may read a notice."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.notices.models import Notice
from gongjian.people.models import Account
from gongjian.people.states import Role


def check_keep_channels(account: Account) -> None:
    """Raise Refused unless the account is the administrator, because addresses of channels hold secrets."""
    if account.role != Role.ADMINISTRATOR:
        raise Refused(_("只有系统管理员可以维护通知通道。请联系系统管理员。"))


def check_read(account: Account, notice: Notice) -> None:
    """Raise Refused unless the notice belongs to the account or to its unit."""
    own = notice.account_id == account.pk
    if not own and not (notice.unit_id is not None and notice.unit_id == account.unit_id):
        raise Refused(_("这条通知不是给您或您的单位的。"))
