"""Checks on every request: what a page may load, and which roles may use a route."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from gongjian.audit import Refused
from gongjian.engines.writing.signs import clean_line, clean_text, is_clean
from gongjian.people.models import Account
from gongjian.people.second_factor.queries import must_turn_on
from gongjian.web.action_addresses import page_instead
from gongjian.web.error_pages import views as error_pages
from gongjian.web.health.views import healthz
from gongjian.web.open311 import authentication
from gongjian.web.rights import PUBLIC, SYSTEMS, matrix

Answer = Callable[[HttpRequest], HttpResponse]
MARGIN = 64 * 1024  # what a form's other fields may add to its file
NOT_ALLOWED = 405
DRAIN = 8  # how many times the limit is read away, so that the browser gets our page and no broken line
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
HEALTH = "/healthz"  # as its route says; a test compares them
ALWAYS = frozenset({"set_language"})
BEFORE_PASSWORD = frozenset({"password", "sign-out", "manual", "manual-page", *ALWAYS})
BEFORE_FACTOR = BEFORE_PASSWORD | {"second-factor"}


class ContentSecurity:
    """Sets what a browser may do with an answer: load nothing from outside, run nothing inline, use no camera and no place."""

    POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=()"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.POLICY)
        response.headers.setdefault("Permissions-Policy", self.FEATURES)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class Health:
    """Answers `/healthz` before sessions, languages and allowed hosts: a probe may use any host name."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return healthz(request) if request.path_info == HEALTH else self.get_response(request)


class CleanInput:
    """The door (入口清洗): every posted and asked value, and every name of a file, without signs that nobody sees.

    It stands behind the gate, which looks at the size first. What comes as JSON is cleaned by its schema.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = _cleaned(request.GET)  # type: ignore[assignment]  # the stubs know one kind only
        if request.method == "POST" and request.content_type in FORMS:
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]  # the stubs know one kind only
            for _field, uploads in request.FILES.lists():
                for file in uploads:
                    file.name = clean_line(file.name or "")
        return self.get_response(request)


class Gate:
    """Refuses a route to a role that the rights matrix does not list, says why and keeps what was typed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > settings.UPLOAD_LIMIT + MARGIN:
            _drain(request)
            return error_pages.too_large(request, settings.UPLOAD_LIMIT)
        response = self.get_response(request)
        if response.status_code == NOT_ALLOWED and request.method in {"GET", "HEAD"}:
            response = redirect(page_instead(request))
        patch_vary_headers(response, ["HX-Request"])
        # A page shown again from the browser's store must be neither a fragment nor somebody else's.
        caching = "no-store" if request.headers.get("HX-Request") == "true" else "private, no-cache"
        response.headers.setdefault("Cache-Control", caching)
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Check the role against the rights matrix before any view runs."""
        route = request.resolver_match.url_name if request.resolver_match else None
        if route in ALWAYS:
            return None
        lines = matrix()
        if route is None or route not in lines:
            raise ImproperlyConfigured(f"route {route!r} has no line in the rights matrix")
        if lines[route] == SYSTEMS:
            return authentication.authenticate_system(request)  # before anything looks at a cookie
        account = request.user if isinstance(request.user, Account) else None
        if account is not None and (led := _led_elsewhere(request, account, route)):
            return led
        if lines[route] == PUBLIC:
            return None
        if account is None:
            return _to_sign_in(request)
        return None if account.role in lines[route] else error_pages.not_allowed(request, lines[route])

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal that no view caught into a page with its sentence."""
        return error_pages.refused(request, exception) if isinstance(exception, Refused) else None


def _led_elsewhere(request: HttpRequest, account: Account, route: str) -> HttpResponse | None:
    """What comes before all work: a password of one's own, then the second factor that the role demands."""
    if account.must_change_password and route not in BEFORE_PASSWORD:
        return _first(request, "password", error_pages.must_change_password)
    if route not in BEFORE_FACTOR and must_turn_on(account):
        return _first(request, "second-factor", error_pages.must_turn_on_factor)
    return None


def _first(request: HttpRequest, route: str, kept: Answer) -> HttpResponse:
    """Lead to the page that comes before all others; what was posted is shown by `kept`."""
    if request.method == "POST":
        return kept(request)
    return redirect(f"{reverse(route)}?{urlencode({'next': request.get_full_path()})}")


def _cleaned(values: QueryDict) -> QueryDict:
    if all(is_clean(part) for key, parts in values.lists() for part in (key, *map(str, parts))):
        return values
    cleaned = values.copy()
    cleaned.clear()
    for key, parts in values.lists():
        cleaned.setlist(clean_line(key), [clean_text(str(part)) for part in parts])
    cleaned._mutable = False
    return cleaned


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return error_pages.session_expired(request)
    if request.headers.get("HX-Request") == "true":
        return error_pages.signed_out(request)
    return redirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")


def _length(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdecimal() else 0


def _drain(request: HttpRequest) -> None:
    remaining = settings.UPLOAD_LIMIT * DRAIN
    while remaining > 0 and (part := request.read(65536)):
        remaining -= len(part)
