"""Who may keep the project ledger."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_keep(account: Account, area: Area) -> None:
    """Raise Refused unless the account is a clerk of the area."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("重点项目由%(area)s攻坚办登记和更正。请把情况告诉攻坚办。") % {"area": area})


can_keep = passes(check_keep)
