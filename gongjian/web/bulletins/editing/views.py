"""Editing the outline of a bulletin, its versions, signing it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.bulletins import queries
from gongjian.bulletins.editing import services as editing
from gongjian.bulletins.models import Bulletin
from gongjian.web.bulletins.editing.forms import OutlineForm
from gongjian.web.editing.saving import edit
from gongjian.web.session import account_of

VERSIONS = 20  # that the page offers


def edit_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The outline: texts, order, what was generated and what was written; saving keeps a version."""
    bulletin = _load(request, pk)
    if bulletin.issued_at and request.method == "GET":
        return _to_what_was_issued(request, bulletin)
    act = request.POST.get("act", "")
    form, saved = edit(request, bulletin, make=_form, save=lambda form, row: _save(request, form, row, act))
    if saved:
        if not act:
            messages.success(request, _("已保存。上一版还在，可以恢复。"))
        return redirect(
            f"{reverse('bulletin-edit', args=[pk])}#{act.split(':')[1] if ':' in act else 'text'}"
        )
    context = {
        "bulletin": bulletin,
        "form": form,
        "versions": bulletin.versions.select_related("saved_by")[:VERSIONS],
    }
    return render(request, "bulletins/edit.html", context, status=422 if form.is_bound else 200)


def _to_what_was_issued(request: HttpRequest, bulletin: Bulletin) -> HttpResponse:
    """Nothing is opened for writing that no longer takes it; a text that comes late is refused and kept by the service."""
    messages.info(request, editing.ISSUED)
    return redirect("bulletin", pk=bulletin.pk)


def _form(data: Any, row: Bulletin) -> OutlineForm:
    return OutlineForm(data, bulletin=row)


def _save(request: HttpRequest, form: OutlineForm, row: Bulletin, act: str) -> Bulletin:
    numbers = dict(row.numbers.values_list("anchor", "value"))
    return editing.edit_bulletin(
        row,
        title=form.cleaned_data["title"],
        issue=form.cleaned_data["issue"],
        receivers=form.cleaned_data["receivers"].splitlines(),
        blocks=form.written(numbers, act),
        by=account_of(request),
        at=timezone.now(),
    )


def _load(request: HttpRequest, pk: int) -> Bulletin:
    return get_object_or_404(queries.visible_to(account_of(request)).select_related("area", "made_by"), pk=pk)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the bulletin off."""
    editing.sign_bulletin(_load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("已核签，可以印发。"))
    return redirect("bulletin", pk=pk)


@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Go back to a version."""
    version = get_object_or_404(_load(request, pk).versions, number=number)
    editing.restore_version(version, by=account_of(request), at=timezone.now())
    messages.success(request, _("已恢复到第 %(n)s 版。") % {"n": number})
    return redirect("bulletin-edit", pk=pk)
