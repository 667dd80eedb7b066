"""Complaining, reading the answer, answering, figures."""

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
from gongjian.web.complaints.forms import (
    AnswerForm,
    ComplaintFilter,
    ComplaintForm,
    ReceiptForm,
    ReopenByCodeForm,
    ReopenForm,
)
from gongjian.web.forms import attempt
from gongjian.web.session import account_of

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """The office's and the auditors' list with its figures; for everybody else one's own."""
    account, today = account_of(request), timezone.localdate()
    seen = queries.visible_to(account)
    chosen = ComplaintFilter(request.GET)
    page = Paginator(chosen.rows(seen, today=today), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": chosen,
        "page": page,
        "lines": queries.complaint_rows(page.object_list, today=today),
        "figures": queries.figures(seen, today=today) if account.role in queries.ANSWERERS else None,
    }
    part = "complaints/_complaints.html" if getattr(request, "htmx", False) else "complaints/complaints.html"
    return render(request, part, context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The list as an Excel workbook."""
    today = timezone.localdate()
    rows = ComplaintFilter(request.GET).rows(queries.visible_to(account_of(request)), today=today)
    book = complaint_workbook(queries.complaint_rows(rows, today=today), as_of=timezone.localtime())
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="complaints-{today:%Y%m%d}.xlsx"'
    return response


@cache_control(no_store=True)
def complaint_new(request: HttpRequest) -> HttpResponse:
    """The entry at the foot of every page; it remembers from which page one came."""
    account = account_of(request)
    came_from = urlsplit(request.headers.get("Referer", "")).path[:200]
    form = ComplaintForm(request.POST or None, account=account, initial={"page": came_from})
    made = attempt(form, lambda: complaining.complain(**form.cleaned_data, by=account, at=timezone.now()))
    if made is None:
        return render(request, "complaints/new.html", {"form": form}, status=422 if form.is_bound else 200)
    complaint, code = made
    if code:
        return render(request, "complaints/code.html", {"complaint": complaint, "code": code})
    messages.success(
        request,
        _("已收到，编号%(number)s，%(due)s前答复。") % {"number": complaint.number, "due": complaint.due_on},
    )
    return redirect("complaint", pk=complaint.pk)


@cache_control(no_store=True)
def receipt(request: HttpRequest) -> HttpResponse:
    """The answer to a complaint without a name."""
    form = ReceiptForm(request.POST or None)
    found = attempt(form, lambda: queries.complaint_by_code(form.cleaned_data["code"]))
    context = {
        "form": form,
        "complaint": found,
        "standing": found and queries.status_of(found, today=timezone.localdate()),
        "reopen_form": ReopenByCodeForm(initial=form.cleaned_data)
        if found and perms.can_reopen(None, found)
        else None,
    }
    refused = form.is_bound and found is None
    return render(request, "complaints/receipt.html", context, status=422 if refused else 200)


@require_POST
def reopen_by_code(request: HttpRequest) -> HttpResponse:
    """Whoever holds the code does not accept the answer."""
    form = ReopenByCodeForm(request.POST)

    def act() -> Complaint:
        found = queries.complaint_by_code(form.cleaned_data["code"])
        return complaining.reopen(found, reason=form.cleaned_data["reason"], by=None, at=timezone.now())

    made = attempt(form, act)
    if made:
        messages.success(request, _("已重开，%(due)s前由别人答复。") % {"due": made.due_on})
        return redirect("complaint-receipt")
    return render(request, "complaints/reopen.html", {"form": form}, status=422)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer is not accepted."""
    account, form = account_of(request), ReopenForm(request.POST)
    found = get_object_or_404(queries.visible_to(account), pk=pk)
    made = attempt(
        form, lambda: complaining.reopen(found, **form.cleaned_data, by=account, at=timezone.now())
    )
    if made:
        messages.success(request, _("已重开，%(due)s前由别人答复。") % {"due": made.due_on})
        return redirect("complaint", pk=pk)
    return _page(request, found, reopen_form=form)


def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint, and the form to answer it for those who may."""
    account = account_of(request)
    found = get_object_or_404(queries.visible_to(account), pk=pk)
    form = AnswerForm(request.POST or None)
    if attempt(form, lambda: complaining.answer(found, **form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已答复。"))
        return redirect("complaint", pk=pk)
    return _page(request, found, form=form)


def _page(request: HttpRequest, found: Complaint, **forms: Any) -> HttpResponse:
    """One complaint with whatever form was refused."""
    account, given = account_of(request), {"form": AnswerForm(), "reopen_form": ReopenForm()} | forms
    may = {"form": perms.can_answer(account, found), "reopen_form": perms.can_reopen(account, found)}
    shown = {name: form if may[name] or form.errors else None for name, form in given.items()}
    context = {"complaint": found, "standing": queries.status_of(found, today=timezone.localdate())} | shown
    refused = any(form.errors for form in given.values())
    return render(request, "complaints/complaint.html", context, status=422 if refused else 200)
