"""The burden ledger, its rows, its workbook; asking a firm for figures."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.enterprises.burden import queries as reading
from gongjian.enterprises.burden import services as asking
from gongjian.enterprises.facts.wording import first_day
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.ledgers.burden.workbook import burden_workbook
from gongjian.web.burden.forms import BeforeAskingForm, BurdenFilter
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.forms import attempt
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of


@require_GET
def burden(request: HttpRequest) -> HttpResponse:
    """How much each body asks of firms; counted by body, never by person."""
    chosen = BurdenFilter(request.GET)
    rows = chosen.rows(reading.visible_to(account_of(request)))
    days = {name: chosen.cleaned_data.get(name) for name in ("first", "last")}
    loads = reading.burden_summary(rows, **days)
    return render(request, "burden/burden.html", {"form": chosen, "burden": loads})


@require_GET
def askings(request: HttpRequest) -> HttpResponse:
    """The requests for figures behind a number."""
    rows = BurdenFilter(request.GET).rows(reading.visible_to(account_of(request)))
    page = Paginator(rows.select_related("enterprise", "unit"), PAGE).get_page(request.GET.get("page"))
    return render(request, "burden/askings.html", {"page": page})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The requests for figures as an Excel workbook."""
    chosen = BurdenFilter(request.GET)
    rows = chosen.rows(reading.visible_to(account_of(request)))
    book = burden_workbook(rows, words=in_words(chosen), as_of=timezone.localtime())
    return workbook_answer(book, f"burden-{timezone.localdate():%Y%m%d}.xlsx")


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a firm for figures; figures already known are shown instead."""
    account = account_of(request)
    firm = get_object_or_404(visible_firms(account).select_related("area"), pk=pk)
    form = BeforeAskingForm(request.POST or None, initial={"period": timezone.localdate()})

    def act() -> object:
        facts = dict(form.cleaned_data)
        facts["period"] = first_day(facts["period"], facts["period_kind"])
        return asking.ask_facts(firm, **facts, by=account, at=timezone.now())

    if attempt(form, act):
        messages.success(request, _("已记入减负账。请按单子向企业问数，问到后录入企业数据。"))
        return redirect("enterprise", pk=pk)
    context = {"form": form, "firm": firm}
    return render(request, "burden/ask.html", context, status=422 if form.is_bound else 200)
