"""Between the two steps of signing in: who gave the right password, in a signed cookie of five minutes. No session exists yet."""

from typing import NamedTuple

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongjian.people.models import Account
from gongjian.web.cookies import drop, keep, kept

COOKIE = SALT = "second_step"
SECONDS = 300


class Waiting(NamedTuple):
    """Whose second step it is, and the page to go to afterwards."""

    account: Account
    after: str


def ask_for_code(_request: HttpRequest, account: Account, *, after: str) -> HttpResponse:
    """To the page of the second step; the password as it is now is part of what is signed."""
    facts = {"account": account.pk, "password": account.get_session_auth_hash(), "after": after}
    answer = redirect("second-step")
    keep(answer, COOKIE, signing.dumps(facts, salt=SALT), seconds=SECONDS)
    return answer


def waiting(request: HttpRequest) -> Waiting | None:
    """Who is at the second step; None once it is too late, the password changed or the account closed."""
    try:
        facts = signing.loads(kept(request, COOKIE) or "", salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    account = Account.objects.filter(pk=facts["account"], is_active=True).first()
    if account is None or account.get_session_auth_hash() != facts["password"]:
        return None
    return Waiting(account, facts["after"])


def forget(answer: HttpResponse) -> HttpResponse:
    """The second step is over."""
    return drop(answer, COOKIE)
