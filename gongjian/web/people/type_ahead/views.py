"""Type-ahead lists of units and persons."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.people.models import Person, Tenure, Unit
from gongjian.people.queries import find_persons, find_units, persons_of, whole_city
from gongjian.web.pick_options import lines, offered
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of


@require_GET
def unit_find(request: HttpRequest) -> HttpResponse:
    """Units of the whole city, with their area."""
    near = account_of(request).reads_area
    choices = Unit.objects.filter(disabled_on__isnull=True)
    choices = choices.filter(whole_city(near)) if near else choices
    units = offered(request, choices, lambda text: find_units(text, near=near))
    for unit in units:
        unit.hint = unit.name
    return lines(request, units)


@require_GET
def person_find(request: HttpRequest) -> HttpResponse:
    """Persons with the posts they hold: namesakes are common. With `unit`, that unit's own persons, principals first."""
    unit, today = request.GET.get("unit", ""), timezone.localdate()
    within = Unit.objects.filter(pk=record_key(unit)).first()
    find = (lambda text: persons_of(within, text, on=today)) if within else find_persons
    persons = offered(request, Person.objects.all(), find, whole=within is not None)
    held: dict[int, list[str]] = {}
    for tenure in Tenure.objects.filter(person__in=persons).select_related("post__unit"):
        if tenure.until is None or tenure.until >= today:
            held.setdefault(tenure.person_id, []).append(tenure.post.in_full)
    for person in persons:
        person.hint = _("、").join(held.get(person.pk, [])) or person.note
    return lines(request, persons)
