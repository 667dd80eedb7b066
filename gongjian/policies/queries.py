"""Reading policies: the version that counts on a day, the ledger of payouts, requests for data, notices."""

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
    """The version of each policy that is in force on a day, in the order of the library."""
    rows = (
        PolicyVersion.objects.filter(state=VersionState.SIGNED, valid_from__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .select_related("policy")
        .order_by("policy", "number")
    )
    return list({row.policy_id: row for row in rows}.values())


def policies_with_offer(policies: Sequence[Policy]) -> set[int]:
    """Keys of those policies for which the library holds a newer text that waits to be adopted."""
    rows = PolicyVersion.objects.filter(policy__in=policies, state=VersionState.OFFERED)
    return set(rows.values_list("policy", flat=True))


def current_version(policy: Policy, on: date) -> PolicyVersion | None:
    """The version in force on a day, or else the last one signed, or else the last one written; None if there is none."""
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


def sums_by_state(rows: QuerySet[Payout]) -> list[StateSum]:
    """Number and money of payouts for every state, in one query."""
    what = Coalesce("approved_amount", "applied_amount")
    groups = rows.order_by().values("state").annotate(count=Count("pk"), total=Sum(what))
    counted = {row["state"]: (row["count"], row["total"]) for row in groups}
    return [
        StateSum(state.value, str(state.label), *counted.get(state.value, (0, Decimal(0))))
        for state in PayoutState
    ]


def requests_by_fact(enterprise: Enterprise) -> dict[str, DatumRequest]:
    """Fact -> the latest request for it from this firm."""
    rows = DatumRequest.objects.filter(enterprise=enterprise).select_related("assignment__lead_unit")
    return {row.fact: row for row in rows.order_by("pk")}


def sentence_for_firm(version: PolicyVersion) -> str:
    """The plain sentence that explains a version to a firm, or the name of the policy if it has none."""
    return read_header(version.text).explain or version.policy.name


def notices_visible_to(policy: Policy, account: Account) -> QuerySet[PolicyNotice]:
    """Notices of a policy an account may open: its own, or all of them for who sees the whole city. Newest first."""
    rows = PolicyNotice.objects.filter(version__policy=policy).order_by("-pk")
    if account.reads_area is not None and account.reads_area.depth == 1:
        return rows
    return rows.filter(sent_by=account)


def not_yet_listed(due: Sequence[EntitledFirm], version: PolicyVersion, period: str) -> list[EntitledFirm]:
    """Those entitled to money that are not in the ledger for this period yet."""
    held = Payout.objects.filter(version__policy=version.policy_id, period=period, state__in=OPEN)
    listed = set(held.values_list("enterprise", flat=True))
    return [firm for firm in due if firm.enterprise.pk not in listed and firm.amount > 0]
