"""Where one is signed in and how to end it elsewhere; for the auditor, every try to sign in."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.queries import midnight
from gongjian.people.sessions.queries import sessions_of, tries
from gongjian.people.sessions.services import end_others
from gongjian.web.form_pages import listing
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of
from gongjian.web.sessions.forms import OUTCOMES, SignInFilter

SHOWN = 20


@require_GET
def own_sessions(request: HttpRequest) -> HttpResponse:
    """The sessions of the account that have not ended, and its last tries to sign in."""
    account = account_of(request)
    context = {
        "sessions": sessions_of(account, at=timezone.now()),
        "own_key": request.session.session_key,
        "tries": tries(second_step=reverse("second-step"), username=account.username, exactly=True)[:SHOWN],
    }
    return render(request, "sessions/own.html", context)


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every session of the account but this one."""
    account = account_of(request)
    ended = end_others(account, keep=request.session.session_key, at=timezone.now())
    messages.success(
        request, _("已结束其他%(count)s处登录。") % {"count": ended} if ended else _("没有其他登录。")
    )
    return redirect("own-sessions")


@require_GET
def sign_ins(request: HttpRequest) -> HttpResponse:
    """One page of the tries to sign in, newest first."""
    form = SignInFilter(request.GET)
    page = Paginator(tries(second_step=reverse("second-step"), **_chosen(form)), PAGE).get_page(
        request.GET.get("page")
    )
    return listing(request, "sessions/sign_ins.html", {"form": form, "page": page})


def _chosen(form: SignInFilter) -> dict[str, Any]:
    form.is_valid()
    chosen = form.cleaned_data
    since = chosen.get("since")
    return {
        "username": chosen.get("username", ""),
        "address": chosen.get("address", ""),
        "taken": OUTCOMES.get(chosen.get("outcome", "")),
        "since": midnight(since) if since else None,
    }
