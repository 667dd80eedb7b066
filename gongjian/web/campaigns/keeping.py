"""A new target, and who leads a battle by which indicators."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.campaigns import queries
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.models import Battle
from gongjian.people.perms import check_keep_people
from gongjian.web.campaigns.forms import BattleForm, CampaignForm, NewBattleForm, TargetForm, TaskForm
from gongjian.web.campaigns.target import find_target
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


def campaign_new(request: HttpRequest) -> HttpResponse:
    """A new campaign of the area the account writes for."""
    account = account_of(request)
    area = account.writes_area or account.reads_area
    if area is None:
        raise Http404
    check_keep_people(account, area)
    form = CampaignForm(request.POST or None)
    now = timezone.now()
    row = attempt(form, lambda: campaigns.add_campaign(**form.cleaned_data, area=area, by=account, at=now))
    if row is not None:
        messages.success(request, _("已新增攻坚行动。请新增攻坚战。"))
        return redirect("battle-new")
    context = {"form": form, "title": _("新增攻坚行动")}
    return render(request, "campaigns/edit.html", context, status=422 if form.is_bound else 200)


def battle_new(request: HttpRequest) -> HttpResponse:
    """A new battle of the present campaign."""
    account = account_of(request)
    campaign = queries.campaign_of(account, on=timezone.localdate())
    if campaign is None:
        return redirect("campaign-new")
    check_keep_people(account, campaign.area)
    form = NewBattleForm(request.POST or None, account=account)
    now = timezone.now()
    row = attempt(form, lambda: campaigns.add_battle(campaign, **form.cleaned_data, by=account, at=now))
    if row is not None:
        messages.success(request, _("已新增%(name)s。") % {"name": row.name})
        return redirect("campaigns")
    context = {"form": form, "title": _("新增攻坚战")}
    return render(request, "campaigns/edit.html", context, status=422 if form.is_bound else 200)


def task_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A key task of the battle of a target, handed over."""
    account = account_of(request)
    row = find_target(account, pk)
    first = {"lead_unit": row.unit_id or row.battle.lead_unit_id}
    form = TaskForm(request.POST or None, account=account, initial=first)

    def hand_over() -> Any:
        facts = {name: value for name, value in form.cleaned_data.items() if name != "limit"}
        return campaigns.assign_task(row.battle, target=row, **facts, by=account, at=timezone.now())

    done = attempt(form, hand_over)
    if done is not None:
        said = {"unit": done.assignment.lead_unit, "due": done.assignment.due_on}
        messages.success(request, _("已交办给%(unit)s，办理时限 %(due)s。") % said)
        return redirect("target", pk)
    context = {"form": form, "target": row}
    return render(request, "campaigns/task.html", context, status=422 if form.is_bound else 200)
