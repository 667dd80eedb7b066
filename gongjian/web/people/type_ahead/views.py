"""Type-ahead lists of units and persons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.people.models import Tenure, Unit
from gongjian.people.queries import find_persons, find_units, persons_of
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of


@require_GET
def unit_find(request: HttpRequest) -> HttpResponse:
    """Units of the whole city, with their area."""
    units = list(find_units(request.GET.get("q", ""), near=account_of(request).reads_area))
    for unit in units:
        unit.hint = unit.name  # type: ignore[attr-defined]
    return render(request, "components/_options.html", {"options": units})


@require_GET
def person_find(request: HttpRequest) -> HttpResponse:
    """Persons with the posts they hold: namesakes are common. With `unit`, that unit's own persons, principals first."""
    text, unit = request.GET.get("q", ""), request.GET.get("unit", "")
    within = Unit.objects.filter(pk=record_key(unit)).first()
    persons = persons_of(within, text, on=timezone.localdate()) if within else list(find_persons(text))
    held: dict[int, list[str]] = {}
    today = timezone.localdate()
    for tenure in Tenure.objects.filter(person__in=persons).select_related("post__unit"):
        if tenure.until is None or tenure.until >= today:
            held.setdefault(tenure.person_id, []).append(f"{tenure.post.unit}{tenure.post.title}")
    for person in persons:
        person.hint = _("、").join(held.get(person.pk, [])) or person.note  # type: ignore[attr-defined]
    return render(request, "components/_options.html", {"options": persons})
