"""A person picked for a unit: the unit proposes its own, and another person needs a reason."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Person, Unit
from gongjian.people.queries import find_persons, persons_of


def person_reason() -> forms.Field:
    """The way out: why a person of another unit is responsible. Writing here opens the list to everybody."""
    return forms.CharField(
        label=_("跨单位的理由"),
        max_length=200,
        required=False,
        help_text=_("责任人不在这个单位任职才填；先填这里，责任人一栏就能选别的单位的人。"),
    )


def limit_person_to_unit(
    form: forms.BaseForm, *, unit: str = "lead_unit", person: str = "responsible_person"
) -> None:
    """Let the unit's field limit the person's: typed names are looked for in the unit first, then everywhere."""
    field: Any = form.fields[person]
    field.queryset = Person.objects.all()
    field.widget.within = form.add_prefix(unit)
    field.widget.anyone = form.add_prefix("person_reason")
    field.find = lambda text: _find(form, unit, text)


def limit_person_to(form: forms.BaseForm, unit: Unit, *, person: str = "responsible_person") -> None:
    """Let one given unit limit the person's field, where the form does not ask for the unit."""
    field: Any = form.fields[person]
    field.queryset = Person.objects.all()
    field.widget.only = unit.pk
    field.widget.anyone = form.add_prefix("person_reason")
    field.find = lambda text: persons_of(unit, text, on=timezone.localdate()) or find_persons(text)


def _find(form: forms.BaseForm, unit: str, text: str) -> Iterable[Person]:
    chosen = getattr(form, "cleaned_data", {}).get(unit)
    own = persons_of(chosen, text, on=timezone.localdate()) if isinstance(chosen, Unit) else []
    return own or find_persons(text)
