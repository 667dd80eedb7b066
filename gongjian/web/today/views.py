"""The page Today: the first page of a clerk, a service officer and an administrator; every other role has its own."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.assignments.counts.queries import tally
from gongjian.intake.queries import waiting_articles
from gongjian.measures import queries as measures
from gongjian.measures.measure import Scope
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.policies.verdicts import queries as verdicts
from gongjian.problems import queries as problems
from gongjian.web.assignments.light_board import lights_counted
from gongjian.web.navigation import landing
from gongjian.web.session import account_of
from gongjian.web.today import administrator, clerk

VISITS, ARTICLES, ROWS = 5, 3, 10


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The first page of the signed-in account: its own work, by role."""
    account, day = account_of(request), timezone.localdate()
    scope = Scope(day, account=account)
    if account.role == Role.CLERK:
        return render(request, "today/today.html", _of_clerk(request, account, scope))
    if account.role == Role.OFFICER:
        return render(request, "today/officer.html", _of_officer(request, account, scope))
    if account.role == Role.ADMINISTRATOR:
        return render(request, "today/administrator.html", administrator.first_page(account, scope))
    return redirect(landing(account))


def _of_clerk(request: HttpRequest, account: Account, scope: Scope) -> dict[str, Any]:
    """One list of what waits for the office, and what stands beside it."""
    page, rows = clerk.waiting(account, scope, request.GET.get("page"))
    counted = tally(measures.rows_of("open_tasks", scope), scope.today, {})
    return {
        "day": scope.today,
        "counts": lights_counted(counted.lights(), scope),
        "page": page,
        "rows": rows,
        "waiting": measures.counted("for_office", page.paginator.count, scope),
        "beside": [number for number in measures.count_all(clerk.BESIDE, scope).values() if number],
        "articles": waiting_articles(account)[:ARTICLES],
        "visits": measures.rows_of("visits_today", scope)[:VISITS],
        "closing": verdicts.closing_soon(account, on=scope.today),
    }


def _of_officer(request: HttpRequest, account: Account, scope: Scope) -> dict[str, Any]:
    """The visits of the day, and the problems of the officer's firms that are not settled."""
    seen = measures.narrow(problems.ledger(account, today=scope.today), "unsettled", scope)
    page = Paginator(seen, ROWS).get_page(request.GET.get("page"))
    return {
        "day": scope.today,
        "visits": measures.rows_of("visits_today", scope)[:VISITS],
        "page": page,
        "rows": problems.with_readings(page, today=scope.today),
        "unsettled": measures.counted("unsettled", page.paginator.count, scope),
        "closing": verdicts.closing_soon(account, on=scope.today),
    }
