"""The desk of a unit, one assignment and its moves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.assignments import perms, queries
from gongjian.assignments import services as assignments
from gongjian.assignments.counts.queries import URGENT, rows_of_lists
from gongjian.assignments.lights.queries import light_of_support
from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.states import MOVE, Light
from gongjian.measures import queries as measures
from gongjian.measures.lights import OF_TASKS
from gongjian.measures.measure import Scope
from gongjian.people.models import Account, Unit
from gongjian.problems.models import Problem
from gongjian.problems.queries import covered_by
from gongjian.web.assignments.context import shared_context
from gongjian.web.assignments.forms import HIDDEN, ONLY_CALENDAR, MoveForm, move_forms
from gongjian.web.assignments.table_rows import firms_of, rows_with_clocks
from gongjian.web.forms import attempt
from gongjian.web.problems.views import page as problem_page
from gongjian.web.session import account_of
from gongjian.web.way_back import asked_back, back_query, way_back

WHOLE = "assignments/assignment.html"
LIMIT = 10  # rows of each list of a desk; the number above it opens them all
DAYS = ("overdue_tasks", "tasks_due_today", "tasks_due_later")  # what the unit must do, by day
ASIDE = ("tasks_for_office", "tasks_on_hold", "copied_tasks")  # what waits for somebody else
NUMBERS = tuple(dict.fromkeys([*DAYS, *ASIDE, *OF_TASKS.values(), "tasks_to_accept", "supports_owed"]))


def _unit_of(request: HttpRequest, account: Account) -> Unit | None:
    """A handler's own unit; a clerk may look over a unit's shoulder."""
    if account.unit and not request.GET.get("unit"):
        return account.unit
    return Unit.objects.filter(pk=request.GET.get("unit") or 0).first()


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What a unit must do, by the day it is due; signed for and reported on where it stands."""
    account, today = account_of(request), timezone.localdate()
    unit = _unit_of(request, account)
    scope = Scope(today, account=account, unit=unit.pk if unit else 0)
    first = measures.first_of_each(DAYS, scope, order=URGENT, limit=LIMIT)
    lists = rows_with_clocks(rows_of_lists(first), today, account)
    numbers = measures.count_all(NUMBERS, scope)
    context = {
        "unit": unit,
        "groups": [{"key": key, "count": numbers[key], "rows": lists[key]} for key in DAYS],
        "counts": {light: numbers[key] for light, key in OF_TASKS.items()},
        "supported": _supported(account, scope),
        "numbers": numbers,
        "any": any(lists.values()),
        "aside": [numbers[key] for key in ASIDE if numbers[key]],
        "acts": unit is not None and unit.pk == account.unit_id,
    }
    return render(request, "assignments/desk.html", context)


def _supported(account: Account, scope: Scope) -> list[tuple[Support, Light]]:
    """What the unit still owes to other units, most urgent first."""
    rows = (
        measures.rows_of("supports_owed", scope)
        .select_related("assignment__lead_unit")
        .prefetch_related(firms_of(account, "assignment__problems"))
        .order_by("due_on", "pk")[:LIMIT]
    )
    return [(row, light_of_support(row, scope.today)) for row in rows]


def _page(
    request: HttpRequest, assignment: Assignment, refused: MoveForm | None = None, *, part: str = WHOLE
) -> HttpResponse:
    context = _about(account_of(request), assignment, refused) | {"back": asked_back(request)}
    return render(request, part, context, status=422 if refused else 200)


def _about(account: Account, assignment: Assignment, refused: MoveForm | None) -> dict[str, Any]:
    problems, hidden = covered_by(assignment, account)
    events, today = queries.history(assignment), timezone.localdate()
    verbs = HIDDEN if problems or hidden else ONLY_CALENDAR
    context: dict[str, Any] = {
        "assignment": assignment,
        "reading": queries.reading(assignment, today, events),
        "moves": move_forms(account, assignment, refused=refused, hidden=verbs),
        "problems": problems,
        "hidden": hidden,
        "covered": len(problems) + hidden,
    }
    context |= shared_context(account, assignment, events, today)
    context["attach_to"] = ("assignment", assignment.pk) if perms.can_attach(account, assignment) else None
    return context


@require_GET
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one assignment; one that came from a problem is shown on the problem's page."""
    assignment = get_object_or_404(queries.visible_to(account_of(request)), pk=pk)
    only = _only_problem(account_of(request), assignment)
    if only:
        return redirect(f"{reverse('problem', args=[only.pk])}{back_query(request)}")
    return _page(request, assignment)


@require_GET
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """The moves the account may make on an assignment, to be put into the row of a list."""
    assignment = get_object_or_404(queries.visible_to(account_of(request)), pk=pk)
    return _page(request, assignment, part="assignments/_moves.html")


def _only_problem(account: Account, assignment: Assignment) -> Problem | None:
    """The one problem an assignment covers, where the account may open it."""
    problems, hidden = covered_by(assignment, account)
    return problems[0] if len(problems) == 1 and not hidden else None


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Make one move from the table of moves."""
    account = account_of(request)
    assignment = get_object_or_404(queries.visible_to(account), pk=pk)
    if verb not in MOVE or verb in (HIDDEN if assignment.problems.exists() else ONLY_CALENDAR):
        raise Http404
    form = MoveForm(
        request.POST, request.FILES, verb=verb, account=account, assignment=assignment, prefix=verb
    )
    service = getattr(assignments, verb)
    if attempt(form, lambda: service(assignment, **form.facts(), by=account, at=timezone.now())):
        messages.success(request, _("已%(move)s。") % {"move": form.label})
        return redirect(way_back(request, reverse("assignment", args=[pk])))
    if only := _only_problem(account, assignment):
        return problem_page(request, only, back=asked_back(request), move=form)
    return _page(request, assignment, form)
