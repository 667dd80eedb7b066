"""The health check: ok, or what is missing."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongjian.web.health import readiness

UNAVAILABLE = 503


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 `ok` when the database answers and every migration is applied, otherwise 503 and one line that says why."""
    try:
        pending = readiness.pending_migrations()
    except DatabaseError:
        logging.getLogger(__name__).exception("database does not answer")
        return _answer("database does not answer", UNAVAILABLE)
    return _answer("migrations pending: run gongjian upgrade", UNAVAILABLE) if pending else _answer("ok", 200)


def _answer(text: str, status: int) -> HttpResponse:
    return HttpResponse(
        text, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
