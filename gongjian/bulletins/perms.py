"""Who may make and issue bulletins."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.bulletins.models import Bulletin
from gongjian.people.models import Account, Area
from gongjian.people.queries import reads, writes
from gongjian.people.states import Role


def check_make(account: Account, area: Area) -> None:
    """Raise Refused unless the account is a clerk of the area."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("只有%(area)s攻坚办工作人员可以编制简报。") % {"area": area})


def check_sign(account: Account, bulletin: Bulletin) -> None:
    """Raise Refused unless the account leads the area or is a clerk of it, and neither made nor last changed the bulletin."""
    leads = account.role == Role.LEADER and reads(account, bulletin.area)
    keeps = account.role == Role.CLERK and writes(account, bulletin.area)
    if not leads and not keeps:
        raise Refused(_("只有%(area)s领导和攻坚办工作人员可以核签。") % {"area": bulletin.area})
    if account.pk in (bulletin.made_by_id, bulletin.edited_by_id):
        raise Refused(_("核签要由另一个人：您编制或修改过这一期。请攻坚办另一位同志或领导核签。"))


can_sign = passes(check_sign)
