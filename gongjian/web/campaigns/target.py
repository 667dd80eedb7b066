"""One target: what, how far, on track, what if not, who; and the steps of its agreement."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.lights.queries import light_of
from gongjian.campaigns import perms, queries
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.agreement.services import open_steps
from gongjian.campaigns.models import Target
from gongjian.campaigns.targets.course import YEARS, course_of
from gongjian.people.models import Account
from gongjian.visits.pledges.queries import pledges_for
from gongjian.web.campaigns.charts import course_chart
from gongjian.web.campaigns.forms import GapForm, StepForm
from gongjian.web.campaigns.sentences import endings_in_words, shortfalls
from gongjian.web.forms import attempt
from gongjian.web.session import account_of

FEW = 3  # corrections that are named
STEPS = {
    "accept": (campaigns.accept, ()),
    "counter": (campaigns.counter, ("value", "reason")),
    "sign": (campaigns.sign, ()),
    "change": (campaigns.change_target, ("value", "reason")),
    "withdraw": (campaigns.withdraw_target, ("reason",)),
}


def find_target(account: Account, pk: int) -> Target:
    """A target the account may read, or 404."""
    found: Target = get_object_or_404(queries.targets_visible_to(account), pk=pk)
    return found


def page_of(account: Account, row: Target, tried: tuple[str, StepForm] | None = None) -> dict[str, Any]:
    """What the page of a target shows."""
    today = timezone.localdate()
    family = [row, *queries.standing_parts(row)]
    table = queries.figures_of(family, today, years=YEARS)
    line, *parts = queries.family_lines(row, family[1:], today, table=table)
    said = {one.task_id: one for one in pledges_for(row, account)}
    course = course_of(row, today, table=table, calendar=current_calendar())
    return {
        "target": row,
        "line": line,
        "corrected": queries.corrected_figures(row)[:FEW],
        "course": course,
        "chart": course_chart(row, course),
        "endings": endings_in_words(row, course),
        "parts": shortfalls(parts),
        "moves": row.moves.select_related("made_by").order_by("-pk"),
        "steps": [
            (verb, tried[1] if tried and tried[0] == verb else step_form(row, verb))
            for verb in open_steps(account, row)
        ],
        "tasks": [
            (task, light_of(task.assignment, today), said.get(task.pk))
            for task in queries.tasks_of(row, account)
        ],
        "can_pass_on": perms.can_pass_on(account, row),
        "gap_form": GapForm(target=row, initial={"unit": row.gap_unit_id}),
    }


def step_form(row: Target, verb: str, data: Any = None) -> StepForm:
    """The form of a step."""
    return StepForm(data, unit=row.indicator.unit, needs=STEPS[verb][1], prefix=verb)


@require_GET
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """One target."""
    account = account_of(request)
    return render(request, "campaigns/target.html", page_of(account, find_target(account, pk)))


@require_POST
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of the agreement on a target."""
    account = account_of(request)
    row = find_target(account, pk)
    if verb not in STEPS:
        raise Http404
    form = step_form(row, verb, request.POST)
    call: Any = STEPS[verb][0]
    done = attempt(form, lambda: call(row, **form.cleaned_data, by=account, at=timezone.now()))
    if done is None:
        return render(request, "campaigns/target.html", page_of(account, row, (verb, form)), status=422)
    messages.success(request, _("已记入。"))
    return redirect("campaigns") if verb == "withdraw" else redirect("target", pk)


@require_POST
def gap(request: HttpRequest, pk: int) -> HttpResponse:
    """Note which unit answers for what is not passed on."""
    account = account_of(request)
    row = find_target(account, pk)
    form = GapForm(request.POST, target=row)
    done = attempt(
        form, lambda: campaigns.take_over_gap(row, **form.cleaned_data, by=account, at=timezone.now())
    )
    if done is None:
        context = page_of(account, row) | {"gap_form": form}
        return render(request, "campaigns/target.html", context, status=422)
    messages.success(request, _("已记入。"))
    return redirect("target", pk)
