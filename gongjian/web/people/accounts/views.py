"""Accounts: opening, resetting and closing them. Nothing here measures what anybody does."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.queries import events_of
from gongjian.enterprises import services as enterprises
from gongjian.people.accounts.services import add_account, reset_password, set_active
from gongjian.people.models import Account
from gongjian.people.queries import who_sign_in
from gongjian.people.second_factor.queries import factor_of
from gongjian.people.second_factor.services import reset_factor
from gongjian.people.states import Role
from gongjian.web.form_pages import form_page, listing
from gongjian.web.forms import attempt
from gongjian.web.paging import PAGE
from gongjian.web.people.forms import AccountFilter, AccountForm
from gongjian.web.people.open_matters.left_behind import of_account
from gongjian.web.session import account_of

SHOWN = 40


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """One page of the list of accounts."""
    chosen = AccountFilter(request.GET)
    page = Paginator(chosen.rows(), PAGE).get_page(request.GET.get("page"))
    return listing(request, "administration/accounts.html", {"form": chosen, "page": page})


@cache_control(no_store=True)
def account_new(request: HttpRequest) -> HttpResponse:
    """Open an account; its one-time password is shown on a slip, once."""
    by = account_of(request)
    form = AccountForm(request.POST or None, account=by)
    if account := attempt(form, lambda: _open(form, by)):
        return _slip(request, *account)
    return form_page(request, form, title=_("新建账号"), back="accounts", back_name=_("账号"))


def _open(form: AccountForm, by: Account) -> tuple[Account, str]:
    facts, at = dict(form.cleaned_data), timezone.now()
    if firm := facts.pop("enterprise"):
        return enterprises.open_account(firm, username=facts["username"], name=facts["name"], by=by, at=at)
    return add_account(**facts, by=by, at=at)


def _slip(request: HttpRequest, account: Account, password: str) -> HttpResponse:
    return render(
        request,
        "administration/slip.html",
        {"opened": account, "password": password, "by": account_of(request)},
    )


@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what it may see and write, what was done to it."""
    rows = who_sign_in().select_related(
        "unit", "person", "reads_area", "writes_area", "speaks_for__enterprise"
    )
    account = get_object_or_404(rows, pk=pk)
    context = {
        "found": account,
        "factor": factor_of(account),
        "own": account.pk == account_of(request).pk,
        "left": [] if account.is_active else of_account(account, account_of(request)),
        "events": events_of(account).order_by("-seq")[:SHOWN],
    }
    return render(request, "administration/account.html", context)


@require_POST
@cache_control(no_store=True)
def account_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a new one-time password on a slip; a lock after failed sign-ins is lifted too."""
    account = get_object_or_404(who_sign_in(), pk=pk)
    password = reset_password(account, by=account_of(request), at=timezone.now())
    return _slip(request, account, password)


@require_POST
def account_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factor of somebody who has lost it."""
    account = get_object_or_404(who_sign_in(), pk=pk)
    reset_factor(account, by=account_of(request), at=timezone.now())
    messages.success(request, _("已重置账号%(name)s的两步验证。") % {"name": account.username})
    return redirect("account", pk=pk)


@require_POST
def account_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    account = get_object_or_404(who_sign_in(), pk=pk)
    active = request.POST.get("active") == "yes"
    set_active(account, active=active, by=account_of(request), at=timezone.now())
    done = _("已启用账号%(name)s。") if active else _("已停用账号%(name)s。")
    messages.success(request, done % {"name": account.username})
    if active or account.role == Role.ENTERPRISE:
        return redirect("account", pk=pk)
    return redirect(_what_is_open(account, account_of(request)))


def _what_is_open(account: Account, by: Account) -> str:
    """Closing an account leads to what its person still has, else to what hangs on it, else to what its unit has.

    The unit only when nobody else signs in for it.
    """
    if account.person_id:
        return reverse("person-open-matters", args=[account.person_id])
    if of_account(account, by):
        return reverse("account", args=[account.pk])
    if account.unit_id and not Account.objects.filter(unit=account.unit_id, is_active=True).exists():
        return reverse("unit-open-matters", args=[account.unit_id])
    return reverse("account", args=[account.pk])
