"""Signing in and out, the first password, the lock after five failures."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.people.accounts.services import change_password
from gongjian.people.models import Account
from gongjian.people.second_factor.queries import factor_of
from gongjian.web.error_pages.views import token_expired
from gongjian.web.forms import attempt
from gongjian.web.navigation import landing
from gongjian.web.sign_in.entering import enter
from gongjian.web.sign_in.forms import PasswordForm, SignInForm
from gongjian.web.sign_in.waiting import ask_for_code, waiting
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
        step = enter if factor_of(account) is None else ask_for_code
        return step(request, account, after=next_address(request))
    if form.is_valid():
        form.add_error(
            None,
            _("登录名或密码不对，请检查大小写后再试。连续5次不对，这个网络地址半小时内不能再用这个登录名。"),
        )
    context = {"form": form, "next": next_address(request)}
    return render(request, "sign_in/sign_in.html", context, status=422 if form.errors else 200)


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
    second = waiting(request)
    username = request.POST.get("username") or (second.account.username if second else "")
    context = {"until": until, "username": username}
    return render(request, "sign_in/locked.html", context, status=429)
