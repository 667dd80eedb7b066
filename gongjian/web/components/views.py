"""The component page: every component in every state."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.states import Light, State
from gongjian.people.queries import find_units
from gongjian.web.components import sample_content

LEFT = {Light.GREEN: 5, Light.YELLOW: 0, Light.RED: -2, Light.DARK_RED: -12}
PAGES = 137


def components(request: HttpRequest) -> HttpResponse:
    """The component page; htmx gets only the sample list."""
    alone = request.headers.get("HX-Request") == "true"
    context = _context() | {
        "filter": sample_content.SampleFilter(request.GET or None),
        "page": Paginator(range(PAGES), 10).get_page(request.GET.get("page", "1")),
    }
    return render(request, "components/_sample_list.html" if alone else "components/page.html", context)


def _context() -> dict[str, Any]:
    """What the page shows whatever is asked."""
    return {
        "lights": [(light, LEFT.get(light)) for light in Light],
        "states": list(State),
        "rows": sample_content.rows(),
        "events": sample_content.events(timezone.now()),
        "form": sample_content.SampleForm(),
        "wrong": sample_content.SampleForm(
            {"text": "", "due": "2026-02-30", "lead_text": _("没有这个局")}, auto_id="wrong_%s"
        ),
        "chart": sample_content.chart(),
    }


def component_units(request: HttpRequest) -> HttpResponse:
    """Units for the type-ahead field of the component page."""
    units = find_units(request.GET.get("q", ""), limit=10)
    return render(request, "components/_options.html", {"options": units})
