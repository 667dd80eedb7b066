"""The catalogue of indicators: the list, a new entry, changing one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.indicators import perms
from gongjian.indicators import services as indicators
from gongjian.indicators.models import Indicator
from gongjian.web.editing.saving import edit
from gongjian.web.forms import attempt
from gongjian.web.indicators.forms import IndicatorForm, NewIndicatorForm
from gongjian.web.session import account_of


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every indicator with its unit, source, day and formula; those no longer measured as well."""
    may_keep = perms.can_keep_catalogue(account_of(request))
    return render(
        request, "indicators/catalogue.html", {"rows": Indicator.objects.all(), "may_keep": may_keep}
    )


def new(request: HttpRequest) -> HttpResponse:
    """A new indicator."""
    perms.check_keep_catalogue(account_of(request))
    form = NewIndicatorForm(request.POST or None)
    row = attempt(
        form,
        lambda: indicators.add_indicator(**form.cleaned_data, by=account_of(request), at=timezone.now()),
    )
    if row is not None:
        messages.success(request, _("已新增指标。"))
        return redirect("indicator-catalogue")
    return render(request, "indicators/edit.html", {"form": form}, status=422 if form.is_bound else 200)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an indicator."""
    account, row = account_of(request), get_object_or_404(Indicator, pk=pk)
    perms.check_keep_catalogue(account)

    def make(data: Any, one: Indicator) -> IndicatorForm:
        first = {name: getattr(one, name) for name in IndicatorForm.base_fields}
        return IndicatorForm(data, initial=first, subjects=[one])

    def save(form: IndicatorForm, one: Indicator) -> Indicator:
        return indicators.update_indicator(one, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = edit(request, row, make=make, save=save)
    if saved:
        messages.success(request, _("已保存。"))
        return redirect("indicator-catalogue")
    context = {"form": form, "one": row}
    return render(request, "indicators/edit.html", context, status=422 if form.is_bound else 200)
