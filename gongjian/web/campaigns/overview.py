"""Targets of the areas side by side: on a map, and on the wall of the meeting room; both also as a picture."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.campaigns import queries
from gongjian.campaigns.states import Horizon
from gongjian.people.map_file import NAME, shapes_of
from gongjian.web.campaigns.forms import MapFilter
from gongjian.web.campaigns.map_picture import pictured
from gongjian.web.campaigns.wall import wall_of
from gongjian.web.colours import colours
from gongjian.web.file_answers import picture_answer
from gongjian.web.filter_words import in_words
from gongjian.web.session import account_of

INKS = {name: colours()[name] for name in ("ink", "white")}


def map_of(request: HttpRequest) -> dict[str, Any]:
    """One target of every county the account reads, with the picture of them where the office has a map."""
    today = timezone.localdate()
    form = MapFilter(request.GET or {}, account=account_of(request), today=today)
    indicator, horizon = form.chosen()
    rows = queries.targets_in_force().filter(
        area__in=form.areas, unit=None, year=today.year, horizon=horizon, indicator=indicator
    )
    lines = queries.lines_of(list(rows.order_by("area__order", "area__path", "battle__order", "pk")), today)
    picture = pictured(shapes_of(settings.HOME, form.areas), form.areas, lines)
    context = {"form": form, "lines": lines, "picture": picture, "file": NAME, "indicator": indicator}
    return context | INKS | {"horizon": Horizon(horizon), "query": request.GET.urlencode()}


@require_GET
def area_map(request: HttpRequest) -> HttpResponse:
    """One target of every county on a map, with its light, and as a table."""
    context = map_of(request)
    context["words"] = in_words(context["form"])
    part = "campaigns/_map.html" if getattr(request, "htmx", False) else "campaigns/map.html"
    return render(request, part, context)


@require_GET
def map_picture(request: HttpRequest) -> HttpResponse:
    """The map alone, to be kept as a picture; an empty sheet with its sentence where nothing is drawn."""
    return picture_answer(render(request, "campaigns/map_picture.html", map_of(request)), "map.svg")


@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """The campaign for the wall of a meeting room: lights, the worst, published places; it refreshes itself."""
    context = wall_of(account_of(request), timezone.localtime())
    part = "campaigns/_wall.html" if getattr(request, "htmx", False) else "campaigns/wall.html"
    return render(request, part, context)


@require_GET
def wall_picture(request: HttpRequest) -> HttpResponse:
    """The wall as a picture of one sheet."""
    context = wall_of(account_of(request), timezone.localtime()) | INKS
    return picture_answer(render(request, "campaigns/wall_picture.html", context), "wall.svg")
