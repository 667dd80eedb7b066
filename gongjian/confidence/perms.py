"""Who opens a survey, and who answers one."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_open_survey(account: Account, area: Area) -> None:
    """Refuse unless the account is a clerk who writes for the area."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("%(area)s的信心调查由当地攻坚办开展。请联系他们。") % {"area": area})


can_open_survey = passes(check_open_survey)


def firm_of(account: Account) -> Enterprise:
    """The firm an account answers for; raises Refused where it speaks for none."""
    link = getattr(account, "speaks_for", None) if account.role == Role.ENTERPRISE else None
    if link is None:
        raise Refused(_("信心调查由企业自己的账号填写。请用企业账号登录。"))
    firm: Enterprise = Enterprise.objects.select_related("area").get(pk=link.enterprise_id)
    return firm
