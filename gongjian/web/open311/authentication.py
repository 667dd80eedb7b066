"""Who may call the interface: a system with a token, never a browser with a cookie; its calls a minute are limited."""

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
    """The answer to a refused call: JSON with one error, its status, the field it belongs to and a sentence."""
    errors = {"errors": [{"code": status, "field": field, "description": sentence}]}
    ascii_too = {"ensure_ascii": False}
    return JsonResponse(errors, status=status, headers=dict(headers or {}), json_dumps_params=ascii_too)


def authenticate_system(request: HttpRequest) -> JsonResponse | None:
    """Identify the calling system by its token and count the call; returns None if it may go on, else the refusal."""
    header = request.headers.get("Authorization", "")
    now = timezone.localtime()
    token = header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else ""
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


def calling_system(request: HttpRequest) -> ApiSystem:
    """The system that `authenticate_system` identified."""
    system: ApiSystem = request.api_system  # type: ignore[attr-defined]
    return system
