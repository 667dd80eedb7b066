"""One action on many problems, and undoing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.audit import Refused
from gongjian.problems import queries
from gongjian.problems import services as problems
from gongjian.problems.bulk.rules import UNDO_MINUTES
from gongjian.problems.models import BulkAction, Problem
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.web.forms import attempt
from gongjian.web.problems.bulk.forms import BulkHandOverForm
from gongjian.web.problems.forms import BulkForm
from gongjian.web.session import account_of


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Remind, re-file or hand over every ticked problem."""
    account, at = account_of(request), timezone.now()
    form = BulkForm(request.POST, visible=queries.visible_to(account))
    if not form.is_valid():
        raise Refused(_("请先勾选至少一个问题，再选择批量操作。"))
    rows, verb = list(form.cleaned_data["rows"]), form.cleaned_data["verb"]
    if verb == "hand_over":
        return _hand_over(request, rows)
    if verb == "categorise":
        done = problems.categorise_many(rows, category=form.cleaned_data["category"], by=account, at=at)
    else:
        done = problems.remind_many(rows, by=account, at=at)
    _tell(request, done)
    return (
        redirect("problem", rows[0].pk) if request.POST.get("home") == "problem" else redirect(_home(request))
    )


def _hand_over(request: HttpRequest, rows: list[Problem]) -> HttpResponse:
    """Where each row goes, looked at before it goes; `likeliest` only fills the rows."""
    account, typed = account_of(request), request.POST if "task" in request.POST else None
    facts: Any = {
        "account": account,
        "problems": rows,
        "chances": suggested_units.suggest(rows, today=timezone.localdate()),
    }
    form = BulkHandOverForm(typed, **facts)
    if typed is not None and "likeliest" in typed:
        form = BulkHandOverForm(initial=form.likeliest(), **facts)
    done = attempt(form, lambda: problems.hand_over_many(**form.cleaned_data, by=account, at=timezone.now()))
    if done:
        _tell(request, done)
        return redirect(_home(request))
    context = {"form": form, "rows": rows, "home": _home(request), "undo_minutes": UNDO_MINUTES}
    return render(request, "problems/bulk_hand_over.html", context, status=422 if form.is_bound else 200)


def _home(request: HttpRequest) -> str:
    """The page the rows were ticked on."""
    return "triage" if request.POST.get("home") == "triage" else "problem-ledger"


def _tell(request: HttpRequest, done: BulkAction) -> None:
    refused = [item for item in done.items if item.get("refused")]
    text = _("已处理 %(done)s 个问题。") % {"done": len(done.items) - len(refused)}
    if refused:
        text += _("%(number)s 个没有处理：%(first)s") % {
            "number": len(refused),
            "first": refused[0]["refused"],
        }
    messages.success(request, text, extra_tags=f"undo:{reverse('bulk-undo', args=[done.pk])}")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the account's own bulk action while there is still time."""
    done = get_object_or_404(BulkAction, pk=pk, by=account_of(request))
    sentence = problems.undo(done, by=account_of(request), at=timezone.now())
    messages.success(request, str(sentence) if isinstance(sentence, str) else _("已撤销。"))
    return redirect("problem-ledger")
