"""Importing ledgers: upload, sheets, headings, unknown names, preview, result, undo."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.enterprises.models import FactBatch
from gongjian.imports import error_workbook, services
from gongjian.imports.comparing import ComparedLedger, compare
from gongjian.imports.models import ImportBatch
from gongjian.imports.perms import can_keep_import
from gongjian.imports.queries import batches_of, written_before
from gongjian.imports.reading.fields import FIELDS, is_for_people
from gongjian.imports.slips.queries import unused, without_slip
from gongjian.imports.states import MAY, ImportKind, ImportState, NameDecision, RowOutcome
from gongjian.imports.template_workbook import template_workbook
from gongjian.imports.writing.rules import broken_off
from gongjian.ledgers.fact_import import services as fact_import
from gongjian.web.enterprises.vocabulary import SOURCES
from gongjian.web.file_answers import workbook_answer
from gongjian.web.forms import attempt
from gongjian.web.imports import background
from gongjian.web.imports.answers import Answers, settle
from gongjian.web.imports.forms import LedgerForm
from gongjian.web.imports.order import FACTS, after
from gongjian.web.paging import FEW, PAGE
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of

MATCHED = "match:"
AGAIN = 2  # seconds after which a page of progress draws itself again


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    return get_object_or_404(batches_of(account_of(request)), pk=pk)


def imports(request: HttpRequest) -> HttpResponse:
    """The upload form, the blank ledgers, and the imports so far."""
    account = account_of(request)
    form = LedgerForm(
        request.POST or None,
        request.FILES or None,
        account=account,
        initial={"kind": request.GET.get("kind", "")},
    )
    if batch := attempt(form, lambda: _taken(request, form)):
        return redirect("batch" if isinstance(batch, FactBatch) else "import", pk=batch.pk)
    context = {
        "form": form,
        "kinds": [kind for kind in ImportKind if account.role in MAY[kind]],
        "batches": batches_of(account)[:PAGE],
    }
    return render(request, "imports/imports.html", context, status=422 if form.is_bound else 200)


def _taken(request: HttpRequest, form: LedgerForm) -> ImportBatch | FactBatch:
    upload = form.cleaned_data["file"]
    if form.cleaned_data["kind"] == FACTS:
        return fact_import.add_workbook(
            file_name=upload.name,
            file=upload.read(),
            source=form.cleaned_data["source"] or SOURCES[0],
            default=form.default_period,
            by=account_of(request),
            at=timezone.now(),
        )
    return services.take_in(
        kind=form.cleaned_data["kind"],
        file_name=upload.name,
        file=upload.read(),
        by=account_of(request),
        at=timezone.now(),
    )


@require_GET
def template(_request: HttpRequest, kind: str) -> HttpResponse:
    """The blank ledger of a kind."""
    if kind.upper() not in ImportKind.values:
        raise Http404(kind)
    return workbook_answer(template_workbook(kind.upper()), f"{kind.lower()}.xlsx")


@require_GET
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what it would write and what is open, or what it has written."""
    batch, account = _batch(request, pk), account_of(request)
    context: dict[str, Any] = {
        "batch": batch,
        "can_keep": can_keep_import(account, kind=batch.kind, area=batch.area),
        "outcomes": [(o, batch.counts.get(o.value, 0)) for o in RowOutcome],
    }
    if background.is_written(batch):
        return _progress(request, batch)
    if batch.state != ImportState.PREVIEW:
        context["page"] = Paginator(batch.refusals, PAGE).get_page(request.GET.get("page"))
        context |= {"without_slip": without_slip(batch).count(), "unused": unused(batch).count()}
        context |= {"following": after(batch.kind, account)}
        return render(request, "imports/result.html", context)
    compared = background.compared_now(batch, by=account, at=timezone.now())
    if compared is None:
        return _progress(request, batch)
    context |= _shown(compared, request) | {"before": written_before(batch)}
    return render(request, "imports/preview.html", context)


def _progress(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """How far a long import is; the page asks again by itself, with or without scripts."""
    job = background.job_of(batch)
    context: dict[str, Any] = {"batch": batch, "writing": batch.state == ImportState.WRITING}
    if job is not None and job.ended is None:
        context |= {"done": job.done, "of": job.of, "rate": job.rate, "left": job.left}
    else:
        context |= {"done": batch.done, "of": batch.to_write}
        context["broken_off"] = context["writing"] and broken_off(batch.told_at, timezone.now())
    response = render(request, "imports/progress.html", context)
    if not context.get("broken_off"):
        response["Refresh"] = str(AGAIN)
    return response


def _shown(compared: ComparedLedger, request: HttpRequest) -> dict[str, Any]:
    counts = compared.counts
    tabs = [(outcome, counts[outcome.value]) for outcome in RowOutcome]
    wanted = request.GET.get("show", "")
    chosen = next((o for o, _n in tabs if o.value == wanted), None) or next(
        (o for o, n in tabs if n), RowOutcome.REFUSED
    )
    return {
        "compared": compared,
        "sheets": [
            *(s.name for s in compared.ledger.sheets),
            *compared.ledger.others,
            *compared.ledger.hidden,
        ],
        "tabs": tabs,
        "chosen": chosen,
        "page": Paginator(compared.with_outcome(chosen), FEW).get_page(request.GET.get("page")),
        "ready": len(compared.to_write),
        "left": sum(counts[o.value] for o in error_workbook.NOT_WRITTEN),
        "lacking": len(compared.lacking),
        "unknown": compared.unknown[:FEW],
        "unknown_number": len(compared.unknown),
        "open_names": len(compared.names.undecided),
        "askable": chosen == RowOutcome.DOUBT and any(plan.questions for plan in compared.plans),
        **_columns(compared),
        "fields": FIELDS[compared.kind],
    }


def _columns(compared: ComparedLedger) -> dict[str, list[dict[str, Any]]]:
    """The columns that are read or are there for people, and before them those that might have been meant."""
    found: dict[str, list[dict[str, Any]]] = {"unread": [], "columns": []}
    for sheet in compared.ledger.sheets:
        for column, example in sheet.columns:
            unread = not column.field and not is_for_people(column.shown, compared.kind)
            line = {"sheet": sheet.name, "column": column, "example": example}
            found["unread" if unread else "columns"].append(line)
    return found


def _back(pk: int) -> HttpResponse:
    return redirect("import", pk=pk)


@require_POST
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the sheets that are read."""
    services.choose_sheets(
        _batch(request, pk), sheets=request.POST.getlist("sheets"), by=account_of(request), at=timezone.now()
    )
    return _back(pk)


@require_POST
def headings(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what columns hold."""
    batch = _batch(request, pk)
    labels = {field.name: str(field.label) for field in FIELDS[ImportKind(batch.kind)]}
    mine = {heading: field if field in labels else "" for heading, field in _pairs(request, "field")}
    given = settle(mine, dict(_pairs(request, "was")), batch.headings)
    services.choose_headings(batch, headings=given.kept, by=account_of(request), at=timezone.now())
    left = _("不读这一列")
    _tell(request, given, {heading: heading for heading in mine}, {"": left, **labels})
    return _back(pk)


def _pairs(request: HttpRequest, name: str, of: str = "heading") -> Iterator[tuple[str, str]]:
    return zip(request.POST.getlist(of), request.POST.getlist(name), strict=False)


def _tell(request: HttpRequest, given: Answers, called: Mapping[str, str], words: Mapping[str, str]) -> None:
    """Say which answers were not kept because another has given a different one meanwhile."""
    for question, (theirs, mine) in given.clashes.items():
        said = {
            "what": called.get(question, question),
            "theirs": words.get(theirs, theirs),
            "mine": words.get(mine, mine),
        }
        messages.warning(
            request,
            _(
                "您打开以后，别人已把“%(what)s”定为“%(theirs)s”，您选的是“%(mine)s”，没有改。确要改，请在这一页上再选一次。"
            )
            % said,
        )


@require_POST
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide what unknown names are."""
    batch, account, now = _batch(request, pk), account_of(request), timezone.now()
    if do := request.POST.get("all"):
        services.decide_all_names(batch, do=do, by=account, at=now)
    else:
        decided = {key: _as_choice(decision) for key, decision in batch.decisions.items()}
        given = settle(dict(_pairs(request, "do", "name")), dict(_pairs(request, "was", "name")), decided)
        kept = {key: _decision(do) for key, do in given.kept.items()}
        services.decide_names(batch, decisions=kept, by=account, at=now)
        called = dict(_pairs(request, "called", "name"))
        _tell(
            request, given, called, {"": _("请选择"), **{one.value: str(one.label) for one in NameDecision}}
        )
    return _back(pk)


def _as_choice(decision: Mapping[str, Any]) -> str:
    """The choice of the list that says this decision."""
    return f"{MATCHED}{decision['pk']}" if decision.get("pk") else str(decision.get("do", ""))


def _decision(do: str) -> dict[str, Any]:
    """What a choice of the list says: `match:7` is the record of this key."""
    if do.startswith(MATCHED) and (key := record_key(do.removeprefix(MATCHED))):
        return {"do": NameDecision.MATCH.value, "pk": key}
    return {"do": do if do in (NameDecision.CREATE, NameDecision.SKIP) else ""}


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm rows that are a question."""
    rows = request.POST.getlist("row")
    services.confirm_rows(_batch(request, pk), rows=rows, by=account_of(request), at=timezone.now())
    return _back(pk)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the import; the page that follows offers to undo it."""
    done = background.write(_batch(request, pk), by=account_of(request), at=timezone.now())
    if done is None:
        return _back(pk)
    counts = {"created": done.counts.get("CREATED", 0), "changed": done.counts.get("CHANGED", 0)}
    message = _("已写入：新增 %(created)s 行，修改 %(changed)s 行。") % counts
    messages.success(request, message)
    return _back(pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the whole import back."""
    services.undo(_batch(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("已整批撤销：新增的已删去，改过的已恢复原值。"))
    return _back(pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard the import without writing it."""
    services.drop(_batch(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("已放弃，没有写入任何数据。"))
    return redirect("imports")


@require_GET
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The uploaded file with the rows marked that are not written."""
    batch, account = _batch(request, pk), account_of(request)
    job = background.job_of(batch)
    known = job.compared if job else None
    compared = known or compare(batch, by=account, today=timezone.localdate())
    refusals = batch.refusals if batch.state != ImportState.PREVIEW else error_workbook.refusals_of(compared)
    return workbook_answer(error_workbook.error_workbook(batch, compared, refusals), f"errors-{pk}.xlsx")
