"""Making a complaint, reading the answer, answering, and the figures."""

from calendar import monthrange
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from gongjian.complaints import perms, queries
from gongjian.complaints import services as complaining
from gongjian.complaints.models import Complaint
from gongjian.ledgers.complaints.workbook import complaint_workbook
from gongjian.measures import queries as measures
from gongjian.measures.measure import Scope
from gongjian.measures.queries import Counted
from gongjian.people.models import Account
from gongjian.web.complaints.forms import (
    ComplaintAnswerForm,
    ComplaintFilter,
    ComplaintForm,
    ReceiptForm,
    ReopenByCodeForm,
    ReopenForm,
)
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.forms import attempt
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of

FIGURES = (
    "complaints",
    "complaints_answered",
    "complaints_late",
    "complaints_nameless",
    "complaints_reopened",
)


@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """All complaints with figures for the office and auditors; anyone else sees only their own."""
    account, today = account_of(request), timezone.localdate()
    seen = queries.visible_to(account)
    chosen = ComplaintFilter(request.GET)
    page = Paginator(chosen.rows(seen, today=today), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": chosen,
        "page": page,
        "lines": queries.complaint_rows(page.object_list, today=today),
        "figures": _figures(account, today) if account.role in queries.ANSWERERS else None,
    }
    part = "complaints/_complaints.html" if getattr(request, "htmx", False) else "complaints/complaints.html"
    return render(request, part, context)


def _figures(account: Account, today: date) -> dict[str, Any]:
    """How many complaints came in, were answered, are late: each opens its rows; with kinds, months and spans."""
    scope, told = Scope(today, account=account), queries.figures(queries.visible_to(account))
    months = [(month, _of_month(month, number, scope)) for month, number in told.months]
    return {"told": told, "months": months} | measures.count_all(FIGURES, scope)


def _of_month(month: str, number: int, scope: Scope) -> Counted:
    first = date.fromisoformat(f"{month}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return measures.counted("complaints", number, scope, first=first, last=last)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The list of complaints as an Excel workbook."""
    today = timezone.localdate()
    chosen = ComplaintFilter(request.GET)
    rows = queries.complaint_rows(
        chosen.rows(queries.visible_to(account_of(request)), today=today), today=today
    )
    book = complaint_workbook(rows, words=in_words(chosen), as_of=timezone.localtime())
    return workbook_answer(book, f"complaints-{today:%Y%m%d}.xlsx")


@cache_control(no_store=True)
def complaint_new(request: HttpRequest) -> HttpResponse:
    """The complaint form linked at the foot of every page; it remembers which page the user came from."""
    account = account_of(request)
    came_from = urlsplit(request.headers.get("Referer", "")).path[:200]
    form = ComplaintForm(request.POST or None, account=account, initial={"page": came_from})
    recorded = attempt(form, lambda: complaining.complain(**form.cleaned_data, by=account, at=timezone.now()))
    if recorded is None:
        return render(request, "complaints/new.html", {"form": form}, status=422 if form.is_bound else 200)
    complaint, code = recorded
    if code:
        return render(request, "complaints/code.html", {"complaint": complaint, "code": code})
    messages.success(
        request,
        _("已收到，编号%(number)s，%(due)s前答复。") % {"number": complaint.number, "due": complaint.due_on},
    )
    return redirect("complaint", pk=complaint.pk)


@cache_control(no_store=True)
def receipt(request: HttpRequest) -> HttpResponse:
    """The answer to an anonymous complaint."""
    form = ReceiptForm(request.POST or None)
    complaint = attempt(form, lambda: queries.complaint_by_code(form.cleaned_data["code"]))
    context = {
        "form": form,
        "complaint": complaint,
        "standing": complaint and queries.status_of(complaint, today=timezone.localdate()),
        "reopen_form": ReopenByCodeForm(initial=form.cleaned_data)
        if complaint and perms.can_reopen(None, complaint)
        else None,
    }
    refused = form.is_bound and complaint is None
    return render(request, "complaints/receipt.html", context, status=422 if refused else 200)


@require_POST
def reopen_by_code(request: HttpRequest) -> HttpResponse:
    """Reopen an anonymous complaint: the holder of its receipt code does not accept the answer."""
    form = ReopenByCodeForm(request.POST)

    def act() -> Complaint:
        complaint = queries.complaint_by_code(form.cleaned_data["code"])
        return complaining.reopen(complaint, reason=form.cleaned_data["reason"], by=None, at=timezone.now())

    reopened = attempt(form, act)
    if reopened:
        messages.success(request, _("已重开，%(due)s前由别人答复。") % {"due": reopened.due_on})
        return redirect("complaint-receipt")
    return render(request, "complaints/reopen.html", {"form": form}, status=422)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Reopen a complaint whose answer is not accepted."""
    account, form = account_of(request), ReopenForm(request.POST)
    complaint = get_object_or_404(queries.visible_to(account), pk=pk)
    reopened = attempt(
        form, lambda: complaining.reopen(complaint, **form.cleaned_data, by=account, at=timezone.now())
    )
    if reopened:
        messages.success(request, _("已重开，%(due)s前由别人答复。") % {"due": reopened.due_on})
        return redirect("complaint", pk=pk)
    return _page(request, complaint, reopen_form=form)


def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint, with the form to answer it for accounts that may."""
    account = account_of(request)
    complaint = get_object_or_404(queries.visible_to(account), pk=pk)
    form = ComplaintAnswerForm(request.POST or None)
    if attempt(
        form, lambda: complaining.answer(complaint, **form.cleaned_data, by=account, at=timezone.now())
    ):
        messages.success(request, _("已答复。"))
        return redirect("complaint", pk=pk)
    return _page(request, complaint, form=form)


def _page(request: HttpRequest, complaint: Complaint, **forms: Any) -> HttpResponse:
    """One complaint with whatever form was refused."""
    account, offered = (
        account_of(request),
        {"form": ComplaintAnswerForm(), "reopen_form": ReopenForm()} | forms,
    )
    may = {"form": perms.can_answer(account, complaint), "reopen_form": perms.can_reopen(account, complaint)}
    shown = {name: form if may[name] or form.errors else None for name, form in offered.items()}
    context = {
        "complaint": complaint,
        "standing": queries.status_of(complaint, today=timezone.localdate()),
    } | shown
    refused = any(form.errors for form in offered.values())
    return render(request, "complaints/complaint.html", context, status=422 if refused else 200)
