"""Reading the notices sent to firms and the requests for their missing data."""

from django.db.models import QuerySet

from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account
from gongjian.policies.models import DatumRequest, Policy, PolicyNotice


def requests_by_fact(enterprise: Enterprise) -> dict[str, DatumRequest]:
    """The latest request for each missing fact of this firm, by the fact's key."""
    rows = DatumRequest.objects.filter(enterprise=enterprise).select_related("assignment__lead_unit")
    return {row.fact: row for row in rows.order_by("pk")}


def notices_visible_to(policy: Policy, account: Account) -> QuerySet[PolicyNotice]:
    """Notices of a policy the account may open, newest first: its own, or all if it sees the whole city."""
    rows = PolicyNotice.objects.filter(version__policy=policy).order_by("-pk")
    if account.reads_area is not None and account.reads_area.depth == 1:
        return rows
    return rows.filter(sent_by=account)
