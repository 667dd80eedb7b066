"""The door of the interface: a token, never a cookie; so many calls a minute."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.people.models import ApiSystem
from gongjian.people.outside_systems.services import count_use, seconds_until_next_call, system_by_token

UNKNOWN, TOO_MANY = 401, 429
SCHEME = "bearer "


def refusal(
    status: int, sentence: str, *, field: str = "", headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """The one form of every refusal: a list of sentences, each with its status and the field it belongs to."""
    errors = {"errors": [{"code": status, "field": field, "description": sentence}]}
    ascii_too = {"ensure_ascii": False}
    return JsonResponse(errors, status=status, headers=dict(headers or {}), json_dumps_params=ascii_too)


def enter(request: HttpRequest) -> JsonResponse | None:
    """Let a known system in; None when it may go on."""
    given = request.headers.get("Authorization", "")
    now = timezone.localtime()
    token = given[len(SCHEME) :].strip() if given.lower().startswith(SCHEME) else ""
    system = system_by_token(token, today=now.date())
    if system is None:
        sentence = _(
            "令牌无效、已过期或已吊销。请在请求头写 Authorization: Bearer 令牌；没有令牌请向系统管理员申请。"
        )
        return refusal(UNKNOWN, sentence, headers={"WWW-Authenticate": "Bearer"})
    if not count_use(system, at=now):
        sentence = _("本分钟调用已达%(n)s次上限。请下一分钟再调，或请系统管理员调高上限。") % {
            "n": system.per_minute
        }
        return refusal(
            TOO_MANY, sentence, headers={"Retry-After": str(seconds_until_next_call(system, at=now))}
        )
    request.api_system = system  # type: ignore[attr-defined]
    return None


def system_in(request: HttpRequest) -> ApiSystem:
    """The system that was let in."""
    found: ApiSystem = request.api_system  # type: ignore[attr-defined]
    return found
