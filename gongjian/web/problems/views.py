"""One problem: recording, hand-over, slip, the firm's opinion of the result, closing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.assignments.models import Assignment, Regime
from gongjian.assignments.queries import preview, reading
from gongjian.audit.changes import without_field
from gongjian.audit.queries import events_of
from gongjian.audit.wording import paper_words
from gongjian.bulletins.office_templates.paper import slips_file
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.models import Account
from gongjian.problems import perms, queries
from gongjian.problems import services as problems
from gongjian.problems.common_problems import queries as common_problems
from gongjian.problems.hand_over_slip import slip_of
from gongjian.problems.models import Problem
from gongjian.problems.states import FILED
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.projects.models import Project
from gongjian.projects.queries import names_firm
from gongjian.projects.queries import visible_to as visible_projects
from gongjian.visits.queries import visible_to as visible_visits
from gongjian.web.assignments.context import shared_context
from gongjian.web.assignments.forms import move_forms
from gongjian.web.attachments.file_panel import files_of
from gongjian.web.editing.saving import edit as save_edit
from gongjian.web.file_answers import word_answer
from gongjian.web.forms import attempt
from gongjian.web.problems.blockers.forms import ProjectOfProblemForm
from gongjian.web.problems.forms import (
    AnswerForm,
    DeclineForm,
    FirmProblemForm,
    HandOverForm,
    ProblemForm,
    WordForm,
)
from gongjian.web.problems.recording.forms import at_once_form
from gongjian.web.problems.recording.saving import save_recorded
from gongjian.web.problems.slip_boxes import boxes_of
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of
from gongjian.web.way_back import asked_back, way_back

SHOWN = ("lead_unit", "area", "regime", "responsible_person")  # of the assignment
WHOLE = "problems/problem.html"


def load(request: HttpRequest, pk: int) -> Problem:
    """The problem, or 404 if the account may not see it."""
    account = account_of(request)
    rows = queries.visible_to(account).select_related(
        "enterprise",
        "area",
        "visit",
        "battle",
        "project",
        "common",
        *(f"assignment__{name}" for name in SHOWN),
    )
    rows = rows.annotate(
        visit_seen=Exists(visible_visits(account).filter(pk=OuterRef("visit")).order_by()),
        project_seen=Exists(visible_projects(account).filter(pk=OuterRef("project")).order_by()),
    )
    return get_object_or_404(rows.prefetch_related("assignment__supporting_units"), pk=pk)


def page(
    request: HttpRequest, problem: Problem, *, back: str = "", part: str = WHOLE, **forms: Any
) -> HttpResponse:
    """The page of one problem, or a part of it, with any form that was refused."""
    account, today = account_of(request), timezone.localdate()
    move = forms.pop("move", None)
    context = _about(problem, account=account, today=today, move=move) | {"back": back} | forms
    if context["can"]["hand_over"]:
        suggestions = suggested_units.suggest([problem], today=today)
        empty = HandOverForm(account=account, unfiled=problem.is_unfiled, initial={"task": ""})
        context.setdefault("hand_over_form", empty)
        context["hand_over_form"].suggestions = suggestions.get(problem.pk, [])
    if part == WHOLE and problem.assignment_id is None and not (problem.common_id or problem.answered_on):
        context["alike"] = common_problems.possible_matches(
            account, problem.text, today=today, exclude=problem.pk
        )
        context["may_group"] = perms.can_group(account, problem.area)
    refused = move is not None or any(form.errors for form in forms.values())
    return render(request, part, context, status=422 if refused else 200)


def _sees_project(account: Account, problem: Problem) -> bool:
    """Whether the account may open the project the problem is about; asked for where `load` has not."""
    known = getattr(problem, "project_seen", None)
    if known is None:
        return visible_projects(account).filter(pk=problem.project_id or 0).exists()
    return bool(known)


def _about(problem: Problem, *, account: Account, today: date, move: Any) -> dict[str, Any]:
    """The problem, its story, what the account may do with it; `move` is the form of a refused move."""
    task = problem.assignment
    events = list(events_of(problem, *([task] if task else [])).order_by("-seq"))
    story = [event for event in events[::-1] if event.subject_kind == Assignment._meta.label_lower]
    context: dict[str, Any] = {
        "problem": problem,
        "assignment": task,
        "reading": reading(task, today, story) if task else None,
        "moves": move_forms(account, task, refused=move) if task else None,
        "words": problem.words.select_related("entered_by"),
        "can": {
            verb: getattr(perms, f"can_{verb}")(account, problem)
            for verb in ("update", "answer", "hand_over", "decline", "give_word", "issue_code", "close")
        },
        "may_file": problem.is_unfiled and perms.can_record(account, problem.area),
        "categories": [("", "—"), *FILED],
        "answer_form": AnswerForm(),
        "decline_form": DeclineForm(),
        "word_form": WordForm(subject_firm=problem.enterprise_id),
    }
    context = (
        shared_context(account, task, story, today)
        if task
        else {"files": files_of(account, problem, area=problem.area)}
    ) | context
    context["attach_to"] = ("problem", problem.pk) if perms.can_attach(account, problem) else None
    seen = _sees_project(account, problem)
    context["events"] = events if seen else [without_field(event, "project") for event in events]
    context["project"] = project = problem.project if seen else None
    if perms.can_record(account, problem.area):
        context["project_form"] = ProjectOfProblemForm(account=account, chosen=project)
    return context


@require_GET
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one problem; a list that led here may be returned to after the next act."""
    return page(request, load(request, pk), back=asked_back(request))


@require_GET
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """What the account may do next with a problem, to be put into the row of a list."""
    return page(request, load(request, pk), back=asked_back(request), part="problems/_next.html")


def _number(request: HttpRequest, name: str) -> int:
    return record_key(request.GET.get(name, ""))


def _firm_of(project: Project | None) -> Enterprise | None:
    """The firm that builds the project, where the reader may open it."""
    return project.enterprise if project and names_firm(project) else None


def _initial(firm: Enterprise | None, project: Project | None) -> dict[str, Any]:
    """What is known before anything is written: of a blocker its project, and the battle the project is fought in."""
    of_project = {"project": project.pk, "battle": project.battle_id} if project else {}
    return {"enterprise": firm and firm.pk} | of_project


def new(request: HttpRequest) -> HttpResponse:
    """Record a problem a firm reported, on a visit or otherwise."""
    account = account_of(request)
    project = visible_projects(account).filter(pk=_number(request, "project")).first()
    firm = visible_firms(account).filter(pk=_number(request, "enterprise")).first() or _firm_of(project)
    visit = visible_visits(account).filter(pk=_number(request, "visit")).first()
    initial = _initial(firm, project) | ({} if visit else {"channel": "FIRM"})
    form = FirmProblemForm(request.POST or None, account=account, initial=initial)
    at_once = at_once_form(request, account, firm.area if firm else account.reads_area, prefix="task")
    if problem := save_recorded(request, form, at_once, visit=visit):
        return redirect("problem", pk=problem.pk)
    meant = form.cleaned_data.get("enterprise") if form.is_bound else None
    similar = queries.similar_open(meant, form.data.get("text", "")) if meant else []
    context = {"form": form, "at_once": at_once, "enterprise": firm, "visit": visit, "similar": similar}
    return render(request, "problems/new.html", context, status=422 if form.is_bound else 200)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a problem before it is handed over."""
    problem, account = load(request, pk), account_of(request)
    fields = ("text", "kind", "category", "raised_by", "channel", "origin", "battle")

    def make(data: Any, problem: Problem) -> ProblemForm:
        initial = {name: getattr(problem, name) for name in fields}
        firm = problem.enterprise_id
        return ProblemForm(data, initial=initial, subjects=[problem], subject_firm=firm)

    def save(form: ProblemForm, problem: Problem) -> Problem:
        return problems.update(problem, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = save_edit(request, problem, make=make, save=save)
    if saved:
        messages.success(request, _("已更正。"))
        return redirect("problem", pk=pk)
    context = {"form": form, "enterprise": problem.enterprise, "visit": problem.visit, "problem": problem}
    return render(request, "problems/new.html", context, status=422 if form.is_bound else 200)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an answer given on the spot, which settles the problem."""
    problem, form, account = load(request, pk), AnswerForm(request.POST), account_of(request)
    if attempt(
        form, lambda: problems.answer_on_the_spot(problem, **form.cleaned_data, by=account, at=timezone.now())
    ):
        messages.success(request, _("已记为现场答复。"))
        return redirect(way_back(request, reverse("problem", args=[pk])))
    return page(request, problem, back=asked_back(request), answer_form=form)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline to take a problem up, with a reason the firm can read."""
    problem, form, account = load(request, pk), DeclineForm(request.POST), account_of(request)
    if attempt(form, lambda: problems.decline(problem, **form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已告知企业不予受理和理由。"))
        return redirect(way_back(request, reverse("problem", args=[pk])))
    return page(request, problem, back=asked_back(request), decline_form=form)


@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a problem over: task, unit, person, deadline."""
    problem, account = load(request, pk), account_of(request)
    form = HandOverForm(request.POST, account=account, unfiled=problem.is_unfiled)
    if form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "limit"}
        handed_over = attempt(
            form,
            lambda: problems.hand_over(
                problem, **facts, on_the_spot=problem.visit_id is not None, by=account, at=timezone.now()
            ),
        )
        if handed_over:
            messages.success(
                request,
                _("已交办给%(unit)s，办理时限 %(due)s。")
                % {"unit": handed_over.lead_unit, "due": handed_over.due_on},
            )
            return redirect(way_back(request, reverse("problem", args=[pk]), place=f"#problem-{pk}"))
    return page(request, problem, back=asked_back(request), hand_over_form=form)


@require_POST
def take_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the form with a suggested unit and its leader, keeping the typed text; hands nothing over."""
    problem, account = load(request, pk), account_of(request)
    typed = HandOverForm(request.POST, account=account).typed()
    unit, _sep, person = request.POST.get("take", "").partition(":")
    taken = typed | {"lead_unit": unit, "responsible_person": person}
    form = HandOverForm(account=account, unfiled=problem.is_unfiled, initial=taken)
    return page(request, problem, hand_over_form=form, back=asked_back(request))


@require_GET
def due_preview(request: HttpRequest) -> HttpResponse:
    """The checkpoints a regime would set from now on."""
    key, _sep, grade = request.GET.get("limit", "").partition(":")
    regime = Regime.objects.filter(pk=record_key(key)).first()
    rows = preview(regime, grade, timezone.localtime()) if regime else []
    return render(request, "problems/_due.html", {"checkpoints": rows})


@require_GET
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The hand-over slip, to print."""
    problem = load(request, pk)
    shown = slip_of(problem, today=timezone.localdate())
    context = {"problem": problem, "slip": shown, "signatures": boxes_of(shown)}
    return render(request, "problems/slip.html", context)


@require_GET
def slip_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The hand-over slip as a Word file."""
    problem = load(request, pk)
    with paper_words(problem.area.name):
        content = slips_file([slip_of(problem, today=timezone.localdate())], area=problem.area)
    return word_answer(content, f"{problem.number}.docx")


@require_POST
def issue_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a one-time code to the firm; it is shown once."""
    problem = load(request, pk)
    code = problems.issue_code(problem, by=account_of(request), at=timezone.now())
    return render(request, "problems/code.html", {"problem": problem, "code": code})


@require_POST
def firm_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the firm's opinion of the result (评价)."""
    problem, account = load(request, pk), account_of(request)
    form = WordForm(request.POST, subject_firm=problem.enterprise_id)
    if attempt(form, lambda: problems.give_word(problem, **form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已记下企业评价。"))
        return redirect(way_back(request, reverse("problem", args=[pk])))
    return page(request, problem, back=asked_back(request), word_form=form)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the problem and strike it off the list (销号)."""
    problems.close(load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("已销号。"))
    return redirect(way_back(request, reverse("problem", args=[pk])))
