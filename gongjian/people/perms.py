"""Who may maintain areas, units, persons and accounts."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_keep_people(account: Account | None, area: Area | None) -> None:
    """Refuse unless the account may maintain units and persons: a clerk of the area or the administrator.

    None means the system itself, which may.
    """
    if account is None or account.role == Role.ADMINISTRATOR:
        return
    if account.role == Role.CLERK and (area is None or writes(account, area)):
        return
    raise Refused(_("只有本地区攻坚办或系统管理员可以维护单位和人员。请联系攻坚办。"))


can_keep_people = passes(check_keep_people)


def check_keep_accounts(account: Account | None) -> None:
    """Refuse unless the account is the administrator; None means the system itself, which may."""
    if account is not None and account.role != Role.ADMINISTRATOR:
        raise Refused(_("只有系统管理员可以管理账号。请联系系统管理员。"))
