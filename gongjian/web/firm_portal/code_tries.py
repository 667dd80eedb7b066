"""Guard against guessing codes: wrong tries are counted by browser, by half a code, loosely by address."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.people.attempts import services as attempts
from gongjian.people.states import Guard
from gongjian.problems.firm_word.services import CODE_LENGTH, folded
from gongjian.web.client_address import client_address

Result = TypeVar("Result")


def _browser(request: HttpRequest) -> str:
    """The browser's own secret against forged forms: it has one before it can send any form, and no two share it."""
    get_token(request)
    return str(request.META["CSRF_COOKIE"])


def run_with_code(request: HttpRequest, code: str, call: Callable[[], Result]) -> Result:
    """Run `call`, which uses the code. A wrong code is counted; after too many, `call` is not run."""
    at = timezone.now()
    keys = {
        Guard.WORD_BROWSER: _browser(request),
        Guard.WORD_CODE: folded(code)[: CODE_LENGTH // 2],
        Guard.WORD_ADDRESS: client_address(request),
    }
    if attempts.used_up(keys, at=at):
        raise Refused(_("输错的次数太多。请十分钟后再试，或请攻坚办电话回访。"))
    try:
        return call()
    except Refused as refused:
        if refused.field == "code":
            attempts.count_all(keys, at=at)  # after the refused transaction, so that the count stays
        raise


def forget_browser(request: HttpRequest) -> None:
    """Reset the browser's count after a right code, so that the next person starts from zero."""
    attempts.forget(Guard.WORD_BROWSER, _browser(request))
