"""Open matters of a person or a unit, handed on in one step; and those nobody holds any more."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.people.models import Person, Unit
from gongjian.problems.open_matters import queries
from gongjian.problems.open_matters.services import HandedOn, hand_on_of_person, hand_on_of_unit
from gongjian.web.forms import attempt
from gongjian.web.people.open_matters import left_behind
from gongjian.web.people.open_matters.forms import HandOnForm
from gongjian.web.rights import OFFICE
from gongjian.web.session import account_of

PAGE, SHOWN = 50, 200


def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """What a person still has, and handing it on."""
    person, account = get_object_or_404(Person, pk=pk), account_of(request)
    matters = queries.matters_of_person(person, account, today=timezone.localdate())
    form = _form(request, matters, of_unit=False)
    rest = {
        "left": left_behind.of_person(person, account),
        "hidden": left_behind.unseen(account, responsible_person=person),
    }
    return _page(request, form, person, rest, hand_on=lambda facts: hand_on_of_person(person, **facts))


def of_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a unit still leads or supports, and handing it on."""
    unit, account = get_object_or_404(Unit.objects.select_related("superior"), pk=pk), account_of(request)
    matters = queries.matters_of_unit(unit, account, today=timezone.localdate())
    form = _form(request, matters, of_unit=True)
    rest = {"left": left_behind.of_unit(unit, account), "hidden": left_behind.unseen(account, lead_unit=unit)}
    return _page(request, form, unit, rest, hand_on=lambda facts: hand_on_of_unit(unit, **facts))


def _form(request: HttpRequest, matters: list[queries.OpenMatter], *, of_unit: bool) -> HandOnForm:
    account = account_of(request)
    form = HandOnForm(
        request.POST or None,
        account=account,
        matters=matters,
        of_unit=of_unit,
        initial={"lead_unit": request.GET.get("to", "")},
    )
    if "likeliest" not in request.POST:
        return form
    typed = {name: value for name, value in request.POST.items() if name in {"reason", "person_reason"}}
    return HandOnForm(account=account, matters=matters, of_unit=of_unit, initial=typed | form.likeliest())


def _page(
    request: HttpRequest,
    form: HandOnForm,
    holder: Person | Unit,
    rest: dict[str, Any],
    *,
    hand_on: Callable[[dict[str, Any]], HandedOn],
) -> HttpResponse:
    kind = "unit" if form.of_unit else "person"
    facts = {"by": account_of(request), "at": timezone.now()}
    if form.is_bound and (result := attempt(form, lambda: hand_on(form.cleaned_data | facts))):
        if result.done:
            messages.success(request, _("已移交 %(n)s 项。") % {"n": result.done})
        for sentence in dict.fromkeys(result.refused):
            messages.warning(request, sentence)
        return redirect("unit-open-matters" if form.of_unit else "person-open-matters", pk=holder.pk)
    may = account_of(request).role in OFFICE
    context = {"form": form, "holder": holder, "kind": kind, "can_hand_on": may} | rest
    return render(request, "administration/open_matters.html", context, status=422 if form.is_bound else 200)


@require_GET
def unheld(request: HttpRequest) -> HttpResponse:
    """Open matters of persons who left and units that ended, so that none is forgotten."""
    account, today = account_of(request), timezone.localdate()
    rows = queries.without_a_holder(account, today=today).select_related("lead_unit", "responsible_person")
    page = Paginator(rows.order_by("lead_unit", "responsible_person", "due_on", "pk"), PAGE)
    pairings = queries.pairings_without_a_person(account, today=today)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "pairings": pairings.select_related("person", "enterprise")[:SHOWN],
        "sign_ins": left_behind.sign_ins_without_a_post(account, today=today)[:SHOWN],
        "today": today,
    }
    return render(request, "administration/unheld.html", context)
