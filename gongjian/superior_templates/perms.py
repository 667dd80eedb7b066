"""Who may keep a superior's template for an office."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_keep(account: Account, area: Area | None) -> None:
    """Refuse unless the account is a clerk who writes in the area."""
    if area is None or account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("上级表样由本地区攻坚办工作人员维护。请联系攻坚办。"))


can_keep = passes(check_keep)
