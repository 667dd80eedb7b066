"""Who may enter, approve and correct figures, and who keeps the catalogue."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.enterprises.models import Enterprise
from gongjian.indicators.models import MonthlyReturn
from gongjian.people.models import Account, Area
from gongjian.people.perms import writes_whole_city
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_enter(account: Account, area: Area) -> None:
    """Refuse unless the account is a clerk who writes for the area."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("%(area)s的数据由当地攻坚办录入。请联系他们。") % {"area": area})


can_enter = passes(check_enter)


def area_entered(account: Account) -> Area:
    """The area whose figures an account enters; raises Refused where it enters none."""
    if account.writes_area is None:
        raise Refused(_("您的账号不能录入数据。请联系当地攻坚办。"))
    check_enter(account, account.writes_area)
    return account.writes_area


def check_approve(account: Account, area: Area) -> None:
    """Refuse unless the account is a clerk of the office above the area; of the whole city for the city itself."""
    own = account.writes_area
    above = own is not None and writes(account, area) and (own.depth < area.depth or area.depth == 1)
    if account.role != Role.CLERK or not above:
        raise Refused(_("%(area)s的月报由上级攻坚办审核。请联系上级攻坚办。") % {"area": area})


can_approve = passes(check_approve)


def check_approve_return(account: Account, row: MonthlyReturn) -> None:
    """Refuse unless the account may approve the area's returns and has not handed up this one itself."""
    check_approve(account, row.area)
    if row.handed_up_by_id == account.pk:
        raise Refused(_("这份月报是您上报的，请由另一个人审核。"))


can_approve_return = passes(check_approve_return)


def check_keep_catalogue(account: Account | None) -> None:
    """Refuse unless the account is a clerk of the whole city; None means the system itself, which may."""
    if account is not None and not (account.role == Role.CLERK and writes_whole_city(account)):
        raise Refused(_("指标目录由市攻坚办维护。请把意见告诉市攻坚办。"))


can_keep_catalogue = passes(check_keep_catalogue)


def check_run_surveys(account: Account) -> None:
    """Refuse unless the account is a clerk of the whole city."""
    if account.role != Role.CLERK or not writes_whole_city(account):
        raise Refused(_("信心调查由市攻坚办发起和结束。请联系市攻坚办。"))


can_run_surveys = passes(check_run_surveys)


def check_answer(account: Account | None, firm: Enterprise) -> None:
    """Refuse unless the account speaks for the firm; None means the system itself, which may."""
    if account is not None and not firm.accounts.filter(account=account).exists():
        raise Refused(_("信心调查由企业用自己的账号作答。"))
