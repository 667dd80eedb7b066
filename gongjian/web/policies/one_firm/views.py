"""What the policies mean for one firm: its page, the office's page, JSON, a visit card, missing data."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.audit.wording import paper_words
from gongjian.bulletins.policies.paper import card_paper
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import visible_to
from gongjian.policies import perms
from gongjian.policies import services as policies
from gongjian.policies.models import Policy
from gongjian.policies.notices_to_firms.queries import requests_by_fact
from gongjian.policies.payouts.queries import payouts_visible_to
from gongjian.policies.verdicts import queries as verdicts
from gongjian.policies.verdicts.wording import fact_in_words
from gongjian.web.file_answers import word_answer
from gongjian.web.forms import attempt
from gongjian.web.policies.forms import AskForFactForm
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of

ASKED_WITHIN = timedelta(days=7)


def _load(request: HttpRequest, pk: int) -> Enterprise:
    return get_object_or_404(visible_to(account_of(request)).select_related("area"), pk=pk)


def _day(request: HttpRequest) -> date:
    """The day the question is asked for: today, or ?on=2026-03-20 to look back or ahead."""
    try:
        return parse_date(request.GET.get("on", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def _page(request: HttpRequest, firm: Enterprise, *, on: date, **more: Any) -> HttpResponse:
    account, sheet = account_of(request), verdicts.firm_sheet(firm, on=on)
    context: dict[str, Any] = {
        "firm": firm,
        "on": on,
        "sheet": sheet,
        "payouts": payouts_visible_to(account).filter(enterprise=firm),
        "asked": requests_by_fact(firm),
        "can_ask": perms.can_area(account, firm.area),
        "as_of": sheet.as_of,
    }
    return render(request, "policies/firm.html", context | more)


@require_GET
def of_firm(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's page about one firm."""
    return _page(request, _load(request, pk), on=_day(request))


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The firm's own page: what it qualifies for, what is missing, what to do."""
    firm = get_object_or_404(visible_to(account_of(request)).select_related("area"))
    return _page(request, firm, on=timezone.localdate(), mine=True, can_ask=False)


@require_GET
def as_json(request: HttpRequest, pk: int) -> JsonResponse:
    """The same results as JSON for other systems; ?policy=CODE for a single policy."""
    firm, on, code = _load(request, pk), _day(request), request.GET.get("policy", "")
    firm_verdicts = [
        verdict for verdict in verdicts.verdicts_of_firm(firm, on=on) if code in {"", verdict.policy.code}
    ]
    answer = {
        "enterprise": {"id": firm.pk, "name": firm.name, "credit_code": firm.credit_code},
        "on": on.isoformat(),
        "policies": [verdict.as_json() for verdict in firm_verdicts],
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_GET
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of one firm: one page to take along on a visit."""
    firm, on = _load(request, pk), _day(request)
    context = {"firm": firm, "on": on, "sheet": verdicts.firm_sheet(firm, on=on)}
    return render(request, "policies/card.html", context)


@require_GET
def card_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of one firm as a Word file."""
    firm, on = _load(request, pk), _day(request)
    with paper_words(firm.area.name):
        paper = card_paper(firm, verdicts.firm_sheet(firm, on=on), on=on)
    return word_answer(paper, f"policy-card-{firm.pk}.docx")


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the request for a missing datum over to the unit that should have it."""
    firm, account = _load(request, pk), account_of(request)
    params = request.POST if request.method == "POST" else request.GET
    number, fact = params.get("policy", ""), params.get("fact", "")[:60]
    policy = get_object_or_404(Policy, pk=record_key(number)) if number else Policy.objects.first()
    task = _("请提供%(firm)s的%(fact)s，用于核定“%(policy)s”。")
    values = {"firm": firm.name, "fact": fact_in_words(fact), "policy": policy}
    initial = {"task": task % values, "due": timezone.localdate() + ASKED_WITHIN}
    form = AskForFactForm(request.POST or None, account=account, initial=initial)
    facts: dict[str, Any] = {"policy": policy, "fact": fact, "by": account, "at": timezone.now()}
    if policy and attempt(form, lambda: policies.ask_datum(firm, **form.cleaned_data, **facts)):
        messages.success(request, _("已交办给%(unit)s。") % {"unit": form.cleaned_data["lead_unit"]})
        return redirect("firm-policies", pk=pk)
    context = {"form": form, "firm": firm, "policy": policy, "fact": fact}
    return render(request, "policies/ask.html", context, status=422 if form.is_bound else 200)
