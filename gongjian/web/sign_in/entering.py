"""Making the session of somebody who has shown all that is asked for."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit.wording import moment_in_words
from gongjian.people.models import Account
from gongjian.people.sessions.queries import last_sign_in
from gongjian.web.client_address import client_address
from gongjian.web.navigation import landing
from gongjian.web.session_store import SIGNED_IN_FROM


def enter(request: HttpRequest, account: Account, *, after: str) -> HttpResponse:
    """Sign the account in and go where it wanted to go."""
    login(request, account, backend="gongjian.web.session.Backend")
    request.session[SIGNED_IN_FROM] = _signed_in_from(request)
    _tell_last_time(request, account)
    return redirect(after or landing(account))


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
