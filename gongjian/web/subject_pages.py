"""The address of the page for any record, given its kind and number."""

from django.urls import reverse

from gongjian.people.models import Account
from gongjian.people.states import Role

PAGES = {
    "assignments.assignment": "assignment",
    "campaigns.campaign": "target-answers",
    "campaigns.target": "target",
    "complaints.complaint": "complaint",
    "problems.problem": "problem",
    "policies.policy": "policy",
    "problems.commonproblem": "common",
    "projects.project": "project",
    "visits.visit": "visit",
    "enterprises.enterprise": "enterprise",
    "people.person": "person",
    "people.unit": "unit",
    "people.account": "account",
    "markets.introduction": "introduction",
    "intake.article": "article",
    "bulletins.bulletin": "bulletin",
    "standings.scheme": "scheme",
    "standings.commendation": "commendation",
    "standings.publication": "published",
}
FIRM_PAGES = {"problems.problem": "firm-problem", "complaints.complaint": "complaint"}
FIRM_LISTS = {
    "policies.policy": "my-policies",
    "problems.commonproblem": "firm",
}  # a firm has one page of all


def page_about(kind: str, number: int | None, *, reader: Account) -> str:
    """The address of the page where this account can read about the record; empty if there is none."""
    firm = reader.role == Role.ENTERPRISE
    if firm and kind in FIRM_LISTS:
        return reverse(FIRM_LISTS[kind])
    route = (FIRM_PAGES if firm else PAGES).get(kind)
    return reverse(route, args=[number]) if route and number is not None else ""
