"""Today: what is due, overdue, waiting for me; visits of the day; drafts to confirm."""

from datetime import date
from itertools import chain

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.assignments import queries as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import RUNNING, Light, State
from gongjian.intake.models import Draft, DraftState
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role
from gongjian.policies import evaluation
from gongjian.problems.queries import visible_to as visible_problems
from gongjian.visits.queries import visible_to as visible_visits
from gongjian.visits.states import VisitState
from gongjian.web.assignments.lights import board
from gongjian.web.rights import FIELD
from gongjian.web.signed_in import account_of

SHOWN = 12
WAITING = {Role.CLERK: (State.OBJECTED, State.RESOLVED, State.CHECKED), Role.HANDLER: (State.ASSIGNED,)}


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The day's work of whoever signs in."""
    account, day = account_of(request), timezone.localdate()
    if account.role == Role.ENTERPRISE:
        return redirect("firm")
    seen = assignments.visible_to(account)
    context = {
        "day": day,
        "counts": assignments.light_counts(seen, day),
        "lists": [part for part in _lists(account, seen, day) if part["count"]],
        "visits": visible_visits(account)
        .filter(starts_on__lte=day, ends_on__gte=day)
        .exclude(state=VisitState.CANCELLED)[:SHOWN],
        "drafts": _drafts(account),
        "loose": visible_problems(account).filter(assignment__isnull=True, answered_on__isnull=True).count(),
        "areas": board(seen, day, account.reads_area),
        "closing": evaluation.closing(account, on=day) if account.role in FIELD else [],
    }
    return render(request, "today/today.html", context)


def _lists(account: Account, seen: QuerySet[Assignment], day: date) -> list[dict[str, object]]:
    mine = WAITING.get(Role(account.role), ())
    parts = (
        (
            "overdue",
            seen.filter(assignments.light_filter([Light.RED, Light.DARK_RED], day), state__in=RUNNING),
        ),
        ("due", seen.filter(next_due_on=day, state__in=RUNNING)),
        ("waiting", seen.filter(state__in=mine)),
    )
    first = {
        key: list(
            rows.select_related("lead_unit", "area")
            .prefetch_related("problems__enterprise")
            .order_by("next_due_on", "pk")[:SHOWN]
        )
        for key, rows in parts
    }
    read = iter(assignments.readings(chain.from_iterable(first.values()), day))
    return [
        {"key": key, "count": rows.count(), "rows": [(row, next(read)) for row in first[key]]}
        for key, rows in parts
    ]


def _drafts(account: Account) -> int:
    if account.role != Role.CLERK:
        return 0
    return Draft.objects.filter(
        within(account.writes_area, "article__area"), state=DraftState.PENDING
    ).count()
