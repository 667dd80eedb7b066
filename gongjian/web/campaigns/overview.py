"""Targets of the areas side by side: on a map, and on the wall of the meeting room."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.assignments.states import Light
from gongjian.campaigns import queries
from gongjian.campaigns.queries import TargetLine
from gongjian.campaigns.targets.on_pace import on_pace
from gongjian.people.map_file import NAME, read_map
from gongjian.people.models import Account
from gongjian.standings.queries import publications_visible_to
from gongjian.web.campaigns.forms import MapFilter
from gongjian.web.colours import colours, of_light
from gongjian.web.filter_words import in_words
from gongjian.web.session import account_of

WORST, LIGHTS = 3, ("GREEN", "YELLOW", "RED", "GREY")


def map_chart(shapes: Any, lines: list[TargetLine]) -> dict[str, Any]:
    """The option of the map: each area in the colour of its light, with its link; the table beside it says the same."""
    data = [
        {
            "name": str(line.target.area_id),
            "itemStyle": {"areaColor": of_light(line.light)},
            "label": {"formatter": line.target.area.short_name},
            "address": reverse("target", args=[line.target.pk]),
        }
        for line in lines
    ]
    series = {
        "type": "map",
        "map": "areas",
        "data": data,
        "label": {"show": True, "formatter": "", "color": colours()["white"], "fontSize": 13},
        "emphasis": {"disabled": True},
        "select": {"disabled": True},
    }
    return {"shapes": shapes, "series": [series]}


@require_GET
def area_map(request: HttpRequest) -> HttpResponse:
    """One target of every county on a map, with its light, and as a table."""
    account, today = account_of(request), timezone.localdate()
    form = MapFilter(request.GET or {}, account=account, today=today)
    indicator, horizon = form.chosen()
    rows = queries.targets_in_force().filter(
        area__in=form.areas, unit=None, year=today.year, horizon=horizon, indicator=indicator
    )
    lines = queries.lines_of(list(rows.order_by("area__order", "pk")), today)
    shapes = read_map(settings.HOME, form.areas)
    context = {"form": form, "lines": lines, "words": in_words(form), "shapes": shapes, "file": NAME}
    context |= {"indicator": indicator, "chart": map_chart(shapes, lines) if shapes else None}
    part = "campaigns/_map.html" if getattr(request, "htmx", False) else "campaigns/map.html"
    return render(request, part, context)


@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """The campaign for the wall of a meeting room: pace, lights, standings, the worst three; it refreshes itself."""
    account, today = account_of(request), timezone.localdate()
    area = account.reads_area
    pace = on_pace(area, on=today)
    lines = queries.targets_of(area, today) if area else []
    held = [line for line in lines if pace is not None and line.target.horizon == pace.horizon]
    known = [line for line in held if line.light != Light.GREY]
    context = {
        "area": area,
        "pace": pace,
        "green": sum(line.light == Light.GREEN for line in known),
        "known": len(known),
        "lights": [(Light(one), sum(line.light == one for line in held)) for one in LIGHTS],
        "worst": _worst(held),
        "places": _places(account),
        "now": timezone.localtime(),
    }
    return render(request, "campaigns/wall.html", context)


def _worst(lines: list[TargetLine]) -> list[TargetLine]:
    """The targets furthest behind their pace, red ones and yellow ones alone."""
    late = [line for line in lines if line.light in {"RED", "YELLOW"} and line.reading.pace is not None]
    return sorted(late, key=lambda line: line.reading.pace.lead if line.reading.pace else 0)[:WORST]


def _places(account: Account) -> list[tuple[str, int]]:
    """The latest published places, the first three of each group."""
    row = publications_visible_to(account).order_by("-month", "version__scheme", "-pk").first()
    placed = [one for one in row.rows if one["place"] and one["place"] <= WORST] if row else []
    names = queries.names_of_areas([one["area"] for one in placed])
    found = sorted(placed, key=lambda one: (one["group"], one["place"]))
    return [(names[one["area"]], one["place"]) for one in found if one["area"] in names]
