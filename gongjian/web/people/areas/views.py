"""Areas as a tree; units with their posts, holders and accounts."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.queries import events_of
from gongjian.people import perms
from gongjian.people import services as people
from gongjian.people.models import Area, Unit
from gongjian.people.queries import holders, tree_in_order
from gongjian.web.editing.saving import edit
from gongjian.web.form_pages import form_page, listing
from gongjian.web.forms import attempt
from gongjian.web.paging import LINES, PAGE
from gongjian.web.people.forms import AreaForm, DisableForm, UnitFilter, UnitForm
from gongjian.web.session import account_of

SHOWN = 40
AREA_FIELDS = ("name", "short_name", "functional", "stat_code", "order", "note")
UNIT_FIELDS = ("name", "short_name", "kind", "superior", "duties")


@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    """All areas: who governs each, and where its statistics count."""
    account = account_of(request)
    page = Paginator(tree_in_order(Area.objects.all()), LINES).get_page(request.GET.get("page"))
    rows = [
        {"area": area, "parent": parent, "can_keep": perms.can_keep_people(account, area)}
        for area, parent in page
    ]
    return render(request, "administration/areas.html", {"rows": rows, "page": page})


def area_new(request: HttpRequest) -> HttpResponse:
    """Add an area under the one that governs it."""
    account = account_of(request)
    form = AreaForm(
        request.POST or None, account=account, initial={"parent": request.GET.get("parent"), "order": 0}
    )
    if form.is_valid():
        facts = dict(form.cleaned_data)
        parent = facts.pop("parent")
        if area := attempt(form, lambda: people.add_area(parent, **facts, by=account, at=timezone.now())):
            messages.success(request, _("已新增%(name)s。") % {"name": area})
            return redirect("areas")
    return form_page(request, form, title=_("新增地区"), back="areas", back_name=_("行政区划"))


def area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit an area."""
    area, account = get_object_or_404(Area, pk=pk), account_of(request)

    def make(data: Any, area: Area) -> AreaForm:
        initial = {name: getattr(area, name) for name in AREA_FIELDS}
        return AreaForm(data, account=account, area=area, initial=initial, subjects=[area])

    def save(form: AreaForm, area: Area) -> Area:
        return people.update_area(area, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = edit(request, area, make=make, save=save)
    if saved:
        messages.success(request, _("已更正。"))
        return redirect("areas")
    return form_page(request, form, title=area.name, back="areas", back_name=_("行政区划"))


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """One page of the list of units, each with its principal."""
    today = timezone.localdate()
    chosen = UnitFilter(request.GET)
    page = Paginator(chosen.rows(today), PAGE).get_page(request.GET.get("page"))
    principals = {
        tenure.post.unit_id: tenure
        for tenure in holders(page.object_list, on=today)
        if tenure.post.is_principal
    }
    for unit in page.object_list:
        unit.principal = principals.get(unit.pk)  # type: ignore[attr-defined]
    return listing(request, "administration/units.html", {"form": chosen, "page": page, "today": today})


def unit_new(request: HttpRequest) -> HttpResponse:
    """Add a unit to an area."""
    account = account_of(request)
    form = UnitForm(request.POST or None, account=account, initial={"area": request.GET.get("area")})
    if form.is_valid():
        facts = dict(form.cleaned_data)
        area = facts.pop("area")
        if unit := attempt(form, lambda: people.add_unit(area, **facts, by=account, at=timezone.now())):
            messages.success(request, _("已新增%(name)s。") % {"name": unit.name})
            return redirect("unit", pk=unit.pk)
    return form_page(request, form, title=_("新增单位"), back="units", back_name=_("单位与职务"))


def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a unit."""
    unit, account = get_object_or_404(Unit.objects.select_related("area"), pk=pk), account_of(request)

    def make(data: Any, unit: Unit) -> UnitForm:
        initial = {name: getattr(unit, name) for name in UNIT_FIELDS}
        return UnitForm(data, account=account, unit=unit, initial=initial, subjects=[unit])

    def save(form: UnitForm, unit: Unit) -> Unit:
        return people.update_unit(unit, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = edit(request, unit, make=make, save=save)
    if saved:
        messages.success(request, _("已更正。"))
        moved = bool({"name", "superior"} & set(form.changed_data))
        return redirect("unit-open-matters" if moved else "unit", pk=pk)
    return form_page(request, form, title=unit.name, back="units", back_name=_("单位与职务"))


def unit_page(request: HttpRequest, pk: int, form: DisableForm | None = None) -> HttpResponse:
    """The page of a unit: its data, who holds its posts, who signs in for it."""
    unit = get_object_or_404(Unit.objects.select_related("area", "superior"), pk=pk)
    account, today = account_of(request), timezone.localdate()
    held = defaultdict(list)
    for tenure in holders([unit], on=today):
        held[tenure.post_id].append(tenure)
    posts = [(post, held[post.pk]) for post in unit.posts.order_by("-is_principal", "order", "pk")]
    context = {
        "unit": unit,
        "disabled": unit.disabled_on is not None and unit.disabled_on <= today,
        "posts": posts,
        "accounts": unit.accounts.filter(is_active=True),
        "inferiors": unit.inferiors.all(),
        "events": events_of(unit).order_by("-seq")[:SHOWN],
        "can_keep": perms.can_keep_people(account, unit.area),
        "form": form or DisableForm(unit=unit, initial={"on": today}),
    }
    return render(request, "administration/unit.html", context, status=422 if form else 200)


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit."""
    return unit_page(request, pk)


@require_POST
def unit_disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Disable a unit: from a given day on it gets no new hand-overs."""
    unit, account = get_object_or_404(Unit.objects.select_related("area"), pk=pk), account_of(request)
    form = DisableForm(request.POST, unit=unit)
    if attempt(form, lambda: people.disable_unit(unit, **form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已停用%(name)s。没有了结的事项请移交。") % {"name": unit.name})
        into = form.cleaned_data["into"]
        open_matters = reverse("unit-open-matters", args=[pk])
        return redirect(f"{open_matters}?to={into.pk}" if into else open_matters)
    return unit_page(request, pk, form)
