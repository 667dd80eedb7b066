"""Every component in every state: the visual standard."""

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
    """The page; htmx gets the sample list alone."""
    number = request.GET.get("page", "1")
    context = {
        "lights": [(light, LEFT.get(light)) for light in Light],
        "states": list(State),
        "filter": sample_content.SampleFilter(request.GET or None),
        "rows": sample_content.rows(),
        "page": Paginator(range(PAGES), 10).get_page(number),
        "events": sample_content.events(timezone.now()),
        "form": sample_content.SampleForm(),
        "wrong": sample_content.SampleForm(
            {"text": "", "due": "2026-02-30", "lead_text": _("没有这个局")}, auto_id="wrong_%s"
        ),
        "chart": sample_content.chart(),
    }
    template = (
        "components/_sample_list.html"
        if request.headers.get("HX-Request") == "true"
        else "components/page.html"
    )
    return render(request, template, context)


def component_units(request: HttpRequest) -> HttpResponse:
    """Units for the sample pick."""
    found = find_units(request.GET.get("q", ""), limit=10)
    return render(request, "components/_options.html", {"options": found})
