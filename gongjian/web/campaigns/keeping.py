"""A new target, and who leads a battle by which indicators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.campaigns import queries
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.models import Battle
from gongjian.people.perms import check_keep_people
from gongjian.web.campaigns.forms import BattleForm, TargetForm
from gongjian.web.editing.saving import edit
from gongjian.web.forms import attempt
from gongjian.web.session import account_of


def target_new(request: HttpRequest) -> HttpResponse:
    """A new target."""
    account, today = account_of(request), timezone.localdate()
    battles = Battle.objects.filter(campaign=queries.campaign_of(account, on=today))
    form = TargetForm(request.POST or None, account=account, year=today.year, battles=battles)

    def add() -> Any:
        facts = dict(form.cleaned_data)
        return campaigns.add_target(facts.pop("battle"), **facts, by=account, at=timezone.now())

    row = attempt(form, add)
    if row is not None:
        messages.success(request, _("已下达目标。"))
        return redirect("target", row.pk)
    context = {"form": form}
    return render(request, "campaigns/edit.html", context, status=422 if form.is_bound else 200)


def battle_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Who leads a battle, who answers for it, by which indicators it is measured."""
    account, row = account_of(request), get_object_or_404(Battle, pk=pk)
    check_keep_people(account, row.campaign.area)

    def make(data: Any, one: Battle) -> BattleForm:
        first = {"lead_unit": one.lead_unit_id, "responsible_person": one.responsible_person_id}
        first |= {"indicators": [each.pk for each in one.indicators.all()]}  # type: ignore[dict-item]  # a list beside keys
        return BattleForm(data, initial=first, subjects=[one], account=account)

    def save(form: BattleForm, one: Battle) -> Battle:
        return campaigns.update_battle(one, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = edit(request, row, make=make, save=save)
    if saved:
        messages.success(request, _("已保存。"))
        return redirect("campaigns")
    context = {"form": form, "one": row}
    return render(request, "campaigns/edit.html", context, status=422 if form.is_bound else 200)
