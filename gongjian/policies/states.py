"""The whole life of a version and of a payout on one screen: states, moves, who may make them."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Who issued the policy (政策层级)."""

    NATION = "NATION", _("国家")
    PROVINCE = "PROVINCE", _("省")
    CITY = "CITY", _("市")
    COUNTY = "COUNTY", _("县（市、区）")


class Delivery(TextChoices):
    """How the benefit reaches the firm (兑现方式)."""

    AUTOMATIC = "AUTOMATIC", _("免申即享")
    FAST = "FAST", _("快申快享")
    APPLICATION = "APPLICATION", _("申报")


class Grade(TextChoices):
    """The verdict on a firm as pages show it (结论); NEAR: it fails, but by so little that it can act on it."""

    MEETS = "MEETS", _("符合")
    NEAR = "NEAR", _("差一点")
    UNKNOWN = "UNKNOWN", _("缺数据")
    FAILS = "FAILS", _("不符合")


class VersionState(TextChoices):
    """The state of a version (版本状态)."""

    OFFERED = "OFFERED", _("待采用")
    DRAFT = "DRAFT", _("起草")
    PROPOSED = "PROPOSED", _("待审签")
    SIGNED = "SIGNED", _("已审签")
    REFUSED = "REFUSED", _("已退回")
    RETIRED = "RETIRED", _("已停用")


class PayoutState(TextChoices):
    """The state of a payout (兑现状态)."""

    APPLIED = "APPLIED", _("已申报")
    APPROVED = "APPROVED", _("已核准")
    PAID = "PAID", _("已拨付")
    RETURNED = "RETURNED", _("已退回")


class PolicyParty(TextChoices):
    """Who may make a move (操作方)."""

    AUTHOR = "AUTHOR", _("起草人")
    SIGNER = "SIGNER", _("审签人")
    OFFICE = "OFFICE", _("攻坚办")


@dataclass(frozen=True)
class PolicyMove:
    """One row of a table of moves: the verb, from which states, to which state, by whom."""

    verb: str
    label: "str | Promise"
    sources: tuple[str, ...]
    to: str
    party: PolicyParty


# Two persons: the author of a version never signs it. A newer text of the library is only offered: whoever adopts it answers for
# it as its author.
VERSION_MOVES = (
    PolicyMove(
        "edit",
        _("修改"),
        (VersionState.OFFERED, VersionState.DRAFT, VersionState.REFUSED),
        VersionState.DRAFT,
        PolicyParty.AUTHOR,
    ),
    PolicyMove(
        "adopt", _("采用并送审签"), (VersionState.OFFERED,), VersionState.PROPOSED, PolicyParty.AUTHOR
    ),
    PolicyMove("propose", _("送审签"), (VersionState.DRAFT,), VersionState.PROPOSED, PolicyParty.AUTHOR),
    PolicyMove("take_back", _("撤回修改"), (VersionState.PROPOSED,), VersionState.DRAFT, PolicyParty.AUTHOR),
    PolicyMove("sign", _("审签"), (VersionState.PROPOSED,), VersionState.SIGNED, PolicyParty.SIGNER),
    PolicyMove(
        "refuse",
        _("退回"),
        (VersionState.OFFERED, VersionState.PROPOSED),
        VersionState.REFUSED,
        PolicyParty.SIGNER,
    ),
    PolicyMove("retire", _("停用"), (VersionState.SIGNED,), VersionState.RETIRED, PolicyParty.SIGNER),
)
PAYOUT_MOVES = (
    PolicyMove("approve", _("核准"), (PayoutState.APPLIED,), PayoutState.APPROVED, PolicyParty.OFFICE),
    PolicyMove("pay", _("记拨付"), (PayoutState.APPROVED,), PayoutState.PAID, PolicyParty.OFFICE),
    PolicyMove(
        "return_",
        _("退回"),
        (PayoutState.APPLIED, PayoutState.APPROVED),
        PayoutState.RETURNED,
        PolicyParty.OFFICE,
    ),
)
VERSION_MOVE = {move.verb: move for move in VERSION_MOVES}
PAYOUT_MOVE = {move.verb: move for move in PAYOUT_MOVES}
OPEN = (
    PayoutState.APPLIED,
    PayoutState.APPROVED,
    PayoutState.PAID,
)  # a firm has at most one of these per policy and period
