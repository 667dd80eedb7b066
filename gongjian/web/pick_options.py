"""The lines of a pick list: recent choices of the account first, and alone while nothing is typed."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.people.recent_choices.queries import recent_first, recent_keys
from gongjian.people.recent_choices.rules import OFFERED
from gongjian.web.session import account_of

Found = Callable[[str], Iterable[Any]]


def offered(request: HttpRequest, choices: QuerySet[Any], find: Found, *, whole: bool = False) -> list[Any]:
    """What the list shows for `q`: recent choices for no text, what was found for any; `whole`: found for none, too."""
    text, kind = request.GET.get("q", "").strip(), choices.model
    keys = recent_keys(account_of(request), kind)
    if text or whole:
        found = recent_first(find(text), keys)
    else:
        known: dict[int, Model] = choices.in_bulk(keys[:OFFERED])
        found = [known[key] for key in keys if key in known]
    for record in found:
        record.recent = record.pk in keys
    return found


def lines(request: HttpRequest, records: list[Any]) -> HttpResponse:
    """The answer to a pick list."""
    return render(request, "components/_options.html", {"options": records})
