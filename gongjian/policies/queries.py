"""Reading policies: the version that counts on a day, the ledger of payouts, requests for data, notices."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files.queries import read_header
from gongjian.policies.states import VersionState
from gongjian.policies.wording import policy_text


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


def version_in_the_way(code: str) -> PolicyVersion | None:
    """The version that a new draft of this code runs into: the one still to be signed, else the last one written."""
    rows = PolicyVersion.objects.filter(policy__code=code).select_related("policy").order_by("-number")
    waiting = rows.filter(state__in=[VersionState.DRAFT, VersionState.PROPOSED]).first()
    return waiting or rows.first()


def sentence_for_firm(version: PolicyVersion) -> str:
    """The plain sentence that explains a version to a firm, or the name of the policy if it has none."""
    return policy_text(read_header(version.text).explain) or version.policy.title
