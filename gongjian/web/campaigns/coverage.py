"""Which area has not passed its targets on or held its meeting; letters of responsibility; targets from a table."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.audit.wording import paper_words
from gongjian.bulletins.responsibility_letter.paper import letter_paper
from gongjian.campaigns import queries
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.models import Campaign
from gongjian.campaigns.passing_on.coverage import coverage_of
from gongjian.campaigns.tables.services import TableResult
from gongjian.indicators.queries import areas_shown
from gongjian.indicators.reading.cells import Fault
from gongjian.people.models import Account, Area
from gongjian.people.queries import office_of
from gongjian.visits.pledges.queries import count_of_areas
from gongjian.visits.queries import own_meetings
from gongjian.web.campaigns.forms import TableForm
from gongjian.web.file_answers import word_answer
from gongjian.web.forms import attempt
from gongjian.web.indicators.entry import read_table
from gongjian.web.indicators.sentences import place_in_words, why_not_taken
from gongjian.web.session import account_of


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Each area that has others below it: targets held, passed on, not passed on, and its meeting."""
    account, today = account_of(request), timezone.localdate()
    campaign = queries.campaign_of(account, on=today)
    lines = (
        coverage_of(campaign, account, own_meetings(since=campaign.starts_on, until=today))
        if campaign
        else []
    )
    pledges = count_of_areas(campaign) if campaign else {}
    context = {"campaign": campaign, "lines": [(line, pledges.get(line.area.pk, 0)) for line in lines]}
    return render(request, "campaigns/coverage.html", context)


@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of responsibility of an area as a Word file."""
    account, today = account_of(request), timezone.localdate()
    area = next((one for one in areas_shown(account) if one.pk == pk), None)
    if area is None:
        raise Http404
    rows = queries.targets_in_force().filter(area=area, unit=None, year=today.year)
    targets = list(rows.order_by("battle__order", "battle", "indicator__order", "pk"))
    above = Area.objects.filter(path=area.path[: -Area.steplen]).first()
    with paper_words(area.name):
        paper = letter_paper(
            str(area), targets, above=str(office_of(above or area) or above or area), on=today
        )
    return word_answer(paper, f"letter-{area.pk}-{today.year}.docx")


def table(request: HttpRequest) -> HttpResponse:
    """Targets of one span from a table; each cell that was not taken with its place and reason."""
    account, today = account_of(request), timezone.localdate()
    form = TableForm(request.POST or None, request.FILES or None, year=today.year)
    campaign = queries.campaign_of(account, on=today)
    if campaign is None:
        return redirect("campaigns")
    found = attempt(form, lambda: _entered(form, campaign, account))
    context: dict[str, Any] = {"form": form}
    if found is not None:
        context |= {"done": found[0], "told": found[1]}
    return render(request, "campaigns/table.html", context, status=422 if form.errors else 200)


def _entered(
    form: TableForm, campaign: Campaign, account: Account
) -> tuple[TableResult, list[tuple[str, str]]]:
    """What became of a table, and each cell that was not taken with its place and reason."""
    sheet, _name = read_table(form)
    facts = {name: form.cleaned_data[name] for name in ("year", "horizon", "reason")}
    done = campaigns.enter_targets(campaign, sheet.cells, **facts, by=account, at=timezone.now())
    told = [(place_in_words(fault), why_not_taken(fault)) for fault in sheet.faults]
    return done, told + [(place_in_words(Fault(place, "", "")), why) for place, why in done.refused]
