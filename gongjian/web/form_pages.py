"""Two ways every page of this section is drawn: a form on a page of its own, a list that htmx may ask for alone."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(
    request: HttpRequest, form: forms.Form, *, title: str, back: str, back_name: str
) -> HttpResponse:
    """The form with the way back to the route `back`; 422 when it comes back with errors."""
    context = {"form": form, "title": title, "back": back, "back_name": back_name}
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)


def listing(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or only its list (the same name after an underscore) when htmx asks."""
    template = page.replace("/", "/_") if getattr(request, "htmx", False) else page
    return render(request, template, context)
