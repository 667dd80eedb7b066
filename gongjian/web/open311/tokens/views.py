"""The administrator's pages of outside systems and their tokens."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.queries import events_of
from gongjian.people.models import ApiSystem
from gongjian.people.outside_systems import services as keeping
from gongjian.web.editing.saving import edit
from gongjian.web.form_pages import form_page
from gongjian.web.forms import attempt
from gongjian.web.open311.tokens.forms import RenewForm, RightsForm, SystemForm, rights_of
from gongjian.web.session import account_of

SHOWN = 40


@require_GET
def systems(request: HttpRequest) -> HttpResponse:
    """All outside systems: a city has a handful."""
    rows = ApiSystem.objects.select_related("account__reads_area")
    return render(request, "open311/systems.html", {"systems": rows, "today": timezone.localdate()})


@cache_control(no_store=True)
def system_new(request: HttpRequest) -> HttpResponse:
    """Register a system; its token is shown once."""
    form = SystemForm(request.POST or None, today=timezone.localdate())
    by, at = account_of(request), timezone.now()
    if token := attempt(form, lambda: keeping.add_system(**form.cleaned_data, by=by, at=at)):
        return _token(request, *token)
    return form_page(request, form, title=_("登记外部系统"), back="systems", back_name=_("接口"))


def _token(request: HttpRequest, system: ApiSystem, token: str) -> HttpResponse:
    return render(request, "open311/token.html", {"system": system, "token": token})


def _rights_form(data: Any, system: ApiSystem) -> RightsForm:
    return RightsForm(data, initial=rights_of(system), subjects=[system])


def system(request: HttpRequest, pk: int) -> HttpResponse:
    """One system: what it may do, when it was last here, what was done to it."""
    system = get_object_or_404(ApiSystem.objects.select_related("account__reads_area"), pk=pk)
    by, at = account_of(request), timezone.now()

    def save(form: RightsForm, row: ApiSystem) -> ApiSystem:
        return keeping.update_system(row, **form.cleaned_data, by=by, at=at)

    form, saved = edit(request, system, make=_rights_form, save=save)
    if saved:
        messages.success(request, _("已保存。"))
        return redirect("system", pk=pk)
    context = {"system": system, "form": form} | _about(system)
    return render(request, "open311/system.html", context, status=422 if form.is_bound else 200)


def _about(system: ApiSystem) -> dict[str, Any]:
    return {
        "renew": RenewForm(today=timezone.localdate()),
        "pushed": system.pushed.count(),
        "today": timezone.localdate(),
        "events": events_of(system).order_by("-seq")[:SHOWN],
    }


@cache_control(no_store=True)
def system_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new token; the old one stops working at once."""
    system = get_object_or_404(ApiSystem.objects.select_related("account"), pk=pk)
    form = RenewForm(request.POST or None, today=timezone.localdate())
    by, at = account_of(request), timezone.now()
    if token := attempt(form, lambda: keeping.renew_token(system, **form.cleaned_data, by=by, at=at)):
        return _token(request, *token)
    return form_page(request, form, title=_("换发令牌"), back="systems", back_name=_("接口"))


@require_POST
def system_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut it out."""
    system = get_object_or_404(ApiSystem, pk=pk)
    keeping.revoke_system(system, by=account_of(request), at=timezone.now())
    messages.success(request, _("令牌已吊销，对方从现在起不能再调用。"))
    return redirect("system", pk=pk)
