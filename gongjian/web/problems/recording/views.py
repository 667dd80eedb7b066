"""Who might handle a problem that is being written down."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.people.models import Area
from gongjian.problems.models import Problem
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of

SHORTEST = 4  # characters of a text that says something


@require_GET
def suggest_units(request: HttpRequest) -> HttpResponse:
    """The likely units for the text that came with the request, to be taken into the form."""
    asked = next((str(value) for name, value in request.GET.items() if name.endswith("text")), "").strip()
    number = request.GET.get("area", "")
    area = Area.objects.filter(pk=record_key(number)).first()
    area = area or account_of(request).reads_area
    found = []
    if area is not None and len(asked) >= SHORTEST:
        problem = Problem(text=asked, area=area)
        found = suggested_units.suggest([problem], today=timezone.localdate()).get(problem.pk, [])
    return render(request, "problems/_suggestions.html", {"suggestions": found, "unsaved": True})
