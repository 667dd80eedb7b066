"""The setup page (开局)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.web.session import account_of
from gongjian.web.setup.steps import steps_for


@require_GET
def setup(request: HttpRequest) -> HttpResponse:
    """What an office has entered so far, and the button for what is next."""
    steps = steps_for(account_of(request))
    following = next((step for step in steps if not step.done), None)
    return render(request, "setup/setup.html", {"steps": steps, "following": following})
