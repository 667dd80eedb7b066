"""Figures: the matrix of areas and indicators, one indicator by area and month, the history of one figure."""

from datetime import date, datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.indicators import perms, queries
from gongjian.indicators.models import Indicator
from gongjian.ledgers.indicators.workbook import indicator_workbook, matrix_workbook
from gongjian.people.models import Account
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.indicators.forms import MonthFilter, RestateForm, YearFilter
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day; None for none."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


def this_month() -> date:
    """The first day of the month that runs."""
    return timezone.localdate().replace(day=1)


def _matrix(request: HttpRequest) -> tuple[MonthFilter, queries.Matrix]:
    account = account_of(request)
    form = MonthFilter(request.GET or {}, latest=queries.latest_month(account) or this_month())
    month, column, day = form.chosen()
    today = timezone.localdate()
    return form, queries.matrix(account, month=month, column=column, today=today, as_of=end_of(day))


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """Every area with every indicator in one month."""
    form, table = _matrix(request)
    context = {"form": form, "table": table, "words": in_words(form)}
    context["waiting"] = queries.open_questions(account_of(request))
    part = "indicators/_matrix.html" if getattr(request, "htmx", False) else "indicators/indicators.html"
    return render(request, part, context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The matrix as an Excel workbook."""
    form, table = _matrix(request)
    content = matrix_workbook(table, words=in_words(form), as_of=timezone.localtime())
    return workbook_answer(content, f"figures-{table.month:%Y%m}.xlsx")


def _lines(request: HttpRequest, pk: int) -> tuple[Indicator, YearFilter, list[queries.MonthLine]]:
    account, row = account_of(request), get_object_or_404(Indicator, pk=pk)
    form = YearFilter(request.GET or {}, account=account, today=timezone.localdate())
    data: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    areas = [one for one in form.areas if data.get("area") in (None, "", str(one.pk))]
    latest = queries.latest_month(account) or this_month()
    year = int(data.get("year") or latest.year)
    as_of = end_of(data.get("as_of"))
    return row, form, queries.month_lines(row, areas, year=year, until=latest, as_of=as_of)


@require_GET
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator by area and month, reported and official side by side."""
    row, form, lines = _lines(request, pk)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {"one": row, "form": form, "page": page, "words": in_words(form)}
    part = "indicators/_lines.html" if getattr(request, "htmx", False) else "indicators/indicator.html"
    return render(request, part, context)


@require_GET
def indicator_export(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator by area and month as an Excel workbook."""
    row, form, lines = _lines(request, pk)
    content = indicator_workbook(row, lines, words=in_words(form), as_of=timezone.localtime())
    return workbook_answer(content, f"figures-{row.key}.xlsx")


def one_figure(account: Account, pk: int, area: int, month: tuple[int, int]) -> dict[str, Any]:
    """What the page of one figure shows: every value that ever stood, in both columns."""
    year, number = month
    try:
        day = date(year, number, 1)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    row = get_object_or_404(Indicator, pk=pk)
    place = next((each for each in queries.areas_shown(account) if each.pk == area), None)
    if place is None:
        raise Http404
    values = list(queries.history(row, place, day))
    standing = [value for value in values if value.superseded_at is None]
    return {
        "one": row,
        "area": place,
        "month": day,
        "values": values,
        "standing": [value for value in standing if perms.can_enter(account, value.area)],
        "correcting": standing[0].pk if standing else None,
    }


@require_GET
def figure_history(request: HttpRequest, pk: int, area: int, **when: int) -> HttpResponse:
    """Every value a figure ever had, who wrote it, when and from where."""
    context = one_figure(account_of(request), pk, area, (when["year"], when["month"]))
    context["form"] = RestateForm()
    return render(request, "indicators/history.html", context)
