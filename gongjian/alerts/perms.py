"""Who keeps the rules of alerts, and who hands an alert over."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.perms import writes_whole_city
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_keep_rules(account: Account | None) -> None:
    """Refuse unless the account is a clerk of the whole city; None means the system itself, which may."""
    if account is not None and not (account.role == Role.CLERK and writes_whole_city(account)):
        raise Refused(_("预警规则由市攻坚办维护。请把意见告诉市攻坚办。"))


can_keep_rules = passes(check_keep_rules)


def check_hand_over(account: Account, area: Area) -> None:
    """Refuse unless the account is a clerk who writes for the area."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("%(area)s的预警由当地攻坚办交办。请联系他们。") % {"area": area})


can_hand_over = passes(check_hand_over)
