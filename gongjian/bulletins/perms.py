"""Who may make and issue bulletins."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_make(account: Account, area: Area) -> None:
    """Raise Refused unless the account is a clerk of the area."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("只有%(area)s攻坚办工作人员可以编制简报。") % {"area": area})
