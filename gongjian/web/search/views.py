"""The search of the head: all kinds on one page, or the first of each while one types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongjian.web.search.finding import found, of_number
from gongjian.web.session import account_of

ON_PAGE, WHILE_TYPING = 8, 4  # hits of each kind
LONGEST = 60


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What the text finds, by kind. A whole number opens its record; while one types only a few of each kind are drawn."""
    account, text = account_of(request), request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    typing = getattr(request, "htmx", False)
    only = of_number(account, text)
    if only and not typing:
        return redirect(only.url)
    each = WHILE_TYPING if typing else ON_PAGE
    groups = found(account, text, each=each, today=timezone.localdate(), numbered=only)
    part = "search/_hits.html" if typing else "search/search.html"
    return render(request, part, {"q": text, "groups": groups})
