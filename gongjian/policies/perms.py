"""Who may write a rule, sign it, and keep the ledger of payouts."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.perms import writes_whole_city
from gongjian.people.queries import writes
from gongjian.people.states import Role
from gongjian.policies.models import Payout, PolicyVersion
from gongjian.policies.states import (
    PAYOUT_MOVE,
    VERSION_MOVE,
    VERSION_MOVES,
    PolicyMove,
    PolicyParty,
    VersionState,
)


def check_write(account: Account) -> None:
    """Raises Refused unless the account is a clerk with an area to write in: only they draft rules."""
    if account.role != Role.CLERK or account.writes_area_id is None:
        raise Refused(_("只有攻坚办工作人员可以起草政策规则。请把文件交给攻坚办。"))


def check_write_for(account: Account, area_code: str) -> None:
    """Raises Refused unless the account may draft rules for this area: its own, or any for who writes for the whole city.

    A policy of no area, or of the city or above, belongs to the city.
    """
    check_write(account)
    if writes_whole_city(account):
        return
    code = account.writes_area.stat_code if account.writes_area else ""
    own = code.removesuffix("000").removesuffix("000")  # blank in the code are the levels below
    if not own or not area_code.startswith(own):
        raise Refused(_("这条政策适用的地区不归您录入，要由市攻坚办来改。请联系市攻坚办。"))


def is_signer(account: Account) -> bool:
    """Whether the account may sign at all: a clerk or a leader of the whole city. That the author may not sign is checked elsewhere."""
    area = account.writes_area if account.role == Role.CLERK else account.reads_area
    return account.role in {Role.CLERK, Role.LEADER} and area is not None and area.depth == 1


def check_version(account: Account, version: PolicyVersion, verb: str) -> None:
    """Raises Refused when the state of the version or the account does not allow the move."""
    move = VERSION_MOVE[verb]
    if version.state not in move.sources:
        raise Refused(
            _("第%(number)s版现在是“%(state)s”，不能%(move)s。请刷新页面看最新情况。")
            % {"number": version.number, "state": version.get_state_display(), "move": move.label}
        )
    if move.party == PolicyParty.AUTHOR:
        check_write_for(account, version.policy.area_code)
        return
    if not is_signer(account):
        raise Refused(_("%(move)s要由市攻坚办或市领导来做。") % {"move": move.label})
    if version.written_by_id == account.pk and version.state == VersionState.PROPOSED:
        raise Refused(_("起草和审签要由两个人来做。请另一位同志来%(move)s。") % {"move": move.label})


can_version = passes(check_version)


def moves_for(account: Account, version: PolicyVersion) -> list[PolicyMove]:
    """The moves this account may make with the version, for its buttons."""
    return [move for move in VERSION_MOVES if can_version(account, version, move.verb)]


def check_area(account: Account, area: Area) -> None:
    """Raises Refused unless the account is a clerk of the area: they keep the payouts of its firms and ask for their data."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("只有%(area)s攻坚办可以登记兑现、交办补数据。请联系攻坚办。") % {"area": area})


def check_payout(account: Account, payout: Payout, verb: str) -> None:
    """Raises Refused unless the state allows the move and the account is a clerk of the firm's area."""
    move = PAYOUT_MOVE[verb]
    check_area(account, payout.enterprise.area)
    if payout.state not in move.sources:
        raise Refused(
            _("这笔兑现现在是“%(state)s”，不能%(move)s。请刷新页面看最新情况。")
            % {"state": payout.get_state_display(), "move": move.label}
        )


can_write = passes(check_write)
can_write_for = passes(check_write_for)
can_area = passes(check_area)
can_payout = passes(check_payout)
