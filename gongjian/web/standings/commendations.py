"""Commendation: the lists and the honours register, one list with its evidence and objections, certificates."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.wording import paper_words
from gongjian.people.models import Account
from gongjian.standings import perms
from gongjian.standings import services as standings
from gongjian.standings.commendations import queries
from gongjian.standings.commendations.paper import certificate
from gongjian.standings.models import Commendation
from gongjian.standings.states import COMMENDATION_STEP, COMMENDATION_STEPS
from gongjian.web.file_answers import word_answer
from gongjian.web.forms import attempt
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of
from gongjian.web.standings.commendation_forms import (
    AnswerForm,
    CommendedForm,
    NewForm,
    ObjectionForm,
    OpenForm,
)


@require_GET
def commendations(request: HttpRequest) -> HttpResponse:
    """The lists and, below them, the honours register."""
    account = account_of(request)
    rows = queries.commendations_visible_to(account)[:PAGE]
    page = Paginator(queries.honours(account), PAGE).get_page(request.GET.get("page"))
    may_keep = account.writes_area is not None and perms.can_keep(account, account.writes_area)
    return render(request, "standings/commendations.html", {"rows": rows, "page": page, "may_keep": may_keep})


def new(request: HttpRequest) -> HttpResponse:
    """A new list."""
    account = account_of(request)
    form = NewForm(request.POST or None)
    area = account.writes_area
    if area is None:
        raise Http404
    row = attempt(
        form,
        lambda: standings.draft_commendation(**form.cleaned_data, area=area, by=account, at=timezone.now()),
    )
    if row is not None:
        return redirect("commendation", pk=row.pk)
    return render(
        request, "standings/commendation_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _about(account: Account, row: Commendation) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "one": row,
        "lines": queries.evidence_of(row),
        "may_draft": perms.can_draft(account, row),
        "may_answer": perms.can_keep(account, row.area),
        "may_object": queries.may_object(row, today=today),
        "steps": [
            step
            for step in COMMENDATION_STEPS
            if step.verb != "open" and perms.can_commendation(account, row, step.verb)
        ],
        "opening": OpenForm() if perms.can_commendation(account, row, "open") else None,
    }


def commendation(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: each line with its evidence and objections; a draft takes further lines here."""
    account = account_of(request)
    row = get_object_or_404(queries.commendations_visible_to(account), pk=pk)
    context = _about(account, row)
    if context["may_draft"]:
        form = CommendedForm(request.POST or None, row=row, today=timezone.localdate())
        add = lambda: standings.add_commended(row, **form.cleaned_data, by=account, at=timezone.now())  # noqa: E731  one service call, put off
        if attempt(form, add) is not None:
            messages.success(request, _("已加入名单。"))
            return redirect("commendation", pk=pk)
        context["form"] = form
    bound = "form" in context and context["form"].is_bound
    return render(request, "standings/commendation.html", context, status=422 if bound else 200)


def _told(request: HttpRequest, form: Any, done: object, sentence: str) -> None:
    """Say what became of a small form: done, or why not."""
    if done is None:
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    else:
        messages.success(request, sentence)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line off a draft."""
    account = account_of(request)
    line = get_object_or_404(queries.lines_visible_to(account), pk=pk)
    standings.remove_commended(line, by=account, at=timezone.now())
    messages.success(request, _("已去掉。"))
    return redirect("commendation", pk=line.commendation_id)


@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a line."""
    account = account_of(request)
    line = get_object_or_404(queries.lines_visible_to(account), pk=pk)
    form = ObjectionForm(request.POST)
    done = attempt(
        form, lambda: standings.object_to(line, **form.cleaned_data, by=account, at=timezone.now())
    )
    _told(request, form, done, _("异议已提出，攻坚办会答复。"))
    return redirect("commendation", pk=line.commendation_id)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    account = account_of(request)
    made = get_object_or_404(queries.objections_visible_to(account).select_related("line"), pk=pk)
    form = AnswerForm(request.POST)
    call = lambda: standings.answer_objection(made, **form.cleaned_data, by=account, at=timezone.now())  # noqa: E731  one service call, put off
    _told(request, form, attempt(form, call), _("已答复。"))
    return redirect("commendation", pk=made.line.commendation_id)


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Open a list to objections, confirm it, or drop it with the reason."""
    account, at = account_of(request), timezone.now()
    row = get_object_or_404(queries.commendations_visible_to(account), pk=pk)
    if verb not in COMMENDATION_STEP:
        raise Http404
    if verb == "open":
        form = OpenForm(request.POST)
        done = attempt(
            form, lambda: standings.open_to_objections(row, **form.cleaned_data, by=account, at=at)
        )
        _told(request, form, done, _("已开始公示。"))
    elif verb == "confirm":
        standings.confirm(row, by=account, at=at)
        messages.success(request, _("已确认，证书可以打印。"))
    else:
        standings.drop(row, reason=request.POST.get("reason", "")[:200], by=account, at=at)
        messages.success(request, _("已撤销。"))
    return redirect("commendation", pk=row.pk)


@require_GET
def certificate_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of a line of a confirmed list as a Word file."""
    line = get_object_or_404(queries.honours(account_of(request)), pk=pk)
    with paper_words(line.commendation.area.name):
        content = certificate(line)
    return word_answer(content, f"certificate-{line.pk}.docx")
