"""Importing facts about firms from a workbook: template, upload, preview, writing, undo, marked errors."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.wording import words
from gongjian.enterprises import queries
from gongjian.enterprises.fact_batches import services as fact_batches
from gongjian.enterprises.facts.queries import sources_held
from gongjian.enterprises.models import FactBatch
from gongjian.enterprises.perms import can_keep
from gongjian.enterprises.states import BatchState
from gongjian.ledgers.fact_import import example_workbook
from gongjian.ledgers.fact_import import services as fact_import
from gongjian.ledgers.fact_import.checks import CellOutcome, CheckedWorkbook
from gongjian.ledgers.fact_import.template_workbook import template_workbook as template_book
from gongjian.ledgers.figures.workbook import figure_workbook
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.web.enterprises.fact_import.forms import TemplateForm, WorkbookForm
from gongjian.web.enterprises.vocabulary import SOURCES
from gongjian.web.file_answers import workbook_answer
from gongjian.web.forms import attempt
from gongjian.web.imports.order import FACTS, after
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of

QUESTIONS = 1000  # questions a page: ticks on it are sent together
SAMPLED = 5  # firms of the example
LAST = 50  # imports on the page


def _visible(request: HttpRequest) -> QuerySet[FactBatch]:
    rows = FactBatch.objects.filter(within(account_of(request).reads_area)).defer(
        "file", "before", "left_out"
    )
    return rows.select_related("area", "uploaded_by")


def imports(request: HttpRequest) -> HttpResponse:
    """The upload form, and the imports so far."""
    account, today = account_of(request), timezone.localdate()
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if batch := attempt(form, lambda: _taken(request, form)):
        return redirect("batch", pk=batch.pk)
    context = {
        "form": form,
        "template_form": TemplateForm(today=today, prefix="t"),
        "sources": [words(source) for source in SOURCES],
        "held": sources_held(account),
        "batches": _with_undo(_visible(request)[:LAST], account),
        "can_import": account.writes_area_id is not None,
    }
    return render(request, "enterprises/imports.html", context, status=422 if form.is_bound else 200)


def _with_undo(batches: QuerySet[FactBatch], account: Account) -> list[FactBatch]:
    """The imports, each with whether the account may undo it from the list."""
    rows = list(batches)
    for batch in rows:
        written = batch.state == BatchState.WRITTEN
        batch.may_undo = written and can_keep(account, batch.area)  # type: ignore[attr-defined]  # for the list
    return rows


def _taken(request: HttpRequest, form: WorkbookForm) -> FactBatch:
    data, upload = form.cleaned_data, form.cleaned_data["file"]
    return fact_import.add_workbook(
        file_name=upload.name,
        file=upload.read(),
        source=data["source"],
        default=data["default"],
        by=account_of(request),
        at=timezone.now(),
    )


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The template workbook, with the account's firms and the values this source has already given."""
    account, today = account_of(request), timezone.localdate()
    form = TemplateForm(request.GET or None, today=today, prefix="t")
    if not form.is_valid():
        context = {"form": form}
        return render(request, "enterprises/template.html", context, status=422 if form.is_bound else 200)
    rows = queries.visible_to(account).filter(within(account.writes_area))
    book = template_book(rows, columns=form.columns(), source=form.cleaned_data["source"])
    return workbook_answer(book, f"facts-{today:%Y%m%d}.xlsx")


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What one source has given of the account's firms, in the columns that the import reads."""
    source = request.GET.get("source", "").strip()[:60] or SOURCES[0]
    rows, now = queries.visible_to(account_of(request)), timezone.localtime()
    return workbook_answer(figure_workbook(rows, source=source, words="", as_of=now), "facts.xlsx")


@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    """A filled-in example workbook with the account's own firms, to look at or to try an upload with."""
    account, today = account_of(request), timezone.localdate()
    rows = queries.visible_to(account).filter(within(account.writes_area)).order_by("pk")
    firms = list(rows.values_list("name", "credit_code")[:SAMPLED])
    return workbook_answer(
        example_workbook.example_workbook(firms, last=today - timedelta(days=today.day)), "facts-sample.xlsx"
    )


TABS = (
    (CellOutcome.ASKS, gettext_lazy("与以前差得远，要您确认")),
    (CellOutcome.REFUSED, gettext_lazy("有错，不写入")),
    (CellOutcome.CORRECTS, gettext_lazy("更正同一来源的旧数")),
    (CellOutcome.DIFFERS, gettext_lazy("与别的来源不一致")),
    (CellOutcome.NEW, gettext_lazy("新增")),
    (CellOutcome.SAME, gettext_lazy("已有，相同")),
)


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what its workbook would change, or has changed."""
    account = account_of(request)
    batch = get_object_or_404(_visible(request), pk=pk)
    context: dict[str, Any] = {"batch": batch, "can_keep": can_keep(account, batch.area)}
    context["following"] = after(FACTS, account)
    if batch.state == BatchState.PREVIEW:
        checked = fact_import.preview_workbook(batch, by=account, today=timezone.localdate())
        context |= _shown(checked, request.GET.get("show", ""), request.GET.get("page"))
    else:
        context["page"] = Paginator(batch.left_out, PAGE).get_page(request.GET.get("page"))
    return render(request, "enterprises/import.html", context)


def _shown(checked: CheckedWorkbook, show: str, number: str | None) -> dict[str, Any]:
    counts = checked.counts
    tabs = [(mark, label, counts[mark.value]) for mark, label in TABS]
    chosen = next((m for m, _l, n in tabs if m.value == show), None) or next(
        (m for m, _l, n in tabs if n), CellOutcome.REFUSED
    )
    rows = QUESTIONS if chosen == CellOutcome.ASKS else PAGE
    return {
        "checked": checked,
        "tabs": tabs,
        "chosen": chosen,
        "page": Paginator(checked.cells_with(chosen), rows).get_page(number),
        "ready": len(checked.facts),
        "refused": counts[CellOutcome.REFUSED.value],
        "asked": counts[CellOutcome.ASKS.value],
    }


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the import; the page that follows offers to undo it."""
    batch = get_object_or_404(_visible(request), pk=pk)
    done = _written(request, batch)
    message = _("已写入：新增 %(new)s 条，更正 %(corrected)s 条。") % {
        "new": done.new_count,
        "corrected": done.corrected_count,
    }
    messages.success(request, message)
    return redirect("batch", pk=pk)


def _written(request: HttpRequest, batch: FactBatch) -> FactBatch:
    account, now = account_of(request), timezone.now()
    if "all" in request.POST:
        return fact_import.write_all_as_they_are(batch, by=account, at=now)
    return fact_import.write_workbook(batch, as_they_are=request.POST.getlist("as_is"), by=account, at=now)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the whole import."""
    fact_batches.undo_batch(
        get_object_or_404(_visible(request), pk=pk), by=account_of(request), at=timezone.now()
    )
    messages.success(request, _("已整批撤销，更正过的数恢复原值。"))
    return redirect("batch", pk=pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard the import without writing it."""
    fact_batches.drop_batch(
        get_object_or_404(_visible(request), pk=pk), by=account_of(request), at=timezone.now()
    )
    messages.success(request, _("已放弃，没有写入任何数据。"))
    return redirect("fact-imports")


@require_GET
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploaded workbook with its errors marked."""
    batch = get_object_or_404(_visible(request), pk=pk)
    book = fact_import.error_workbook_of(batch, by=account_of(request), today=timezone.localdate())
    return workbook_answer(book, f"errors-{pk}.xlsx")
