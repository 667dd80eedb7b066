"""Every component in every state: the visual standard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def components(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "components/page.html", {})
