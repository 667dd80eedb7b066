"""Who else has the same record open: noted when an edit page is drawn, asked for anew once a minute where htmx is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.audit import Refused
from gongjian.people.models import Presence
from gongjian.people.presence import queries
from gongjian.people.presence import services as presence
from gongjian.web.session import account_of

SALT = "gongjian.presence"


@dataclass(frozen=True)
class Present:
    """The others at a record, and the mark by which the page asks again: only who has opened the page has it."""

    others: Sequence[Presence]
    mark: str


def note(request: HttpRequest, subject: Model) -> Present:
    """Note that the reader has this record open, and see who else has."""
    return _noted(request, subject._meta.label_lower, subject.pk or 1)


def gone(request: HttpRequest, subject: Model) -> None:
    """The reader has saved the record."""
    presence.leave(subject._meta.label_lower, subject.pk or 1, by=account_of(request))


def _noted(request: HttpRequest, kind: str, number: int) -> Present:
    account, at = account_of(request), timezone.now()
    presence.arrive(kind, number, by=account, at=at)
    others = list(queries.others(kind, number, besides=account, at=at))
    return Present(others, signing.dumps([kind, number], salt=SALT))


@require_GET
def present(request: HttpRequest, mark: str) -> HttpResponse:
    """The notice alone, for a page that is open."""
    try:
        kind, number = signing.loads(mark, salt=SALT)
    except signing.BadSignature as wrong:
        raise Refused(_("这个地址不完整。请回到原页面。")) from wrong
    context: dict[str, Any] = {"present": _noted(request, kind, number)}
    return render(request, "components/_present.html", context)
