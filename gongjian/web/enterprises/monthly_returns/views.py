"""What firms reported of a month, by sector and by area, and the firms behind each number."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.enterprises.monthly_returns import queries
from gongjian.enterprises.monthly_returns.rules import FirmMonth, sector_table
from gongjian.enterprises.monthly_returns.vocabulary import KEYS
from gongjian.ledgers.firm_months.workbook import firm_month_workbook
from gongjian.web.enterprises.monthly_returns.forms import FirmLineFilter, FirmMonthFilter
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of


@require_GET
def firm_months(request: HttpRequest) -> HttpResponse:
    """The firms of a month added up: together, by sector, by area."""
    account, today = account_of(request), timezone.localdate()
    latest = queries.latest_month_reported(account) or today.replace(day=1)
    form = FirmMonthFilter(request.GET or {}, account=account, latest=latest)
    month, place = form.chosen()
    added = queries.month_of_firms(account, month=month, today=today, place=place)
    context = {"form": form, "added": added, "place": place, "words": in_words(form)}
    return render(request, "enterprises/firm_months.html", context | {"full_load": sector_table().full_load})


def _lines(request: HttpRequest) -> tuple[FirmLineFilter, list[FirmMonth]]:
    account, today = account_of(request), timezone.localdate()
    latest = queries.latest_month_reported(account) or today.replace(day=1)
    form = FirmLineFilter(request.GET or {}, account=account, latest=latest)
    month, place = form.chosen()
    firms = queries.firms_in_month(account, month=month, today=today, place=place)
    return form, [firm for firm in firms if form.wants(firm)]


@require_GET
def firm_month_lines(request: HttpRequest) -> HttpResponse:
    """The firms of a month one by one, page by page."""
    form, firms = _lines(request)
    page = Paginator(firms, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "keys": KEYS, "month": form.chosen()[0]}
    return render(request, "enterprises/firm_month_lines.html", context | {"words": in_words(form)})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The chosen firms of a month as an Excel workbook."""
    form, firms = _lines(request)
    month = form.chosen()[0]
    book = firm_month_workbook(firms, month=month, words=in_words(form), as_of=timezone.localtime())
    return workbook_answer(book, f"firm-months-{month:%Y%m}.xlsx")
