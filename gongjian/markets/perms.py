"""Who may maintain product entries, introduce firms and record the result."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.enterprises.models import Enterprise
from gongjian.markets.models import Introduction
from gongjian.people.models import Account
from gongjian.people.queries import reads, writes
from gongjian.people.states import Role

KEEPERS = (Role.CLERK, Role.LEADER, Role.OFFICER)


def check_keep(account: Account, enterprise: Enterprise) -> None:
    """Raise Refused unless the account is the firm itself, or a clerk, leader or officer of its area."""
    own = account.role == Role.ENTERPRISE and enterprise.accounts.filter(account=account).exists()
    if not own and not (account.role in KEEPERS and writes(account, enterprise.area)):
        raise Refused(_("产品由企业自己、攻坚办、带队领导或首席服务官登记。请联系攻坚办。"))


can_keep = passes(check_keep)


def check_introduce(account: Account, buyer: Enterprise, seller: Enterprise) -> None:
    """Raise Refused unless the account is a clerk of the buyer's area who may also write for the seller's."""
    if account.role != Role.CLERK or not writes(account, buyer.area):
        raise Refused(_("引荐由采购企业所在地的攻坚办交办。请把情况告诉攻坚办。"))
    if not writes(account, seller.area):
        raise Refused(_("供应企业不在您的地区，跨地区的引荐由市攻坚办交办。请把情况告诉市攻坚办。"))


def check_record_result(account: Account, introduction: Introduction) -> None:
    """Raise Refused unless the account is a clerk of the area or handles the introduction."""
    office = account.role == Role.CLERK and writes(account, introduction.area)
    handler = account.role == Role.HANDLER and account.unit_id == introduction.assignment.lead_unit_id
    if not office and not handler:
        raise Refused(_("对接结果由承办单位或攻坚办填写。"))


can_record_result = passes(check_record_result)


def can_introduce(account: Account, buyer: Enterprise) -> bool:
    """Whether the account may introduce somebody to this buyer."""
    return account.role == Role.CLERK and reads(account, buyer.area) and writes(account, buyer.area)
