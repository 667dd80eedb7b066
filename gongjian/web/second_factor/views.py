"""Turning the second factor on and off, recovery codes shown once, and the second step of signing in."""

from typing import Any

import segno
from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from gongjian.people.models import Account
from gongjian.people.second_factor import rules
from gongjian.people.second_factor import services as factors
from gongjian.people.second_factor.queries import factor_of, must_turn_on
from gongjian.web.client_address import client_address
from gongjian.web.forms import Form, attempt
from gongjian.web.navigation import city_name, landing
from gongjian.web.second_factor.forms import CodeForm, FirstCodeForm, OffForm, SecondStepForm
from gongjian.web.session import account_of
from gongjian.web.sign_in.entering import enter
from gongjian.web.sign_in.views import locked_out
from gongjian.web.sign_in.waiting import forget, waiting
from gongjian.web.way_back import asked_back

NEW = "new_factor"  # in the session: the secret of an app that has not shown its first code yet


@cache_control(no_store=True)
def second_factor(request: HttpRequest) -> HttpResponse:
    """The picture to scan and the first code; where it is on already, what can be done with it."""
    account = account_of(request)
    if factor_of(account):
        return _on_page(request, CodeForm(), OffForm())
    form = FirstCodeForm(request.POST if request.method == "POST" else None)
    secret = request.session.setdefault(NEW, rules.new_secret())
    facts = {"secret": secret, "keep": request.session.session_key, "at": timezone.now()}
    if codes := attempt(form, lambda: factors.turn_on(account, code=form.cleaned_data["code"], **facts)):
        del request.session[NEW]
        return _codes_page(request, codes)
    context = {
        "form": form,
        "picture": _picture(account, secret),
        "secret": rules.in_groups(secret),
        "demanded": must_turn_on(account),
        "next": asked_back(request, "next"),
    }
    return render(request, "second_factor/turn_on.html", context, status=422 if form.errors else 200)


def _picture(account: Account, secret: str) -> SafeString:
    """The QR as SVG in the page: no address to load, nothing kept; without styles, which the policy of content forbids."""
    issuer = " ".join(part for part in (_("攻坚"), city_name(account)) if part)
    address = rules.address_of(secret, name=account.username, issuer=issuer)
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=4, border=4, light="white", svgclass=None, lineclass=None))  # noqa: S308  drawn here from dots alone


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "next": asked_back(request, "next") or landing(account_of(request))}
    return render(request, "second_factor/codes.html", context)


def _on_page(request: HttpRequest, renew: Form, off: Form) -> HttpResponse:
    context = {"factor": factor_of(account_of(request)), "renew": renew, "off": off}
    status = 422 if renew.errors or off.errors else 200
    return render(request, "second_factor/on.html", context, status=status)


@require_POST
@cache_control(no_store=True)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    form = CodeForm(request.POST)
    facts: dict[str, Any] = {"address": client_address(request), "at": timezone.now()}
    renew = factors.renew_recovery_codes
    if codes := attempt(form, lambda: renew(account_of(request), code=form.cleaned_data["code"], **facts)):
        return _codes_page(request, codes)
    return _on_page(request, form, OffForm())


@require_POST
def factor_off(request: HttpRequest) -> HttpResponse:
    """Turn it off."""
    form = OffForm(request.POST)
    facts: dict[str, Any] = {"address": client_address(request), "at": timezone.now()}

    def turn_off() -> bool:
        factors.turn_off(account_of(request), **form.cleaned_data, **facts)
        return True

    if attempt(form, turn_off):
        messages.success(request, _("两步验证已关闭，下次登录只用密码。"))
        return redirect("second-factor")
    return _on_page(request, CodeForm(), form)


def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the phone or a recovery code, then the session."""
    if isinstance(request.user, Account):
        return redirect(landing(request.user))
    found = waiting(request)
    if found is None:
        return render(request, "second_factor/too_late.html")
    account, names = found.account, {"username": found.account.username}
    if not AxesProxyHandler.is_allowed(request, names):
        return locked_out(request)
    form = SecondStepForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: _taken(request, account, form)):
        return forget(enter(request, account, after=found.after))
    if form.errors:
        user_login_failed.send(sender=__name__, credentials=names, request=request)
    return render(
        request, "second_factor/second_step.html", {"form": form}, status=422 if form.errors else 200
    )


def _taken(request: HttpRequest, account: Account, form: Form) -> bool:
    code, address = form.cleaned_data["code"], client_address(request)
    factors.take_code(account, code=code, address=address, at=timezone.now())
    return True
