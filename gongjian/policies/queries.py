"""Reading policies: which version counts on a day, the ledger of payouts, who was asked and told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.models import Account
from gongjian.policies.models import DatumRequest, Payout, Policy, PolicyNotice, PolicyVersion
from gongjian.policies.rule_files.header import read_header
from gongjian.policies.states import OPEN, PayoutState, VersionState
from gongjian.policies.verdicts.answers import EntitledFirm


def in_force(on: date) -> list[PolicyVersion]:
    """The version of each policy that counts on a day, in the order of the library."""
    rows = (
        PolicyVersion.objects.filter(state=VersionState.SIGNED, valid_from__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .select_related("policy")
        .order_by("policy", "number")
    )
    return list({row.policy_id: row for row in rows}.values())


def policies_with_offer(policies: Sequence[Policy]) -> set[int]:
    """Keys of those for which the library holds a newer text that waits to be adopted."""
    rows = PolicyVersion.objects.filter(policy__in=policies, state=VersionState.OFFERED)
    return set(rows.values_list("policy", flat=True))


def current_version(policy: Policy, on: date) -> PolicyVersion | None:
    """The version in force on a day, else the last signed, else the last written."""
    rows = list(policy.versions.select_related("policy", "written_by", "signed_by"))
    in_force_now = [
        row
        for row in rows
        if row.state == VersionState.SIGNED
        and row.valid_from is not None
        and row.valid_from <= on
        and (row.valid_until is None or row.valid_until >= on)
    ]
    signed = [row for row in rows if row.state == VersionState.SIGNED]
    return next(iter(in_force_now or signed or rows), None)


def payouts_visible_to(account: Account) -> QuerySet[Payout]:
    """The ledger an account sees: the money of the firms it sees."""
    return (
        Payout.objects.filter(enterprise__in=visible_firms(account))
        .select_related("enterprise__area", "version__policy")
        .order_by("-pk")
    )


@dataclass(frozen=True)
class StateSum:
    """How many payouts are in a state, and how much money."""

    state: str
    label: str
    count: int
    amount: Decimal


def sums_by_state(rows: QuerySet[Payout]) -> list[StateSum]:
    """By state, every state named; one query."""
    what = Coalesce("approved_amount", "applied_amount")
    groups = rows.order_by().values("state").annotate(count=Count("pk"), total=Sum(what))
    counted = {row["state"]: (row["count"], row["total"]) for row in groups}
    return [
        StateSum(state.value, str(state.label), *counted.get(state.value, (0, Decimal(0))))
        for state in PayoutState
    ]


def requests_by_fact(enterprise: Enterprise) -> dict[str, DatumRequest]:
    """By fact, the latest request for it."""
    rows = DatumRequest.objects.filter(enterprise=enterprise).select_related("assignment__lead_unit")
    return {row.fact: row for row in rows.order_by("pk")}


def sentence_for_firm(version: PolicyVersion) -> str:
    """The plain sentence for the firm, else the name of the policy."""
    return read_header(version.text).explain or version.policy.name


def notices_visible_to(policy: Policy, account: Account) -> QuerySet[PolicyNotice]:
    """Batches of a policy an account may look at: those of its own office, or all for who sees the whole city."""
    rows = PolicyNotice.objects.filter(version__policy=policy).order_by("-pk")
    if account.reads_area is not None and account.reads_area.depth == 1:
        return rows
    return rows.filter(sent_by=account)


def not_yet_listed(due: Sequence[EntitledFirm], version: PolicyVersion, period: str) -> list[EntitledFirm]:
    """Without the firms that already stand in the ledger for this period."""
    held = Payout.objects.filter(version__policy=version.policy_id, period=period, state__in=OPEN)
    listed = set(held.values_list("enterprise", flat=True))
    return [firm for firm in due if firm.enterprise.pk not in listed and firm.amount > 0]
