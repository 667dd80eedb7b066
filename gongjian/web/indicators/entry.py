"""Entering figures: the grid, a pasted table or a file, what became of it, and the odd ones that wait for an answer."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.engines.tables.opening import BadFile
from gongjian.engines.workdays.calendar import add_months
from gongjian.imports.reading.sentences import why_unopened
from gongjian.indicators import queries
from gongjian.indicators import services as indicators
from gongjian.indicators.figures.queries import GridLine, grid_lines
from gongjian.indicators.models import Figure, FigureBatch
from gongjian.indicators.reading.cells import Said
from gongjian.indicators.reading.rules import Progress, ReadSheet, tell_nobody
from gongjian.indicators.reading.tables import fault_of_kept, read_file, read_pasted
from gongjian.indicators.states import Answer, BatchState, Column, Via
from gongjian.web.forms import attempt
from gongjian.web.imports.views import AGAIN
from gongjian.web.indicators import background
from gongjian.web.indicators.forms import AnswerForm, EntryFilter, GridForm, RestateForm, TableForm
from gongjian.web.indicators.sentences import oddness, place_in_words, why_not_taken
from gongjian.web.indicators.views import one_figure
from gongjian.web.paging import FEW, LINES
from gongjian.web.session import account_of

LATEST = 5  # tables that came in last, so that a large one is found again


def _chosen(request: HttpRequest) -> tuple[EntryFilter, list[GridLine]]:
    account, today = account_of(request), timezone.localdate()
    usual = {"month": f"{add_months(today.replace(day=1), -1):%Y-%m}", "column": Column.REPORTED}
    form = EntryFilter(usual | request.GET.dict(), account=account, today=today)
    if not form.is_valid():
        return form, []
    return form, grid_lines(account, **form.cleaned_data)


def entry(request: HttpRequest) -> HttpResponse:
    """The grid of entry; the boxes that are filled in are written, the others stay as they are."""
    choice, lines = _chosen(request)
    form = GridForm(request.POST or None, lines=lines)
    batch = attempt(
        form,
        lambda: indicators.enter_figures(form.read, via=Via.FORM, by=account_of(request), at=timezone.now()),
    )
    if batch is not None:
        return redirect("figure-batch", pk=batch.pk)
    context = {"choice": choice, "form": form}
    return render(request, "indicators/entry.html", context, status=422 if form.is_bound else 200)


def read_table(form: Any) -> tuple[ReadSheet, str]:
    """What the table of a form holds, and the name of its file; raises Refused."""
    content, name = _content(form)
    return _reader(content, form.said())(tell_nobody), name


def _content(form: Any) -> tuple[bytes | str, str]:
    """What was sent: the bytes of a file with its name, or a pasted text."""
    upload = form.cleaned_data["file"]
    return (form.cleaned_data["text"], "") if upload is None else (upload.read(), upload.name)


def _reader(content: bytes | str, said: Said) -> background.Read:
    """How to read what was sent; raises Refused when called, for a file that is no table."""

    def read(tell: Progress) -> ReadSheet:
        known = queries.known_names(year=timezone.localdate().year)
        if isinstance(content, str):
            return read_pasted(content, known, chosen=said, tell=tell)
        try:
            return read_file(content, known, chosen=said, tell=tell)
        except BadFile as bad:
            raise Refused(why_unopened(bad.why), field="file") from bad

    return read


def _enter(form: TableForm, request: HttpRequest) -> FigureBatch:
    content, name = _content(form)
    read, by, at = _reader(content, form.said()), account_of(request), timezone.now()
    via = Via.FILE if name else Via.PASTE
    if len(content) > background.AT_ONCE:
        return background.enter_beside(read, via=via, file_name=name, by=by, at=at)
    sheet = read(tell_nobody)
    return indicators.enter_figures(sheet.cells, faults=sheet.faults, via=via, file_name=name, by=by, at=at)


def table(request: HttpRequest) -> HttpResponse:
    """A table of figures, pasted or as a file."""
    facts: dict[str, Any] = {"account": account_of(request), "today": timezone.localdate()}
    form = TableForm(request.POST or None, request.FILES or None, **facts)
    batch = attempt(form, lambda: _enter(form, request))
    if batch is not None:
        return redirect("figure-batch", pk=batch.pk)
    latest = queries.batches_visible_to(account_of(request)).exclude(via=Via.FORM)[:LATEST]
    context = {"form": form, "latest": latest}
    return render(request, "indicators/table.html", context, status=422 if form.is_bound else 200)


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of figures that came in together: each cell that was not written, and each question."""
    account = account_of(request)
    row = get_object_or_404(queries.batches_visible_to(account), pk=pk)
    if row.state != BatchState.DONE:
        return _progress(request, row)
    page = Paginator(row.faults, LINES).get_page(request.GET.get("page"))
    faults = [fault_of_kept(kept) for kept in page]
    told = [(place_in_words(fault), why_not_taken(fault)) for fault in faults]
    asked = queries.questions_visible_to(account).filter(batch=row, answer=Answer.OPEN)[:LINES]
    context = {"batch": row, "told": told, "page": page, "asked": [(one, oddness(one)) for one in asked]}
    return render(request, "indicators/batch.html", context)


def _progress(request: HttpRequest, row: FigureBatch) -> HttpResponse:
    """How far a large sheet is, or why it was not taken in; the page asks again by itself while it is worked on."""
    state, percent = background.how_far(row)
    context = {"batch": row, "writing": state == BatchState.WRITING, "percent": percent}
    context["stopped"] = background.stopped(row, timezone.now())
    response = render(request, "indicators/progress.html", context)
    if state != BatchState.FAILED and not context["stopped"]:
        response["Refresh"] = str(AGAIN)
    return response


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """The odd figures that wait for an answer, and below them those answered last."""
    rows = queries.questions_visible_to(account_of(request))
    page = Paginator(rows.filter(answer=Answer.OPEN), FEW).get_page(request.GET.get("page"))
    answered = rows.exclude(answer=Answer.OPEN).order_by("-answered_at")[:FEW]
    context = {"page": page, "open": [(one, oddness(one)) for one in page], "answered": answered}
    return render(request, "indicators/questions.html", context)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one question."""
    account = account_of(request)
    row = get_object_or_404(queries.questions_visible_to(account), pk=pk)
    form = AnswerForm(request.POST)
    done = attempt(
        form,
        lambda: indicators.answer_question(row, **form.cleaned_data, by=account, at=timezone.now()),
    )
    if done is None:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    else:
        messages.success(request, _("已答复。"))
    return redirect("figure-questions")


@require_POST
def restate(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a figure with its reason."""
    account = account_of(request)
    row = get_object_or_404(queries.figures_visible_to(account).select_related("indicator"), pk=pk)
    form = RestateForm(request.POST)
    form.unit = row.indicator.unit
    newer = attempt(form, lambda: indicators.restate(row, **form.cleaned_data, by=account, at=timezone.now()))
    if newer is None:
        return render(request, "indicators/history.html", _about(request, row, form), status=422)
    messages.success(request, _("已更正，原数值保留在历史里。"))
    month = row.month
    return redirect("figure-history", row.indicator_id, row.area_id, month.year, month.month)


def _about(request: HttpRequest, row: Figure, form: RestateForm) -> dict[str, Any]:
    month = (row.month.year, row.month.month)
    context = one_figure(account_of(request), row.indicator_id, row.area_id, month)
    return context | {"form": form, "correcting": row.pk}
