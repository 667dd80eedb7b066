"""The tray of reports: paste or upload, review draft by draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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

SURE = 80  # confidence from which events and people may be confirmed together
TOGETHER = (DraftKind.PERSON, DraftKind.MEETING, DraftKind.VISIT)


def intake(request: HttpRequest) -> HttpResponse:
    """Reports taken in so far, and the form for the next."""
    account = account_of(request)
    form = ReportForm(request.POST or None, request.FILES or None)
    if made := attempt(form, lambda: _take_in(request, form)):
        messages.success(request, _("已读出 %(n)s 条草稿，请逐条确认。") % {"n": made.drafts.count()})
        return redirect("article", pk=made.pk)
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


def _page(
    request: HttpRequest,
    found: Article,
    *,
    refused: Draft | None = None,
    form: Any = None,
    promise: Any = None,
) -> HttpResponse:
    rows = []
    for draft in queries.drafts_of(found):
        mine = refused is not None and draft.pk == refused.pk
        waiting = draft.state == DraftState.PENDING
        rows.append(
            {
                "draft": draft,
                "cells": [
                    (LABELS.get(name, name), cell | {"value": in_words(name, cell["value"])})
                    for name, cell in draft.fields.items()
                    if name in LABELS and name != "about" and cell.get("value")
                ],
                "form": (form if mine else DraftForm(draft=draft)) if waiting else None,
                "promise": (promise if mine and promise else CommitmentForm(prefix=f"c{draft.pk}"))
                if waiting and draft.kind == DraftKind.COMMITMENT
                else None,
                "sentences": list(
                    dict.fromkeys(cell["sentence"] for cell in draft.fields.values() if cell.get("sentence"))
                ),
                "confidence": min(
                    (cell["confidence"] for cell in draft.fields.values() if "confidence" in cell),
                    default=None,
                ),
                "open": mine,
            }
        )
    context = {
        "article": found,
        "rows": rows,
        "sure": SURE,
        "waiting": sum(r["form"] is not None for r in rows),
    }
    return render(request, "intake/article.html", context, status=422 if refused else 200)


@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafts of one report beside its text."""
    return _page(request, _load(request, pk))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm with the values as they stand in the form, drop, or bring back."""
    account, at = account_of(request), timezone.now()
    draft = get_object_or_404(
        Draft.objects.select_related("article"), pk=pk, article__in=queries.visible_to(account)
    )
    verb = request.POST.get("verb")
    if verb in {"drop", "restore"}:
        getattr(intake_services, verb)(draft, by=account, at=at)
        return redirect(f"/intake/{draft.article_id}/#draft-{pk}")
    form = DraftForm(request.POST, draft=draft)
    promise = CommitmentForm(request.POST, prefix=f"c{pk}") if draft.kind == DraftKind.COMMITMENT else None
    if (promise is None or promise.is_valid()) and (
        made := attempt(form, lambda: _confirm(draft, form, promise, request))
    ):
        messages.success(request, _("已写入台账：%(what)s") % {"what": made})
        return redirect(f"/intake/{draft.article_id}/#draft-{pk}")
    return _page(request, _load(request, draft.article_id), refused=draft, form=form, promise=promise)


def _confirm(draft: Draft, form: DraftForm, promise: CommitmentForm | None, request: HttpRequest) -> Any:
    account, at = account_of(request), timezone.now()
    kept = intake_services.update_draft(draft, values=form.typed(), by=account, at=at)
    if promise is None:
        return intake_services.confirm_draft(kept, by=account, at=at)
    return intake_services.confirm_commitment(
        kept, task=form.cleaned_data["text"], **promise.cleaned_data, by=account, at=at
    )


@require_POST
def confirm_sure(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm at once the events and people every value of which is sure; the others stay."""
    found, account = _load(request, pk), account_of(request)
    done, left = 0, []
    for draft in queries.drafts_of(found).filter(state=DraftState.PENDING, kind__in=TOGETHER):
        if min((c["confidence"] for c in draft.fields.values() if "confidence" in c), default=0) < SURE:
            continue
        try:
            intake_services.confirm_draft(draft, by=account, at=timezone.now())
            done += 1
        except Refused as refused:
            left.append(refused.sentence)
    messages.success(request, _("已确认 %(n)s 条把握大的草稿。") % {"n": done})
    if left:
        messages.warning(request, _("%(n)s 条没有写入：%(first)s") % {"n": len(left), "first": left[0]})
    return redirect("article", pk=pk)
