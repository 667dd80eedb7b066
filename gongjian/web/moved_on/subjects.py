"""On which record each form acts, by its route, and which other records stand on the same page."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from gongjian.assignments.models import AnnouncedYear, Assignment, Regime, RegimeChange
from gongjian.assignments.queries import visible_to as visible_tasks
from gongjian.audit.models import Event
from gongjian.bulletins.models import Bulletin
from gongjian.bulletins.queries import visible_to as visible_bulletins
from gongjian.campaigns.models import Target
from gongjian.campaigns.queries import targets_visible_to
from gongjian.complaints.models import Complaint
from gongjian.complaints.queries import visible_to as visible_complaints
from gongjian.enterprises.models import Enterprise, FactBatch, Pairing
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.imports.models import ImportBatch
from gongjian.indicators.models import Figure, FigureQuestion, MonthlyReturn
from gongjian.intake.models import Article, Draft
from gongjian.intake.queries import visible_to as visible_articles
from gongjian.markets.models import Introduction, Product
from gongjian.markets.queries import introductions_visible_to
from gongjian.notices.models import Channel, Sending
from gongjian.people.models import Account, ApiSystem, Person, Tenure, Unit
from gongjian.people.states import Role
from gongjian.policies.models import Payout, Policy, PolicyVersion
from gongjian.policies.payouts.queries import payouts_visible_to
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.queries import visible_to as visible_problems
from gongjian.projects.models import Project
from gongjian.projects.queries import visible_to as visible_projects
from gongjian.standings.commendations.queries import commendations_visible_to
from gongjian.standings.models import Commendation, CommendationLine, Scheme, SchemeVersion
from gongjian.standings.queries import schemes_visible_to
from gongjian.superior_templates.models import SuperiorTemplate
from gongjian.visits.models import Stop, Visit
from gongjian.visits.queries import visible_to as visible_visits
from gongjian.web.record_keys import record_keys

Subject = tuple[str, int]

# Routes whose number is the record's own.
OWN: dict[type[Model], tuple[str, ...]] = {
    Assignment: ("assignment-move", "instruct", "support-add", "support-move"),
    Problem: (
        *("problem-answer", "problem-decline", "hand-over", "suggestion-take", "firm-code", "firm-word"),
        *("problem-close", "common-join", "firm-problem", "common-proposal", "problem-project"),
    ),
    CommonProblem: (
        *(
            "common-rename",
            "common-split",
            "common-measure",
            "common-land",
            "common-mark-told",
            "common-close",
        ),
    ),
    Project: ("project-invest",),
    Visit: ("visit-finish", "visit-cancel", "stop-add", "note-add", "rally-pledge"),
    Complaint: ("complaint", "complaint-reopen"),
    Payout: ("payout-move",),
    Policy: ("policy-notice", "policy-automatic"),
    Enterprise: ("enterprise-add", "enterprise-merge", "firm-ask", "market-add", "market-read"),
    FactBatch: ("batch-write", "batch-undo", "batch-drop"),
    ImportBatch: (
        *("import-sheets", "import-headings", "import-names", "import-confirm"),
        *("import-write", "import-undo", "import-drop"),
    ),
    SuperiorTemplate: ("superior-headings", "superior-forget"),
    Article: ("drafts-confirm",),
    Draft: ("draft-decide",),
    Introduction: ("introduction",),
    Figure: ("figure-restate",),
    FigureQuestion: ("figure-answer",),
    MonthlyReturn: ("return-move",),
    Target: ("target-step", "target-gap", "target-pass-on"),
    Unit: ("unit-disable", "unit-open-matters"),
    Person: ("person-appoint", "person-open-matters"),
    Account: ("account-reset", "account-factor-reset", "account-switch"),
    ApiSystem: ("system-renew", "system-revoke"),
    Bulletin: ("bulletin-issue", "bulletin-sign", "bulletin-restore"),
    Channel: ("channel-switch",),
    Sending: ("sending-again",),
    Regime: ("regime-switch",),
    Scheme: ("scheme-next", "standings-publish"),
    Commendation: ("commendation", "commendation-move"),
    RegimeChange: ("regime-adopt",),
    AnnouncedYear: ("calendar-adopt",),
}
# Routes whose number is of a part: the part, and its field with the number of the record.
PARTS: dict[str, tuple[type[Model], str, type[Model]]] = {
    "policy-move": (PolicyVersion, "policy_id", Policy),
    "policy-ceiling": (PolicyVersion, "policy_id", Policy),
    "commended-remove": (CommendationLine, "commendation_id", Commendation),
    "commended-object": (CommendationLine, "commendation_id", Commendation),
    "scheme-move": (SchemeVersion, "scheme_id", Scheme),
    "scheme-edit": (SchemeVersion, "scheme_id", Scheme),
    "stop-problem": (Stop, "visit_id", Visit),
    "market-take": (Stop, "visit_id", Visit),
    "market-end": (Product, "enterprise_id", Enterprise),
    "tenure-end": (Tenure, "person_id", Person),
    "pairing-end": (Pairing, "enterprise_id", Enterprise),
}
# Routes of many records at once: the field that names those that were ticked.
TICKED: dict[str, tuple[str, type[Model]]] = {
    "problem-bulk": ("rows", Problem),
    "payout-bulk": ("rows", Payout),
}
_OF_ROUTE = {route: model for model, routes in OWN.items() for route in routes}


def acts_on_a_record(route: str) -> bool:
    """Whether a form of this route acts on records that were there when its page was drawn."""
    return route in _OF_ROUTE or route in PARTS or route in TICKED


def acted_on(request: HttpRequest) -> set[Subject]:
    """The records that the form of this request acts on, with those that stand on the same page."""
    match = request.resolver_match
    route, number = (match.url_name or "", match.kwargs.get("pk")) if match else ("", None)
    if route in TICKED:
        name, model = TICKED[route]
        own = record_keys(request.POST.getlist(name))
    elif route in PARTS:
        part, field, model = PARTS[route]
        own = list(part._default_manager.filter(pk=number).values_list(field, flat=True))
    elif route in _OF_ROUTE and number is not None:
        model, own = _OF_ROUTE[route], [int(number)]
    else:
        return set()
    return with_page((model._meta.label_lower, key) for key in own)


def with_page(subjects: Iterable[Subject]) -> set[Subject]:
    """These records, and those shown on the same page: a problem and its one task, a year and its other arrangements."""
    found = set(subjects)
    problems = [number for kind, number in found if kind == PROBLEM]
    tasks = [number for kind, number in found if kind == TASK]
    pairs = Problem.objects.filter(assignment__isnull=False)
    if problems:
        rows = pairs.filter(pk__in=problems).values_list("assignment_id", flat=True)
        found |= {(TASK, number) for number in rows if number}
    years = [number for kind, number in found if kind == YEAR]
    if years:  # its page shows what it would replace
        same = AnnouncedYear.objects.filter(
            year__in=AnnouncedYear.objects.filter(pk__in=years).values("year")
        )
        found |= {(YEAR, number) for number in same.values_list("pk", flat=True)}
    if (
        len(tasks) == 1
        and len(only := list(pairs.filter(assignment__in=tasks).values_list("pk", flat=True)[:2])) == 1
    ):
        found.add((PROBLEM, only[0]))
    return found


def readable(events: list[Event], account: Account) -> list[Event]:
    """Those of the events whose record the account may open; a firm reads results, not the trail of the office."""
    if account.role == Role.ENTERPRISE:
        return []
    seen = {
        kind: set(
            rows(account).filter(pk__in={event.subject_id for event in events}).values_list("pk", flat=True)
        )
        for kind, rows in SIGHT.items()
        if any(event.subject_kind == kind for event in events)
    }
    return [event for event in events if event.subject_id in seen.get(event.subject_kind, {event.subject_id})]


# Records that not every account of a route's roles may open.
SIGHT: dict[str, Callable[[Account], QuerySet[Any]]] = {
    "problems.problem": visible_problems,
    "assignments.assignment": visible_tasks,
    "policies.payout": payouts_visible_to,
    "campaigns.target": targets_visible_to,
    "projects.project": visible_projects,
    "visits.visit": visible_visits,
    "enterprises.enterprise": visible_firms,
    "complaints.complaint": visible_complaints,
    "intake.article": visible_articles,
    "markets.introduction": introductions_visible_to,
    "bulletins.bulletin": visible_bulletins,
    "standings.scheme": schemes_visible_to,
    "standings.commendation": commendations_visible_to,
}
PROBLEM, TASK, YEAR = (model._meta.label_lower for model in (Problem, Assignment, AnnouncedYear))
