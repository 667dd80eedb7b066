"""A text to copy for the group chat: one matter, one visit, what is due today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.problems.group_chat import queries
from gongjian.problems.queries import RELATED, visible_to
from gongjian.visits.queries import visible_to as visible_visits
from gongjian.web.session import account_of


@require_GET
def of_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of one matter."""
    problem = get_object_or_404(visible_to(account_of(request)).select_related(*RELATED), pk=pk)
    text = queries.text_of_problem(problem, today=timezone.localdate())
    return _shown(request, text, back=reverse("problem", args=[pk]), name=problem.number)


@require_GET
def of_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of all matters of a visit."""
    account = account_of(request)
    visit = get_object_or_404(visible_visits(account), pk=pk)
    text = queries.text_of_visit(visit, account, today=timezone.localdate())
    return _shown(request, text, back=reverse("visit", args=[pk]), name=visit.title)


@require_GET
def of_today(request: HttpRequest) -> HttpResponse:
    """The text of what is due today."""
    text = queries.text_of_today(account_of(request), today=timezone.localdate())
    return _shown(request, text, back=reverse("today"), name=_("今日"))


def _shown(request: HttpRequest, text: str, *, back: str, name: str) -> HttpResponse:
    context = {"text": text, "back": back, "name": name, "rows": min(24, text.count("\n") + 2)}
    return render(request, "problems/group_chat.html", context)
