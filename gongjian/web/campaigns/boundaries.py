"""Changes of boundaries: those that were made, merging and dividing with what will change, taking back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.campaigns import services as campaigns
from gongjian.campaigns.boundaries.plans import NEW, Plan, plan_division, plan_merger
from gongjian.campaigns.boundaries.queries import changes_visible_to
from gongjian.campaigns.boundaries.services import check_division, check_merger
from gongjian.people.models import Account, Area
from gongjian.people.perms import check_keep_people
from gongjian.people.queries import area_above
from gongjian.web.campaigns.boundary_forms import DivideForm, MergeForm, TakeBackForm, WhichForm
from gongjian.web.forms import attempt
from gongjian.web.paging import FEW
from gongjian.web.session import account_of

SHOWN = 12  # targets that a preview names


@require_GET
def boundaries(request: HttpRequest) -> HttpResponse:
    """The changes of boundaries, newest first."""
    return _listed(request, None, None)


def _listed(request: HttpRequest, tried: int | None, form: TakeBackForm | None) -> HttpResponse:
    account = account_of(request)
    rows = changes_visible_to(account)
    page = Paginator(rows, FEW).get_page(request.GET.get("page"))
    forms = [(row, form if row.pk == tried else TakeBackForm(prefix=f"c{row.pk}")) for row in page]
    context = {"page": page, "rows": forms, "area": WhichForm({}, account=account).chosen()}
    return render(request, "campaigns/boundaries.html", context, status=422 if form else 200)


def merge(request: HttpRequest) -> HttpResponse:
    """Merge areas: what will change, then the act."""
    account, now = account_of(request), timezone.now()
    kept, which = _chosen(request, account)
    form = MergeForm(request.POST or None, initial={"on": timezone.localdate()}, kept=kept)

    def preview() -> Plan:
        others, on = list(form.cleaned_data["others"]), form.cleaned_data["on"]
        check_merger(kept, others, on=on, by=account, today=timezone.localdate())
        return plan_merger(kept, others, on=on)

    def act() -> Any:
        facts = form.cleaned_data | {"others": list(form.cleaned_data["others"])}
        return campaigns.merge(kept, facts.pop("others"), **facts, by=account, at=now)

    return _step(request, form, {"which": which, "area": kept, "title": _("地区合并")}, (preview, act))


def divide(request: HttpRequest) -> HttpResponse:
    """Divide an area: what will change, then the act."""
    account, now = account_of(request), timezone.now()
    area, which = _chosen(request, account)
    form = DivideForm(request.POST or None, initial={"on": timezone.localdate()}, area=area)

    def preview() -> Plan:
        moved, said = form.split()
        of = {"share": said["share"], "on": said["on"]}
        check_division(area, moved, **of, by=account, today=timezone.localdate())
        return plan_division(area, moved, **of)

    def act() -> Any:
        moved, said = form.split()
        return campaigns.divide(area, moved, **said, by=account, at=now)

    return _step(request, form, {"which": which, "area": area, "title": _("地区拆分")}, (preview, act))


def _chosen(request: HttpRequest, account: Account) -> tuple[Area, WhichForm]:
    """The area that is kept or divided, and the form that names it."""
    which = WhichForm(request.GET or {}, account=account)
    area = which.chosen()
    if area is None:
        raise Http404
    check_keep_people(account, area_above(area))
    return area, which


def _step(
    request: HttpRequest,
    form: Any,
    context: dict[str, Any],
    calls: tuple[Callable[[], Plan], Callable[[], Any]],
) -> HttpResponse:
    """Show what will change, or carry it out once that was confirmed; the calls do the one and the other."""
    preview, act = calls
    if "confirm" in request.POST and attempt(form, act) is not None:
        messages.success(request, _("区划调整已生效。"))
        return redirect("boundaries")
    plan = attempt(form, preview) if request.method == "POST" and "confirm" not in request.POST else None
    if plan is not None:
        context |= {
            "plan": plan,
            "lines": _lines(plan, context["area"], form),
            "more": len(plan.lines) - SHOWN,
        }
    return render(request, "campaigns/boundary.html", context | {"form": form}, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _lines(plan: Plan, area: Area, form: Any) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The first targets of a plan, each with what follows it by the name of its area."""
    names = {NEW: form.cleaned_data.get("name", ""), str(area.pk): str(area)}
    return [(line, [(names[key], value) for key, value in line.after.items()]) for line in plan.lines[:SHOWN]]


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a change of boundaries."""
    account = account_of(request)
    row = get_object_or_404(changes_visible_to(account), pk=pk)
    form = TakeBackForm(request.POST, prefix=f"c{pk}")
    done = attempt(
        form,
        lambda: campaigns.take_back_boundaries(row, **form.cleaned_data, by=account, at=timezone.now()),
    )
    if done is None:
        return _listed(request, pk, form)
    messages.success(request, _("区划调整已撤回。"))
    return redirect("boundaries")
