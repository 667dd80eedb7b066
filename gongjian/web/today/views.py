"""The page Today: what is due, overdue or waiting for the user; visits of the day; drafts to confirm."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.assignments import queries as assignments
from gongjian.assignments.counts.queries import Tally, first_of_each, tally
from gongjian.assignments.lights.queries import overdue
from gongjian.assignments.states import RUNNING, State
from gongjian.intake.models import Draft, DraftState
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role
from gongjian.policies.verdicts import queries as verdicts
from gongjian.problems.queries import count_as_row, not_handed_over
from gongjian.problems.queries import visible_to as visible_problems
from gongjian.visits.queries import visible_to as visible_visits
from gongjian.visits.queries import visits_on
from gongjian.web.assignments.light_board import board
from gongjian.web.assignments.table_rows import rows_with_clocks
from gongjian.web.rights import FIELD
from gongjian.web.session import account_of

SHOWN = 12
WAITING = {Role.CLERK: (State.OBJECTED, State.RESOLVED, State.CHECKED), Role.HANDLER: (State.ASSIGNED,)}


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The day's work of the signed-in account."""
    account, day = account_of(request), timezone.localdate()
    if account.role == Role.ENTERPRISE:
        return redirect("firm")
    marks = _marks(account, day)
    counted = tally(assignments.visible_to(account), day, marks)
    context = {
        "day": day,
        "counts": counted.lights(),
        "lists": _lists(account, day, marks, counted),
        "visits": visits_on(visible_visits(account), day)[:SHOWN],
        "areas": board(counted, account.reads_area),
        "closing": verdicts.closing_soon(account, on=day) if account.role in FIELD else [],
    }
    return render(request, "today/today.html", context | _unread(account))


def _marks(account: Account, day: date) -> dict[str, Q]:
    """The lists of the page, and what stands in each."""
    marks = {"overdue": overdue(day), "due": Q(state__in=RUNNING, next_due_on=day)}
    waiting = WAITING.get(Role(account.role))
    return marks | ({"waiting": Q(state__in=waiting)} if waiting else {})


def _lists(account: Account, day: date, marks: dict[str, Q], counted: Tally) -> list[dict[str, Any]]:
    """The lists that hold something, each with its number and its first rows."""
    rows = rows_with_clocks(first_of_each(assignments.visible_to(account), marks, limit=SHOWN), day, account)
    counts = {key: counted.marked(key) for key in marks}
    return [{"key": key, "count": count, "rows": rows[key]} for key, count in counts.items() if count]


def _unread(account: Account) -> dict[str, int]:
    """Problems nobody has handed over and drafts nobody has confirmed: one query."""
    counts = count_as_row(not_handed_over(visible_problems(account)), "loose")
    if account.role == Role.CLERK:
        pending = Draft.objects.filter(within(account.writes_area, "article__area"), state=DraftState.PENDING)
        counts = counts.union(count_as_row(pending, "drafts"), all=True)
    return dict(counts)
