"""The project ledger, the page of one project, registering and correcting it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.ledgers.projects.workbook import project_workbook
from gongjian.people.models import Account
from gongjian.problems.blockers.queries import blockers_of
from gongjian.projects import perms, queries
from gongjian.projects import services as projects
from gongjian.projects.investment import queries as investment
from gongjian.projects.lights.queries import light_of
from gongjian.projects.models import Project
from gongjian.projects.states import Series
from gongjian.web.editing.saving import edit as save_edit
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.form_pages import listing
from gongjian.web.forms import attempt
from gongjian.web.paging import TALL
from gongjian.web.pick_options import lines, offered
from gongjian.web.projects.charts import investment_chart
from gongjian.web.projects.filters import ProjectFilter
from gongjian.web.projects.forms import ProjectForm
from gongjian.web.projects.investment_forms import InvestmentForm
from gongjian.web.session import account_of

# Of the table of months: the amounts of each series, then their sums.
HEADS = (
    gettext_lazy("月计划"),
    gettext_lazy("调度数"),
    gettext_lazy("统计数"),
    gettext_lazy("计划累计"),
    gettext_lazy("调度累计"),
    gettext_lazy("统计累计"),
)


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """One page of the projects this account sees, with how many stand at each stage."""
    account = account_of(request)
    chosen = ProjectFilter(request.GET, account=account, today=timezone.localdate())
    page = Paginator(chosen.qs, TALL).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "lines": _lines(list(page)),
        "stages": queries.stage_numbers(chosen.without("stage").qs),
        "words": in_words(chosen.form),
    }
    return listing(request, "projects/ledger.html", context)


def share_of(amount: Decimal | None, project: Project) -> Decimal | None:
    """Which share of the year plan an amount is; None where either is not known."""
    return amount / project.year_plan if amount is not None and project.year_plan else None


def _lines(page: list[Project]) -> list[tuple[Any, ...]]:
    """Each project of a page with its next step, its light, and which share of the year plan was reported."""
    today = timezone.localdate()
    figures = investment.figures_of([project.pk for project in page], today.year)
    return [
        (
            project,
            queries.next_step(project),
            light_of(project, figures.get(project.pk, {}), today=today),
            share_of(investment.sum_of(figures.get(project.pk, {}), Series.REPORTED), project),
        )
        for project in page
    ]


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
    """One project: what it is, its light, the stage reached with its evidence, what the next one wants, its trail."""
    return page_of(request, _load(account_of(request), pk))


@require_POST
def invest(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a month's investment."""
    account, form = account_of(request), InvestmentForm(request.POST, today=timezone.localdate())
    found = _load(account, pk)
    rows = attempt(
        form,
        lambda: projects.record_investment(
            form.told(found), reason=form.cleaned_data["reason"], by=account, at=timezone.now()
        ),
    )
    if rows is None:
        return page_of(request, found, refused=form)
    messages.success(request, _("已登记。") if rows else _("与已登记的数一样，没有变化。"))
    return redirect("project", pk=pk)


def page_of(request: HttpRequest, found: Project, *, refused: InvestmentForm | None = None) -> HttpResponse:
    """The page of one project, with a form that was refused."""
    account, today = account_of(request), timezone.localdate()
    context = _invested(found, today) | {
        "project": found,
        "invest_form": refused or InvestmentForm(today=today),
        "steps": queries.steps_of(found),
        "next": queries.next_step(found),
        "events": queries.trail_of(found),
        "can_keep": perms.can_keep(account, found.area),
        "blockers": blockers_of(found, account, today=today),
        "today": today,
    }
    return render(request, "projects/project.html", context, status=422 if refused else 200)


def _invested(found: Project, today: date) -> dict[str, Any]:
    """The investment of this year by months, and the light that follows."""
    figures = investment.figures_of([found.pk], today.year).get(found.pk, {})
    first = investment.first_owed(found, today.year)
    lines = investment.months_of(figures, today.year, first=first)
    return {
        "light": light_of(found, figures, today=today),
        "heads": HEADS,
        "invested": [
            (
                line.month,
                zip(
                    HEADS,
                    [*(line.amounts[one] for one in Series), *(line.sums[one] for one in Series)],
                    strict=True,
                ),
            )
            for line in lines
        ],
        "sums": [
            (series, amount, share_of(amount, found))
            for series in (Series.REPORTED, Series.OFFICIAL)
            for amount in [investment.sum_of(figures, series)]
        ],
        "restated": investment.restatements(found, today.year),
        "chart": investment_chart(lines, found.year_plan) if figures else None,
        "year": today.year,
    }


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
