"""Who may maintain the register of firms."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role

KEEPERS = (Role.CLERK, Role.OFFICER)


def check_keep(account: Account, area: Area) -> None:
    """Raise Refused unless the account is a clerk or service officer of the area."""
    if account.role not in KEEPERS or not writes(account, area):
        raise Refused(_("只有%(area)s攻坚办或首席服务官可以维护这家企业的信息。") % {"area": area})


can_keep = passes(check_keep)


def check_merge(account: Account, area: Area) -> None:
    """Raise Refused unless the account is a clerk of the area."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("只有攻坚办工作人员可以合并重复企业。"))
