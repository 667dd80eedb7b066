"""The tray of reports: paste or upload a report, then review its drafts one by one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.intake import queries, report_file
from gongjian.intake import services as intake_services
from gongjian.intake.models import Article, Draft, DraftKind, DraftState
from gongjian.web.forms import attempt
from gongjian.web.intake.forms import LABELS, CommitmentForm, DraftForm, ReportForm, in_words
from gongjian.web.session import account_of

DECISIONS = {"drop": intake_services.drop_draft, "restore": intake_services.restore_draft}


@dataclass(frozen=True)
class Refusal:
    """A draft that could not be confirmed, with its forms as they were posted."""

    draft: Draft
    form: DraftForm
    promise: CommitmentForm | None


def intake(request: HttpRequest) -> HttpResponse:
    """Reports taken in so far, and the form for the next one."""
    account = account_of(request)
    form = ReportForm(request.POST or None, request.FILES or None)
    if article := attempt(form, lambda: _take_in(request, form)):
        messages.success(request, _("已读出 %(n)s 条草稿，请逐条确认。") % {"n": article.drafts.count()})
        return redirect("article", pk=article.pk)
    context = {"form": form, "articles": queries.visible_to(account).select_related("taken_in_by")[:50]}
    return render(request, "intake/intake.html", context, status=422 if form.is_bound else 200)


def _take_in(request: HttpRequest, form: ReportForm) -> Article:
    account, facts = account_of(request), form.cleaned_data
    upload = facts.pop("file")
    name = upload.name if upload else ""
    text = report_file.read_report(name, upload.read()) if upload else facts.pop("text")
    facts.pop("text", None)
    if account.writes_area is None:
        raise Refused(_("您的账号没有录入权限。请联系系统管理员。"))
    return intake_services.take_in(
        text=text, file_name=name, area=account.writes_area, by=account, at=timezone.now(), **facts
    )


def _load(request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(queries.visible_to(account_of(request)), pk=pk)


def _page(request: HttpRequest, article: Article, *, refused: Refusal | None = None) -> HttpResponse:
    rows = [_row(draft, refused) for draft in queries.drafts_of(article)]
    waiting = sum(row["form"] is not None for row in rows)
    context = {"article": article, "rows": rows, "sure": intake_services.SURE, "waiting": waiting}
    return render(request, "intake/article.html", context, status=422 if refused else 200)


def _row(draft: Draft, refused: Refusal | None) -> dict[str, Any]:
    """One draft as it is shown: its cells, and its forms while it waits; what was refused keeps what was typed."""
    mine = refused if refused and refused.draft.pk == draft.pk else None
    waiting = draft.state == DraftState.PENDING
    commitment = waiting and draft.kind == DraftKind.COMMITMENT
    sentences = (cell["sentence"] for cell in draft.fields.values() if cell.get("sentence"))
    return {
        "draft": draft,
        "cells": [
            (LABELS.get(name, name), cell | {"value": in_words(name, cell["value"])})
            for name, cell in draft.fields.items()
            if name in LABELS and name != "about" and cell.get("value")
        ],
        "form": (mine.form if mine else DraftForm(draft=draft)) if waiting else None,
        "promise": ((mine and mine.promise) or CommitmentForm(prefix=f"c{draft.pk}")) if commitment else None,
        "sentences": list(dict.fromkeys(sentences)),
        "confidence": draft.confidence,
        "open": mine is not None,
    }


@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafts of one report beside its text."""
    return _page(request, _load(request, pk))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a draft with the values in the form, drop it, or bring it back."""
    draft = _draft(request, pk)
    verb = request.POST.get("verb", "")
    if verb in DECISIONS:
        DECISIONS[verb](draft, by=account_of(request), at=timezone.now())
        return _to_draft(draft)
    form = DraftForm(request.POST, draft=draft)
    promise = CommitmentForm(request.POST, prefix=f"c{pk}") if draft.kind == DraftKind.COMMITMENT else None
    if (promise is None or promise.is_valid()) and (
        confirmed := attempt(form, lambda: _confirm(draft, form, promise, request))
    ):
        messages.success(request, _("已写入台账：%(what)s") % {"what": confirmed})
        return _to_draft(draft)
    return _page(request, _load(request, draft.article_id), refused=Refusal(draft, form, promise))


def _draft(request: HttpRequest, pk: int) -> Draft:
    mine = Draft.objects.filter(article__in=queries.visible_to(account_of(request)))
    return get_object_or_404(mine.select_related("article"), pk=pk)


def _to_draft(draft: Draft) -> HttpResponse:
    return redirect(f"{reverse('article', args=[draft.article_id])}#draft-{draft.pk}")


def _confirm(draft: Draft, form: DraftForm, promise: CommitmentForm | None, request: HttpRequest) -> Any:
    facts: dict[str, Any] = {"values": form.typed(), "by": account_of(request), "at": timezone.now()}
    if promise is None:
        return intake_services.confirm_as_typed(draft, **facts)
    return intake_services.confirm_commitment_as_typed(
        draft, task=form.cleaned_data["text"], **promise.cleaned_data, **facts
    )


@require_POST
def confirm_sure(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm at once all events and people whose every value is certain; the others stay drafts."""
    article = _load(request, pk)
    done, remaining = intake_services.confirm_sure(article, by=account_of(request), at=timezone.now())
    messages.success(request, _("已确认 %(n)s 条把握大的草稿。") % {"n": done})
    if remaining:
        messages.warning(
            request, _("%(n)s 条没有写入：%(first)s") % {"n": len(remaining), "first": remaining[0]}
        )
    return redirect("article", pk=pk)
