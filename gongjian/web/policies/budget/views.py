"""The estimated cost of a version before it is issued: a page to print, Excel, the ceiling of its policy."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.ledgers.budgets.workbook import budget_workbook
from gongjian.policies import perms
from gongjian.policies import services as policies
from gongjian.policies.budget import queries as budgets
from gongjian.policies.budget.summary import Budget
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.verdicts import queries as verdicts
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.editing.saving import edit
from gongjian.web.file_answers import workbook_answer
from gongjian.web.policies.forms import WAN, CeilingForm
from gongjian.web.session import account_of


def _load(request: HttpRequest, pk: int) -> tuple[PolicyVersion, Budget | None]:
    version = get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=pk)
    ids = verdicts.visible_ids(account_of(request))
    return version, budgets.budget_of(version, on=timezone.localdate(), ids=ids)


def _page(request: HttpRequest, pk: int, refused: CeilingForm | None = None) -> HttpResponse:
    version, budget = _load(request, pk)
    context: dict[str, Any] = {
        "policy": version.policy,
        "edition": version,
        "budget": budget,
        "form": refused or _ceiling_form(None, version.policy),
        "can_write": perms.can_write_for(account_of(request), version.policy.area_code),
        "partly": verdicts.visible_ids(account_of(request)) is not None,
        "as_of": results_in_memory.results_on(timezone.localdate()).stamp,
    }
    return render(request, "policies/budget.html", context, status=422 if refused else 200)


def _ceiling_form(data: Any, policy: Policy) -> CeilingForm:
    held = policy.ceiling
    return CeilingForm(data, initial={"amount": held and (held / WAN).normalize()}, subjects=[policy])


@require_GET
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """The estimated cost by township, size class and quarter."""
    return _page(request, pk)


@require_POST
def ceiling(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or remove the ceiling of the policy."""
    version, account = (
        get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=pk),
        account_of(request),
    )

    def save(form: CeilingForm, policy: Policy) -> Policy:
        return policies.set_ceiling(policy, amount=form.yuan, by=account, at=timezone.now())

    form, saved = edit(request, version.policy, make=_ceiling_form, save=save)
    if not saved:
        return _page(request, pk, form)
    messages.success(request, _("已保存预算上限。"))
    return redirect("policy-budget", pk=pk)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The estimated cost as an Excel workbook."""
    version, budget = _load(request, pk)
    book = budget_workbook(version, budget, as_of=timezone.localtime())
    return workbook_answer(book, f"policy-{version.policy_id}-budget.xlsx")
