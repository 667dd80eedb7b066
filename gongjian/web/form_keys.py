"""One opened form is carried out once: the key in each form, and the answer to a second submission."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongjian.audit.models import UsedForm
from gongjian.audit.used_forms import services as used_forms
from gongjian.audit.used_forms.services import FormAlreadyUsed, SubmittedForm
from gongjian.people.models import Account
from gongjian.web.error_pages.typed_input import KEY, file_names, form_address, typed_values
from gongjian.web.error_pages.views import failure, moved_on
from gongjian.web.moved_on.since_opened import MovedOn, check_nothing_happened
from gongjian.web.subject_pages import page_about

__all__ = ["KEY", "OnceOnly", "new_key"]

LONGEST = 40


def new_key() -> str:
    """A key for a form that is being drawn."""
    return uuid4().hex


class OnceOnly:
    """Leads the second submission of a form to what the first one did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        form = _submitted(request)
        with used_forms.submitted(form):
            response = self.get_response(request)
        if form and form.committed and response.has_header("Location"):
            used_forms.keep_answer(form, response.headers["Location"])
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """A form that has been carried out before does not reach its view again."""
        form = _submitted(request)
        done = used_forms.earlier(form.key) if form else None
        return already_done(request, done) if done else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Two submissions at the same moment, or a matter that moved on: what this one did has been taken back."""
        form = _submitted(request)
        if isinstance(exception, MovedOn):
            return moved_on(request)
        done = used_forms.earlier(form.key) if form and isinstance(exception, FormAlreadyUsed) else None
        return already_done(request, done) if done else None


def already_done(request: HttpRequest, done: UsedForm) -> HttpResponse:
    """To the page of what the first submission did; what was typed differently is shown, not dropped."""
    account = request.user if isinstance(request.user, Account) else None
    page = page_about(done.subject_kind, done.subject_id, reader=account) if account else ""
    address = done.answer or page or form_address(request)
    if done.content == _digest(request):
        messages.info(request, _("这份表单已经提交过，没有重复办理。"))
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return redirect(address)
    sentence = _(
        "这份表单已经提交过一次，这一次的内容不同，还没有保存。请先看上次办成了什么；确要另外再办，核对下面的内容后按“再次提交”。"
    )
    more: dict[str, object] = {
        "typed": typed_values(request),
        "files": file_names(request),
        "back": address,
        "back_name": _("看上次办成的"),
        "resend": request.get_full_path(),
    }
    return failure(request, _("已经提交过"), sentence, status=409, **more)


def _submitted(request: HttpRequest) -> SubmittedForm | None:
    if request.method != "POST" or not (key := str(request.POST.get(KEY, ""))[:LONGEST]):
        return None
    kept: SubmittedForm | None = getattr(request, "submitted_form", None)
    if kept is None:
        account = request.user if isinstance(request.user, Account) else None
        before = partial(check_nothing_happened, request)
        by_id = account.pk if account else None
        kept = SubmittedForm(key=key, content=_digest(request), by_id=by_id, before=before)
        request.submitted_form = kept  # type: ignore[attr-defined]  # kept for the length of the request
    return kept


def _digest(request: HttpRequest) -> str:
    """A digest of everything that was typed, files by name and size."""
    typed = [(item.name, item.value) for item in typed_values(request)]
    files = [(name, file.name, file.size) for name, uploads in request.FILES.lists() for file in uploads]
    return hashlib.sha256(repr((request.path, sorted(typed), sorted(files, key=str))).encode()).hexdigest()
