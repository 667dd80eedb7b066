"""Sign-in pages (placeholder until the frame lands)."""

from django.http import HttpRequest, HttpResponse


def locked_out(_request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    return HttpResponse(status=403)


def token_expired(_request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(reason, status=403)


def not_found(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(str(exception), status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)
