"""Cookies of our own beside the library's three: what a browser keeps of one's choices. Behind https they are bound to this host by name."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 60 * 60


def _named(name: str) -> str:
    return f"__Host-{name}" if settings.SESSION_COOKIE_SECURE else name


def kept(request: HttpRequest, name: str) -> str | None:
    """What this browser keeps under the name."""
    return request.COOKIES.get(_named(name))


def keep(response: HttpResponse, name: str, value: str, *, seconds: int = YEAR) -> HttpResponse:
    """Have the browser keep it, for a year where nothing is said; no script reads it."""
    response.set_cookie(
        _named(name),
        value,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def drop(response: HttpResponse, name: str) -> HttpResponse:
    """Have the browser forget it."""
    return keep(response, name, "", seconds=0)
