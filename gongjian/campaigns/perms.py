"""Who may set targets, and who answers for them."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.campaigns.models import Target
from gongjian.campaigns.states import Side
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_set_target(account: Account, area: Area, unit: Unit | None = None) -> None:
    """Refuse unless the account is a clerk of the office above the area; of the city itself for its own, of the area for a unit of it."""
    own = account.writes_area
    above = own is not None and (own.depth < area.depth or area.depth == 1 or unit is not None)
    if account.role != Role.CLERK or not above or not writes(account, area):
        raise Refused(_("%(area)s的目标由上级攻坚办下达。请联系上级攻坚办。") % {"area": area})


can_set_target = passes(check_set_target)


def check_pass_on(account: Account, target: Target) -> None:
    """Refuse unless the account is a clerk who writes for the area that holds the target, which passes it on."""
    if account.role != Role.CLERK or target.unit_id is not None or not writes(account, target.area):
        raise Refused(_("%(area)s的目标由当地攻坚办分解。请联系他们。") % {"area": target.area})


can_pass_on = passes(check_pass_on)


def side_of(account: Account, target: Target) -> Side | None:
    """On which side of a target an account stands: of the office that set it, of who holds it, or on none."""
    if can_set_target(account, target.area, target.unit):
        return Side.ABOVE
    if target.unit_id is not None:
        return Side.BELOW if account.role == Role.HANDLER and account.unit_id == target.unit_id else None
    return Side.BELOW if can_pass_on(account, target) else None
