"""The list of alerts, handing one over, and the rules as rows."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.alerts import perms, queries
from gongjian.alerts import services as alerts_room
from gongjian.alerts.models import AlertRule
from gongjian.alerts.queries import Alert
from gongjian.people.models import Account
from gongjian.web.alerts.forms import AlertFilter, HandOverForm, RuleForm
from gongjian.web.alerts.sentences import task_of
from gongjian.web.editing.saving import edit
from gongjian.web.filter_words import in_words
from gongjian.web.form_pages import listing
from gongjian.web.forms import attempt
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of


@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts of the areas one reads, gravest first, each with its reason and its task."""
    account = account_of(request)
    form = AlertFilter(request.GET or {}, account=account)
    areas, light, measure = form.chosen()
    found = queries.alerts_of(account, today=timezone.localdate(), areas=areas)
    shown = [one for one in found if light in ("", one.light) and measure in ("", one.rule.measure)]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    rows = [(one, perms.can_hand_over(account, one.area) and one.open_task is None) for one in page]
    context = {"form": form, "rows": rows, "page": page, "words": in_words(form)}
    context["acts"] = any(may or one.task for one, may in rows)
    return listing(request, "alerts/alerts.html", context)


def _alert_of(account: Account, key: str) -> Alert:
    """The alert an address names, if it still stands and the account reads it."""
    found = queries.alerts_of(account, today=timezone.localdate())
    alert = next((one for one in found if one.key == key), None)
    if alert is None:
        raise Http404
    return alert


def _proposed(alert: Alert) -> dict[str, Any]:
    """The fields of the form as they are proposed; what one click hands over."""
    who = alerts_room.propose(alert, on=timezone.localdate())
    return {
        "task": task_of(alert),
        "lead_unit": who.lead_unit.pk if who.lead_unit else "",
        "responsible_person": who.responsible_person.pk if who.responsible_person else "",
        "working_days": alerts_room.WORKING_DAYS[alert.light],
    }


def hand_over(request: HttpRequest, key: str) -> HttpResponse:
    """Hand an alert over: from the list with one click as proposed, or with the form."""
    account = account_of(request)
    alert = _alert_of(account, key)
    perms.check_hand_over(account, alert.area)
    proposed = _proposed(alert)
    typed = request.POST if "task" in request.POST else proposed
    form = HandOverForm(typed if request.method == "POST" else None, initial=proposed, account=account)
    row = attempt(
        form, lambda: alerts_room.hand_over(alert, **form.cleaned_data, by=account, at=timezone.now())
    )
    if row is not None:
        told = {"unit": row.lead_unit, "person": row.responsible_person, "due": row.due_on}
        messages.success(request, _("已交%(unit)s%(person)s，%(due)s前办结。") % told)
        return redirect("assignment", row.pk)
    context = {"form": form, "alert": alert}
    return render(request, "alerts/hand_over.html", context, status=422 if form.is_bound else 200)


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """All lines of all tables of lights, those that wait in the library as well."""
    context = {"rows": queries.rules_in_order(), "may_keep": perms.can_keep_rules(account_of(request))}
    return render(request, "alerts/rules.html", context)


def new_rule(request: HttpRequest) -> HttpResponse:
    """A new line."""
    account = account_of(request)
    perms.check_keep_rules(account)
    form = RuleForm(request.POST or None)
    row = attempt(form, lambda: alerts_room.add_rule(**form.cleaned_data, by=account, at=timezone.now()))
    if row is not None:
        messages.success(request, _("已新增规则。"))
        return redirect("alert-rules")
    return render(request, "alerts/rule.html", {"form": form}, status=422 if form.is_bound else 200)


def change_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a line, or switch it off."""
    account, row = account_of(request), get_object_or_404(AlertRule, pk=pk)
    perms.check_keep_rules(account)

    def make(data: Any, one: AlertRule) -> RuleForm:
        first = {name: getattr(one, name) for name in RuleForm.base_fields}
        return RuleForm(data, initial=first, subjects=[one])

    def save(form: RuleForm, one: AlertRule) -> AlertRule:
        return alerts_room.update_rule(one, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = edit(request, row, make=make, save=save)
    if saved:
        messages.success(request, _("已保存。"))
        return redirect("alert-rules")
    context = {"form": form, "one": row}
    return render(request, "alerts/rule.html", context, status=422 if form.is_bound else 200)
