"""Standings: a month with its groups, ties and slopes, as a workbook, and one area with its way up."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.engines.workdays.calendar import add_months
from gongjian.ledgers.standings.workbook import standings_workbook
from gongjian.standings import perms, queries
from gongjian.standings.models import Scheme
from gongjian.standings.monthly.queries import (
    AreaLine,
    MonthStandings,
    area_standing,
    latest_month,
    month_standings,
)
from gongjian.standings.publications.queries import publications_of
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.indicators.months import month_of
from gongjian.web.indicators.views import end_of, this_month
from gongjian.web.session import account_of
from gongjian.web.standings.charts import slope_chart
from gongjian.web.standings.forms import StandingsFilter


def _found(request: HttpRequest) -> tuple[StandingsFilter, Scheme | None, MonthStandings | None]:
    account = account_of(request)
    schemes = list(queries.with_latest(queries.schemes_visible_to(account).filter(disabled_on__isnull=True)))
    own = next((one for one in schemes if str(one.pk) == request.GET.get("scheme")), None)
    first = own or (schemes[0] if schemes else None)
    latest = (latest_month(first) if first else None) or add_months(this_month(), -1)
    form = StandingsFilter(request.GET or {}, schemes=schemes, latest=latest)
    scheme, month, day = form.chosen()
    if scheme is None:
        return form, None, None
    return form, scheme, month_standings(scheme, month, reader=account, as_of=end_of(day))


def own_line(request: HttpRequest, found: MonthStandings) -> AreaLine | None:
    """The line of the reader's own area, or of the county it lies in."""
    own = account_of(request).reads_area
    lines = (line for line in found.lines if own is not None and own.path.startswith(line.area.path))
    return next(lines, None)


@require_GET
def standings(request: HttpRequest) -> HttpResponse:
    """The standings of a month: groups, ties, how sure, lenses, what changed, slopes, what was published."""
    form, scheme, found = _found(request)
    context: dict[str, Any] = {"form": form, "scheme": scheme, "found": found, "words": in_words(form)}
    if scheme is not None:
        context["may_keep"] = perms.can_keep(account_of(request), scheme.area)
    if found is not None:
        context["own"] = own_line(request, found)
        context["charts"] = [slope_chart(found, lines) for _name, lines in found.groups]
        context["published"] = publications_of(found)
    part = "standings/_month.html" if getattr(request, "htmx", False) else "standings/standings.html"
    return render(request, part, context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The standings of a month as an Excel workbook."""
    form, _scheme, found = _found(request)
    if found is None:
        raise Http404
    content = standings_workbook(found, words=in_words(form), as_of=timezone.localtime())
    return workbook_answer(content, f"standings-{found.month:%Y%m}.xlsx")


@require_GET
def standing(request: HttpRequest, pk: int, area: int) -> HttpResponse:
    """One area: where it stands, why, how far the next place is and the cheapest way there."""
    account = account_of(request)
    scheme = get_object_or_404(queries.schemes_visible_to(account), pk=pk)
    month: date | None = month_of(request.GET.get("month", "")) or latest_month(scheme)
    found = month_standings(scheme, month, reader=account, back=5) if month else None
    one = area_standing(found, area) if found else None
    if one is None or not one.line.open:
        raise Http404
    return render(request, "standings/standing.html", {"one": one, "found": found})
