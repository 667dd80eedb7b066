"""Two ways a section draws its pages: a form on its own page, and a list htmx may fetch alone."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(
    request: HttpRequest, form: forms.Form, *, title: str, back: str, back_name: str
) -> HttpResponse:
    """The form, with a link back to the route `back`; status 422 when it has errors."""
    context = {"form": form, "title": title, "back": back, "back_name": back_name}
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


def listing(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or only its list (the template named with an underscore) when htmx asks."""
    template = page.replace("/", "/_") if getattr(request, "htmx", False) else page
    return render(request, template, context)
