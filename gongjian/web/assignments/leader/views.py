"""The first page of a leader: two screens of a phone; whole lists are one tap away."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gongjian.assignments import queries
from gongjian.assignments.counts.queries import tally
from gongjian.assignments.instructions.queries import words_of_the_day
from gongjian.assignments.lights.queries import overdue, overdue_by_unit
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import Source, State
from gongjian.campaigns.targets.on_pace import on_pace
from gongjian.measures.measure import Scope
from gongjian.measures.queries import counted
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.standings.publications.queries import latest_place
from gongjian.web.assignments.instructions.views import READY
from gongjian.web.assignments.leader import home
from gongjian.web.assignments.light_board import board, lights_counted
from gongjian.web.assignments.table_rows import rows_with_clocks
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of

LISTS = (
    ("overdue", _("超期任务")),
    ("instructions", _("批示办理情况")),
    ("units", _("各单位超期任务")),
    ("areas", _("各县（市、区）在办任务")),
)


def _ready(account: Account) -> dict[str, Any]:
    """The sentences a leader gives with one tap; nobody else instructs."""
    return dict(READY) if account.role == Role.LEADER else {}


@require_GET
def leader(request: HttpRequest) -> HttpResponse:
    """Figures with their change, three matters that want a word, one ranking, own firms."""
    account, today = account_of(request), timezone.localdate()
    scope = Scope(today, account=account)
    seen = queries.visible_to(account)
    numbers = tally(seen, today, home.marks(scope))
    (matters, given), figures = home.matters(seen, account, scope), home.figures(numbers, scope)
    context = rows_with_clocks({"matters": matters}, today, account) | {
        "given": given,
        "counts": lights_counted(numbers.lights(), scope),
        "figures": figures,
        "verdict": home.verdict(figures),
        "ranking": home.ranking(numbers, account.reads_area, scope),
        "firms": home.firms_of_leader(account, scope),
        "pace": on_pace(account.reads_area, on=today),
        "rank": latest_place(account),
        "lists": LISTS,
        "ready": _ready(account),
    }
    return render(request, "assignments/leader.html", context)


@require_GET
def leader_lists(request: HttpRequest) -> HttpResponse:
    """The lists behind the first page, one at a time: late tasks, instructions, units, areas."""
    account, scope = account_of(request), Scope(timezone.localdate(), account=account_of(request))
    asked = request.GET.get("list", "")
    chosen = asked if asked in dict(LISTS) else LISTS[0][0]
    seen = queries.visible_to(account)
    context: dict[str, Any] = {"lists": LISTS, "chosen": chosen, "ready": _ready(account)}
    if chosen == "areas":
        context["areas"] = board(tally(seen, scope.today, {}), account.reads_area, scope)
    elif chosen == "units":
        context["page"] = page = _page(request, overdue_by_unit(seen, today=scope.today))
        context["units"] = [(name, counted("overdue_tasks", n, scope, unit=unit)) for unit, name, n in page]
    else:
        rows = _instructions(account) if chosen == "instructions" else _late(seen, scope)
        context["page"] = page = _page(request, rows)
        context |= rows_with_clocks({"rows": list(page)}, scope.today, account)
    return render(request, "assignments/leader_lists.html", context)


def _page(request: HttpRequest, rows: QuerySet[Any]) -> Any:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def _late(seen: QuerySet[Assignment], scope: Scope) -> QuerySet[Assignment]:
    late = seen.filter(overdue(scope.today)).select_related("lead_unit", "responsible_person")
    return late.prefetch_related(words_of_the_day(scope.today)).order_by("next_due_on", "pk")


def _instructions(account: Account) -> QuerySet[Assignment]:
    """The leader's own instructions, open ones first; a clerk sees those of all leaders in its areas."""
    visible = Assignment.objects.all() if account.role == Role.LEADER else queries.visible_to(account)
    mine = visible.filter(source=Source.INSTRUCTION)
    if account.role == Role.LEADER:
        mine = mine.filter(handed_over_by=account)
    rows = mine.exclude(state=State.WITHDRAWN).select_related("lead_unit", "about")
    return rows.order_by(F("closed_on").desc(nulls_first=True), "next_due_on", "pk")
