"""Reading the ledger of payouts (兑现台账): visible payouts, sums by state, firms not listed yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.models import Account
from gongjian.policies.models import Payout, PolicyVersion
from gongjian.policies.states import OPEN, PayoutState
from gongjian.policies.verdicts.answers import EntitledFirm


def payouts_visible_to(account: Account) -> QuerySet[Payout]:
    """The payouts of every firm the account sees, newest first."""
    return (
        Payout.objects.filter(enterprise__in=visible_firms(account))
        .select_related("enterprise__area", "version__policy")
        .order_by("-pk")
    )


@dataclass(frozen=True)
class StateSum:
    """How many payouts are in one state, and how much money in yuan."""

    state: str
    label: str
    count: int
    amount: Decimal

    @property
    def key(self) -> str:
        """The word in the table of measures."""
        return f"payouts_{self.state.lower()}"


def sums_by_state(rows: QuerySet[Payout]) -> list[StateSum]:
    """Number and money of payouts for every state, in one query."""
    what = Coalesce("approved_amount", "applied_amount")
    groups = rows.order_by().values("state").annotate(count=Count("pk"), total=Sum(what))
    counted = {row["state"]: (row["count"], row["total"]) for row in groups}
    return [
        StateSum(state.value, str(state.label), *counted.get(state.value, (0, Decimal(0))))
        for state in PayoutState
    ]


def not_yet_listed(due: Sequence[EntitledFirm], version: PolicyVersion, period: str) -> list[EntitledFirm]:
    """The entitled firms that are not yet in the ledger for this period."""
    held = Payout.objects.filter(version__policy=version.policy_id, period=period, state__in=OPEN)
    listed = set(held.values_list("enterprise", flat=True))
    return [firm for firm in due if firm.enterprise.pk not in listed and firm.amount > 0]
