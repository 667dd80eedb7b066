"""Persons and their terms of office."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.queries import events_of
from gongjian.people import perms
from gongjian.people import services as people
from gongjian.people.models import Account, Person, Tenure
from gongjian.web.editing.saving import edit
from gongjian.web.form_pages import form_page, listing
from gongjian.web.forms import attempt
from gongjian.web.paging import PAGE
from gongjian.web.people.forms import AppointForm, EndForm, PersonFilter, PersonForm
from gongjian.web.session import account_of

SHOWN = 40


@require_GET
def persons(request: HttpRequest) -> HttpResponse:
    """One page of persons with the posts they hold."""
    today, chosen = timezone.localdate(), PersonFilter(request.GET)
    holding = Tenure.objects.filter(Q(until__isnull=True) | Q(until__gte=today)).select_related("post__unit")
    rows = chosen.rows().prefetch_related(Prefetch("tenures", queryset=holding, to_attr="held"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": chosen,
        "page": page,
        "can_keep": perms.can_add_person(account_of(request)),
    }
    return listing(request, "administration/persons.html", context)


def person_new(request: HttpRequest) -> HttpResponse:
    """Add a person; another person of the same name is pointed out once."""
    account, form = account_of(request), PersonForm(request.POST or None)
    if person := attempt(form, lambda: people.add_person(**form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已新增%(name)s，接着可以写职务。") % {"name": person})
        return redirect("person", pk=person.pk)
    return form_page(request, form, title=_("新增人员"), back="persons", back_name=_("人员"))


def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a person."""
    person, account = get_object_or_404(Person, pk=pk), account_of(request)

    def make(data: Any, person: Person) -> PersonForm:
        initial = {name: getattr(person, name) for name in ("name", "phone", "note")}
        return PersonForm(data, person=person, initial=initial, subjects=[person])

    def save(form: PersonForm, person: Person) -> Person:
        return people.update_person(person, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = edit(request, person, make=make, save=save)
    if saved:
        messages.success(request, _("已更正。"))
        return redirect("person", pk=pk)
    return form_page(request, form, title=person.name, back="persons", back_name=_("人员"))


def person_page(
    request: HttpRequest, pk: int, *, appoint: Any = None, end: tuple[int, EndForm] | None = None
) -> HttpResponse:
    """The page of a person: posts with terms, history, and any form that was refused."""
    person, account, today = get_object_or_404(Person, pk=pk), account_of(request), timezone.localdate()
    tenures = person.tenures.select_related("post__unit__area").order_by("-since", "-pk")
    context = {
        "person": person,
        "rows": [_line(tenure, account=account, today=today, end=end) for tenure in tenures],
        "events": events_of(person).order_by("-seq")[:SHOWN],
        "can_keep": perms.can_keep_person(account, person),
        "can_appoint": perms.can_add_person(account),
        "appoint_form": appoint or AppointForm(initial={"unit": request.GET.get("unit")}),
    }
    return render(request, "administration/person.html", context, status=422 if appoint or end else 200)


def _line(
    tenure: Tenure, *, account: Account, today: date, end: tuple[int, EndForm] | None
) -> dict[str, Any]:
    """One term: whether it runs, and the form to end it where the account may."""
    running = tenure.until is None or tenure.until >= today
    may_end = tenure.until is None and perms.can_keep_people(account, tenure.post.unit.area)
    form = end[1] if end and end[0] == tenure.pk else EndForm(prefix=f"end{tenure.pk}")
    return {"tenure": tenure, "running": running, "form": form if may_end else None}


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person."""
    return person_page(request, pk)


@require_POST
def person_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint a person to a post."""
    person, account, form = get_object_or_404(Person, pk=pk), account_of(request), AppointForm(request.POST)
    if tenure := attempt(
        form, lambda: people.appoint(person, **form.cleaned_data, by=account, at=timezone.now())
    ):
        messages.success(
            request, _("%(name)s任%(title)s。") % {"name": person.name, "title": tenure.post.title}
        )
        elsewhere = person.tenures.exclude(post__unit=tenure.post.unit_id).exists()
        return redirect("person-open-matters" if elsewhere else "person", pk=pk)
    return person_page(request, pk, appoint=form)


@require_POST
def tenure_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a person's term in a post."""
    rows = Tenure.objects.filter(until__isnull=True).select_related("post__unit__area", "person")
    tenure, account = get_object_or_404(rows, pk=pk), account_of(request)
    form = EndForm(request.POST, prefix=f"end{pk}")
    if attempt(
        form,
        lambda: people.end_tenure(tenure, until=form.cleaned_data["until"], by=account, at=timezone.now()),
    ):
        messages.success(request, _("已记录免职。没有了结的事项请移交。"))
        return redirect("person-open-matters", pk=tenure.person_id)
    return person_page(request, tenure.person_id, end=(pk, form))
