"""The visit book as a list."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.ledgers.visits.workbook import visit_workbook
from gongjian.visits import queries
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of
from gongjian.web.visits.forms import BookFilter


def filtered(request: HttpRequest) -> BookFilter:
    """The ledger as the address filters it, for this account."""
    account = account_of(request)
    rows = queries.visible_to(account).select_related("area", "lead")
    return BookFilter(request.GET, queryset=rows, account=account)


@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """One page of the visit book."""
    chosen = filtered(request)
    rows = chosen.qs.annotate(firms=Count("stops", distinct=True), heard=Count("problems", distinct=True))
    page = Paginator(rows.order_by("-starts_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    part = "visits/_book.html" if getattr(request, "htmx", False) else "visits/book.html"
    return render(request, part, {"filter": chosen, "page": page, "today": timezone.localdate()})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered visit book as an Excel workbook."""
    firms = visible_firms(account_of(request))
    chosen = filtered(request)
    content = visit_workbook(chosen.qs, words=in_words(chosen.form), as_of=timezone.localtime(), firms=firms)
    return workbook_answer(content, f"visits-{timezone.localdate():%Y%m%d}.xlsx")
