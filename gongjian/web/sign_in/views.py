"""Signing in and out, the first password, the lock after five failures."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.audit.wording import moment_in_words
from gongjian.people.accounts.services import change_password
from gongjian.people.models import Account
from gongjian.people.sessions.queries import last_sign_in
from gongjian.web.client_address import client_address
from gongjian.web.error_pages.views import token_expired
from gongjian.web.forms import attempt
from gongjian.web.navigation import landing
from gongjian.web.session_store import SIGNED_IN_FROM
from gongjian.web.sign_in.forms import PasswordForm, SignInForm
from gongjian.web.way_back import asked_back

__all__ = ["locked_out", "password", "sign_in", "sign_out", "token_expired"]


def next_address(request: HttpRequest) -> str:
    """The address to go to after signing in, only within this site; the root asks for no page, it is the role's first page."""
    asked = asked_back(request, "next")
    return "" if asked == reverse("today") else asked


def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; an account already signed in is redirected."""
    if isinstance(request.user, Account):
        return redirect(next_address(request) or landing(request.user))
    form = SignInForm(request.POST if request.method == "POST" else None)
    account = attempt(form, lambda: authenticate(request, **form.cleaned_data))
    if isinstance(account, Account):
        login(request, account)
        request.session[SIGNED_IN_FROM] = _signed_in_from(request)
        _tell_last_time(request, account)
        return redirect(next_address(request) or landing(account))
    if form.is_valid():
        form.add_error(
            None,
            _("登录名或密码不对，请检查大小写后再试。连续5次不对，这个网络地址半小时内不能再用这个登录名。"),
        )
    context = {"form": form, "next": next_address(request)}
    return render(request, "sign_in/sign_in.html", context, status=422 if form.errors else 200)


def _signed_in_from(request: HttpRequest) -> dict[str, str]:
    """Since when, from which address and with which browser: what the list of one's sessions shows."""
    device = request.headers.get("User-Agent", "")[:200]
    return {"at": timezone.now().isoformat(), "address": client_address(request)[:45], "device": device}


def _tell_last_time(request: HttpRequest, account: Account) -> None:
    """Tries that failed since the last sign-in are told: somebody else may have been at it."""
    before, failures = last_sign_in(account)
    if failures:
        facts = {"before": moment_in_words(before) if before else _("没有"), "count": failures}
        sentence = _(
            "上次登录：%(before)s。此后有%(count)s次登录未通过；不是您本人的，请修改密码并告诉系统管理员。"
        )
        messages.warning(request, sentence % facts)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; the sign-in page confirms it."""
    logout(request)
    messages.success(request, _("已退出登录。"))
    answer = redirect(settings.LOGIN_URL)
    answer.headers["Clear-Site-Data"] = '"cache"'  # no page comes back from the browser's store (https alone)
    return answer


def password(request: HttpRequest) -> HttpResponse:
    """Change the account's own password; required at the first sign-in."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101  the gate lets nobody else in
    first = account.must_change_password
    form = PasswordForm(request.POST if request.method == "POST" else None, account=account)

    def change() -> bool:
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        change_password(account, old=old, new=new, at=timezone.now())
        return True

    if request.method == "POST" and attempt(form, change):
        account.refresh_from_db()
        update_session_auth_hash(request, account)
        messages.success(request, _("密码已修改，下次登录请用新密码。"))
        return redirect(next_address(request) or landing(account))
    context = {"form": form, "first": first, "next": next_address(request)}
    return render(request, "sign_in/password.html", context, status=422 if form.errors else 200)


def locked_out(request: HttpRequest, *_details: object) -> HttpResponse:
    """After five failures: shows until when the name is locked and whom to ask."""
    until = timezone.now() + timedelta(hours=float(settings.AXES_COOLOFF_TIME))
    context = {"until": until, "username": request.POST.get("username", "")}
    return render(request, "sign_in/locked.html", context, status=429)
