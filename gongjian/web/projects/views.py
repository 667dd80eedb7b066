"""The project ledger, the page of one project, registering and correcting it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.ledgers.projects.workbook import project_workbook
from gongjian.people.models import Account
from gongjian.problems.blockers.queries import blockers_of
from gongjian.projects import perms, queries
from gongjian.projects import services as projects
from gongjian.projects.models import Project
from gongjian.web.editing.saving import edit as save_edit
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.form_pages import listing
from gongjian.web.forms import attempt
from gongjian.web.paging import PAGE
from gongjian.web.pick_options import lines, offered
from gongjian.web.projects.filters import ProjectFilter
from gongjian.web.projects.forms import ProjectForm
from gongjian.web.session import account_of


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """One page of the projects this account sees, with how many stand at each stage."""
    account = account_of(request)
    chosen = ProjectFilter(request.GET, account=account, today=timezone.localdate())
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    data = request.GET.copy()
    data.pop("stage", None)
    context = {
        "filter": chosen,
        "page": page,
        "lines": [(project, queries.next_step(project)) for project in page],
        "stages": queries.stage_numbers(ProjectFilter(data, account=account, today=timezone.localdate()).qs),
        "words": in_words(chosen.form),
    }
    return listing(request, "projects/ledger.html", context)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Projects for the type-ahead field."""
    account = account_of(request)
    rows = offered(
        request, queries.visible_to(account), lambda text: queries.search_projects(text, account=account)
    )
    for row in rows:
        row.hint = f"{row.area.name} · {row.get_stage_display()}"
    return lines(request, rows)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered ledger as an Excel workbook."""
    chosen = ProjectFilter(request.GET, account=account_of(request), today=timezone.localdate())
    book = project_workbook(chosen.with_blockers(), words=in_words(chosen.form), as_of=timezone.localtime())
    return workbook_answer(book, f"projects-{timezone.localdate():%Y%m%d}.xlsx")


def _load(account: Account, pk: int) -> Project:
    return get_object_or_404(queries.visible_to(account), pk=pk)


@require_GET
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: what it is, the stage reached with its evidence, what the next one wants, its trail."""
    account = account_of(request)
    found, today = _load(account, pk), timezone.localdate()
    context = {
        "project": found,
        "steps": queries.steps_of(found),
        "next": queries.next_step(found),
        "events": queries.trail_of(found),
        "can_keep": perms.can_keep(account, found.area),
        "blockers": blockers_of(found, account, today=today),
        "today": today,
    }
    return render(request, "projects/project.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Register a project."""
    account = account_of(request)
    form = ProjectForm(request.POST or None, account=account)
    if made := attempt(form, lambda: projects.register(**form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已登记%(project)s。") % {"project": made})
        return redirect("project", pk=made.pk)
    return render(request, "projects/edit.html", {"form": form}, status=422 if form.is_bound else 200)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a project or add to it; its stage follows."""
    account = account_of(request)
    found = _load(account, pk)
    perms.check_keep(account, found.area)

    def make(data: Any, project: Project) -> ProjectForm:
        facts = queries.facts_of(project)
        return ProjectForm(data, account=account, project=found, initial=facts, subjects=[project])

    def save(form: ProjectForm, project: Project) -> Project:
        return projects.update(project, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = save_edit(request, found, make=make, save=save)
    if saved:
        messages.success(request, _("已更正。"))
        return redirect("project", pk=pk)
    context = {"form": form, "project": found}
    return render(request, "projects/edit.html", context, status=422 if form.is_bound else 200)
