"""Who may take in reports and decide on drafts."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.intake.models import Draft, DraftState
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_take_in(account: Account, area: Area) -> None:
    """Raise Refused unless the account is a clerk of the area."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("只有本地区攻坚办工作人员可以录入来稿。请联系%(area)s攻坚办。") % {"area": area})


def check_decide(account: Account, draft: Draft) -> None:
    """Raise Refused unless the account is a clerk of the area and the draft is still pending."""
    check_take_in(account, draft.article.area)
    if draft.state != DraftState.PENDING:
        raise Refused(
            _("这条草稿%(state)s，不能再改。请刷新页面看最新情况。") % {"state": draft.get_state_display()}
        )


can_decide = passes(check_decide)
