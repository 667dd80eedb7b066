"""Filling a superior's blank workbook: drop it in, say what is not known, take it away; next time nothing is asked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.engines.templates import Template
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.superior_templates import queries, services
from gongjian.superior_templates.models import SuperiorTemplate
from gongjian.superior_templates.records import records_of
from gongjian.superior_templates.states import LedgerKind
from gongjian.web.editing.saving import edit
from gongjian.web.error_pages import views as error_pages
from gongjian.web.file_answers import workbook_answer
from gongjian.web.forms import attempt
from gongjian.web.rights import matrix
from gongjian.web.session import account_of
from gongjian.web.superior_templates.filters import PAGES, rows_of
from gongjian.web.superior_templates.forms import HeadingsForm, TemplateForm


def _ledger(name: str) -> LedgerKind:
    if name.upper() not in LedgerKind.values:
        raise Http404(name)
    return LedgerKind(name.upper())


def _template(request: HttpRequest, pk: int) -> SuperiorTemplate:
    return get_object_or_404(queries.templates_of(account_of(request)).defer(None), pk=pk)


def _read(template: SuperiorTemplate) -> Template:
    file = bytes(template.file)
    return queries.read(file, template.ledger, area=template.area, decided=template.fields)


def _with_filter(request: HttpRequest, route: str, key: int | str) -> str:
    asked = request.GET.urlencode()
    return reverse(route, args=[key]) + (f"?{asked}" if asked else "")


def _page(request: HttpRequest, ledger: LedgerKind, form: TemplateForm) -> HttpResponse:
    rows, words = rows_of(request, ledger)
    context = {
        "ledger": ledger,
        "page_of_ledger": PAGES[ledger][0],
        "form": form,
        "templates": queries.templates_of(account_of(request), ledger),
        "number": rows.count(),
        "words": words,
    }
    status = 422 if form.is_bound else 200
    return render(request, "superior_templates/templates.html", context, status=status)


@require_GET
def templates(request: HttpRequest, ledger: str) -> HttpResponse:
    """The templates kept for a ledger, and the box for a new one."""
    kind = _ledger(ledger)
    readers = matrix()[PAGES[kind][1]]
    if account_of(request).role not in readers:
        return error_pages.not_allowed(request, readers)
    return _page(request, kind, TemplateForm())


@require_POST
def keep(request: HttpRequest, ledger: str) -> HttpResponse:
    """Take a blank workbook in; one that is understood is filled at once, any other asks about its headings."""
    kind = _ledger(ledger)
    form = TemplateForm(request.POST, request.FILES)
    kept = attempt(form, lambda: _kept(form, kind, request))
    if kept is None:
        return _page(request, kind, form)
    open_ones = [one for one in queries.matched(_read(kept), kept.fields) if one.asked]
    if open_ones:
        return redirect(_with_filter(request, "superior-headings", kept.pk))
    return redirect(_with_filter(request, "superior-filled", kept.pk))


def _kept(form: TemplateForm, ledger: LedgerKind, request: HttpRequest) -> SuperiorTemplate:
    file = form.cleaned_data["file"]
    return services.keep(
        ledger=ledger, file_name=file.name, file=file.read(), by=account_of(request), at=timezone.now()
    )


def headings(request: HttpRequest, pk: int) -> HttpResponse:
    """What each heading stands for; what is not known may be left blank."""
    kept, account = _template(request, pk), account_of(request)
    read = _read(kept)

    def make(data: Any, row: SuperiorTemplate) -> HeadingsForm:
        matched = queries.matched(read, row.fields)
        return HeadingsForm(data, ledger=row.ledger, headings=matched, subjects=[row])

    def save(form: HeadingsForm, row: SuperiorTemplate) -> SuperiorTemplate:
        return services.decide(row, form.decided(), by=account, at=timezone.now())

    form, saved = edit(request, kept, make=make, save=save)
    if saved:
        messages.success(request, _("对应关系已记住，下次交同样的表不再问。"))
        return redirect(_with_filter(request, "superior-headings", pk))
    context = {"kept": kept, "form": form, "sheets": read.sheets, "charts": read.charts}
    context["ledger_page"] = _with_filter(request, "superior-templates", kept.ledger.lower())
    return render(request, "superior_templates/headings.html", context, status=422 if form.is_bound else 200)


@require_GET
def filled(request: HttpRequest, pk: int) -> HttpResponse:
    """The template filled with the rows of its ledger, as the address filters them."""
    kept, account = _template(request, pk), account_of(request)
    ledger = LedgerKind(kept.ledger)
    readers = matrix()[PAGES[ledger][1]]
    if account.role not in readers:
        return error_pages.not_allowed(request, readers)
    rows, _words = rows_of(request, ledger)
    firms = visible_firms(account)
    listed = records_of(ledger, rows, today=timezone.localdate(), firms=firms)
    response = workbook_answer(services.filled(kept, listed), "form.xlsx")
    response["Content-Disposition"] = content_disposition_header(True, kept.file_name) or ""  # noqa: FBT003  the framework's order
    return response


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a template no longer."""
    kept = _template(request, pk)
    ledger = kept.ledger.lower()
    services.forget(kept, by=account_of(request), at=timezone.now())
    messages.success(request, _("不再用这份表样。"))
    return redirect(_with_filter(request, "superior-templates", ledger))
