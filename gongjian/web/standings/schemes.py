"""Schemes: the list, one with its versions, a new one, its table, its moves, its trial on last year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.engines.workdays.calendar import add_months
from gongjian.people.models import Account
from gongjian.standings import perms, queries
from gongjian.standings import services as standings
from gongjian.standings.models import SchemeVersion
from gongjian.standings.monthly.queries import latest_month, simulate
from gongjian.standings.states import VERSION_STEP
from gongjian.web.editing.saving import edit
from gongjian.web.forms import attempt
from gongjian.web.indicators.views import this_month
from gongjian.web.session import account_of
from gongjian.web.standings.forms import AHEAD, NewSchemeForm, SchemeForm


@require_GET
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme with its version in force and its draft."""
    account = account_of(request)
    rows = list(queries.versions_visible_to(account).order_by("scheme__area__path", "scheme", "-number"))
    may_keep = account.writes_area is not None and perms.can_keep(account, account.writes_area)
    return render(request, "standings/schemes.html", {"rows": rows, "may_keep": may_keep})


@require_GET
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """One scheme: its versions, the items and groups of the one looked at, and what may be done with it."""
    account = account_of(request)
    row = get_object_or_404(queries.schemes_visible_to(account), pk=pk)
    versions = list(queries.versions_visible_to(account).filter(scheme=row).order_by("-number"))
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == wanted), versions[0] if versions else None)
    context: dict[str, Any] = {"one": row, "versions": versions, "shown": shown}
    if shown is not None:
        context |= _about(account, shown)
    context["may_keep"] = perms.can_keep(account, row.area)
    return render(request, "standings/scheme.html", context)


def _about(account: Account, shown: SchemeVersion) -> dict[str, Any]:
    return {
        "items": shown.items.select_related("indicator"),
        "members": shown.members.select_related("area"),
        "steps": perms.steps_for(account, shown),
        "may_edit": perms.can_edit(account, shown),
    }


def new(request: HttpRequest) -> HttpResponse:
    """A new scheme."""
    account, month = account_of(request), this_month()
    form = NewSchemeForm(request.POST or None, account=account, month=month, last=add_months(month, AHEAD))
    row = attempt(form, lambda: standings.draft_scheme(**form.cleaned_data, by=account, at=timezone.now()))
    if row is not None:
        messages.success(request, _("已起草。请逐行核对条目，再送审签。"))
        return redirect("scheme-edit", pk=row.pk)
    return render(request, "standings/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the next version as a copy of the last."""
    account = account_of(request)
    row = get_object_or_404(queries.schemes_visible_to(account), pk=pk)
    version = standings.next_version(row, month=this_month(), by=account, at=timezone.now())
    messages.success(request, _("已另起一版。"))
    return redirect("scheme-edit", pk=version.pk)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of a draft: rules, items, groups."""
    account = account_of(request)
    row = get_object_or_404(queries.versions_visible_to(account), pk=pk)
    perms.check_edit(account, row)

    def make(data: Any, one: SchemeVersion) -> SchemeForm:
        return SchemeForm(data, version=one, subjects=[one.scheme])

    def save(form: SchemeForm, one: SchemeVersion) -> SchemeVersion:
        return standings.edit(one, **form.table(), by=account, at=timezone.now())

    form, saved = edit(request, row, make=make, save=save)
    if saved:
        messages.success(request, _("已保存。"))
        return redirect("scheme", pk=row.scheme_id)
    context = {"form": form, "one": row}
    return render(request, "standings/edit.html", context, status=422 if form.is_bound else 200)


@require_GET
def simulation(request: HttpRequest, pk: int) -> HttpResponse:
    """A version tried on the last twelve months: who would have stood elsewhere."""
    row = get_object_or_404(queries.versions_visible_to(account_of(request)), pk=pk)
    last = latest_month(row.scheme)
    found = simulate(row, last) if last else None
    return render(request, "standings/simulation.html", {"one": row, "found": found})


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Send a version to be signed, sign it, or send it back with the reason."""
    account = account_of(request)
    row = get_object_or_404(queries.versions_visible_to(account), pk=pk)
    if verb not in VERSION_STEP:
        raise Http404
    if verb == "propose":
        standings.propose(row, by=account, at=timezone.now())
    elif verb == "sign":
        standings.sign(row, by=account, at=timezone.now())
    else:
        standings.send_back(row, reason=request.POST.get("reason", "")[:200], by=account, at=timezone.now())
    messages.success(request, _("已办理：%(step)s。") % {"step": VERSION_STEP[verb].label})
    return redirect("scheme", pk=row.scheme_id)
