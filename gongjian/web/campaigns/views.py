"""The board of a campaign: its battles, who leads each, and the targets of an area with their lights."""

from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.campaigns import queries
from gongjian.campaigns.models import Campaign
from gongjian.campaigns.states import Horizon
from gongjian.ledgers.targets.workbook import board_workbook
from gongjian.people.models import Area
from gongjian.people.perms import can_keep_people
from gongjian.web.campaigns.forms import BoardFilter
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.session import account_of


class _Board(NamedTuple):
    """What a request asks of the board."""

    form: BoardFilter
    campaign: Campaign | None
    area: Area | None
    cards: list[queries.BattleCard]


def _asked(request: HttpRequest, *, on: date) -> _Board:
    """The board of the area that is chosen, as it is on a day."""
    account = account_of(request)
    form = BoardFilter(request.GET or {}, account=account)
    area, campaign = form.chosen(), queries.campaign_of(account, on=on)
    cards = queries.board(campaign, area, on=on) if campaign and area else []
    return _Board(form, campaign, area, cards)


@require_GET
def board_export(request: HttpRequest) -> HttpResponse:
    """The targets of the board as an Excel workbook."""
    now = timezone.localtime()
    asked = _asked(request, on=now.date())
    content = board_workbook(asked.cards, words=in_words(asked.form), as_of=now)
    return workbook_answer(content, f"targets-{now:%Y%m%d}.xlsx")


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Battles with lead unit and responsible person, their targets by span of the year."""
    account = account_of(request)
    form, campaign, area, cards = _asked(request, on=timezone.localdate())
    context: dict[str, Any] = {"form": form, "campaign": campaign, "area": area, "cards": cards}
    context |= {"words": in_words(form), "horizons": list(Horizon)}
    context["held"] = any(line for card in cards for row in card.rows for _horizon, line in row.lines)
    context["can_keep"] = campaign is not None and can_keep_people(account, campaign.area)
    context["can_start"] = context["can_keep"] or (
        campaign is None and area is not None and can_keep_people(account, area)
    )
    part = "campaigns/_board.html" if getattr(request, "htmx", False) else "campaigns/board.html"
    return render(request, part, context)
