"""The page Today: what is due, overdue or waiting for the user; visits of the day; drafts to confirm."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.assignments.counts.queries import Tally, first_of_each, tally
from gongjian.measures import queries as measures
from gongjian.measures.measure import Scope
from gongjian.measures.queries import Counted
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.policies.verdicts import queries as verdicts
from gongjian.web.assignments.light_board import board, lights_counted
from gongjian.web.assignments.table_rows import rows_with_clocks
from gongjian.web.rights import FIELD
from gongjian.web.session import account_of

SHOWN = 12
WAITING = {Role.CLERK: "tasks_for_office", Role.HANDLER: "tasks_to_accept"}
LISTS = ("overdue_tasks", "tasks_due_today")


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The day's work of the signed-in account."""
    account, day = account_of(request), timezone.localdate()
    if account.role == Role.ENTERPRISE:
        return redirect("firm")
    scope = Scope(day, account=account, unit=own_unit(account))
    keys = (*LISTS, *filter(None, [WAITING.get(Role(account.role))]))
    marks = measures.conditions(keys, scope)
    rows = measures.rows_of("open_tasks", scope)
    counted = tally(rows, day, marks)
    context = {
        "day": day,
        "counts": lights_counted(counted.lights(), scope),
        "lists": _lists(account, counted, keys, scope),
        "visits": measures.rows_of("visits_today", replace(scope, unit=None))[:SHOWN],
        "areas": board(counted, account.reads_area, scope),
        "closing": verdicts.closing_soon(account, on=day) if account.role in FIELD else [],
    }
    return render(request, "today/today.html", context | _unread(scope))


def own_unit(account: Account) -> int | None:
    """The unit whose tasks are a handler's day; everybody else has the tasks of the areas read."""
    return (account.unit_id or 0) if account.role == Role.HANDLER else None


def _lists(account: Account, counted: Tally, keys: tuple[str, ...], scope: Scope) -> list[dict[str, Any]]:
    """The lists that hold something, each with its number and its first rows."""
    rows = measures.rows_of("open_tasks", scope)
    first = first_of_each(rows, measures.conditions(keys, scope), limit=SHOWN)
    shown = rows_with_clocks(first, scope.today, account)
    numbers = {key: measures.counted(key, counted.marked(key), scope) for key in keys}
    return [{"count": number, "rows": shown[key]} for key, number in numbers.items() if number]


def _unread(scope: Scope) -> dict[str, Counted]:
    """Problems nobody has handed over or filed, drafts nobody has confirmed, tasks whose holder has left."""
    seen = replace(scope, unit=None)
    keys = (
        ("new", "drafts", "unfiled", "unheld_tasks")
        if scope.account and scope.account.role == Role.CLERK
        else ("new",)
    )
    return measures.count_all(keys, seen)
