"""The problem ledger: filters, search, sorting, paging, saved filters, export."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.ledgers.problems.workbook import problem_workbook
from gongjian.measures.batches import key_of
from gongjian.measures.lights import OF_PROBLEMS
from gongjian.measures.table import MEASURES
from gongjian.people.accounts.services import delete_filter, save_filter
from gongjian.people.models import Account, SavedFilter
from gongjian.people.states import Role
from gongjian.problems import queries
from gongjian.problems.models import Problem
from gongjian.problems.perms import RECORDERS
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.paging import PAGE
from gongjian.web.problems.forms import LedgerFilter
from gongjian.web.problems.ledger.shown_columns import DENSE, Shown, choose, keep, shown_to
from gongjian.web.problems.ledger.table_rows import drawn, headings
from gongjian.web.session import account_of
from gongjian.web.way_back import way_back


class CountedPages(Paginator):  # type: ignore[type-arg]
    """A paginator given its number of rows, which was counted together with the lights."""

    def __init__(self, rows: QuerySet[Problem], size: int, total: int) -> None:
        super().__init__(rows, size)
        self.count = total


def _saved(account: Account) -> QuerySet[SavedFilter]:
    """The account's own filters; none are asked for where it keeps none."""
    saved_filters = SavedFilter.objects.filter(account=account, page="problem-ledger")
    return saved_filters if getattr(account, "keeps_filters", True) else saved_filters.none()


def filtered(request: HttpRequest) -> LedgerFilter:
    """The ledger as the address filters it, for this account."""
    account, today = account_of(request), timezone.localdate()
    data = request.GET.copy()
    data.setdefault("sort", "-recorded")
    if number := data.get("closing"):  # filters saved before there was a table of measures
        data["measure"] = key_of(number)
    return LedgerFilter(data, queryset=queries.ledger(account, today=today), account=account, today=today)


def _about(chosen: LedgerFilter, shown: Shown) -> dict[str, Any]:
    asked = chosen.form.cleaned_data.get("measure") if chosen.form.is_valid() else None
    return {
        "filter": chosen,
        "words": in_words(chosen.form),
        "headings": headings(shown.columns),
        "shown": shown,
        "measure": MEASURES.get(asked or ""),
        "keys": OF_PROBLEMS,
    }


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """One page of the problem ledger; a partial request gets only the table."""
    chosen = filtered(request)
    rows, account = chosen.qs, account_of(request)
    counts = queries.counts(rows, today=timezone.localdate())
    page = CountedPages(rows, PAGE, counts.total).get_page(request.GET.get("page"))
    shown = queries.rows_of_page(cast("QuerySet[Problem]", page.object_list))
    lines = queries.with_readings(shown, today=timezone.localdate())
    columns = shown_to(request)
    context = _about(chosen, columns) | {
        "page": page,
        "lines": drawn(lines, ticks=account.role == Role.CLERK, columns=columns.columns),
        "counts": counts,
        "saved": _saved(account),
        "as_of": timezone.localtime(),
        "can_record": account.role in RECORDERS and account.writes_area_id is not None,
    }
    part = "problems/_ledger.html" if getattr(request, "htmx", False) else "problems/ledger.html"
    return render(request, part, context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered ledger as an Excel workbook."""
    chosen = filtered(request)
    book = problem_workbook(
        chosen.qs, words=in_words(chosen.form), as_of=timezone.localtime(), today=timezone.localdate()
    )
    return workbook_answer(book, f"problems-{timezone.localdate():%Y%m%d}.xlsx")


@require_POST
def show_columns(request: HttpRequest) -> HttpResponse:
    """Choose the columns of the ledger and how close its lines stand; `usual` goes back to the usual ones."""
    usual = "usual" in request.POST
    shown = (
        Shown() if usual else choose(request.POST.getlist("column"), dense=request.POST.get("lines") == DENSE)
    )
    return keep(redirect(way_back(request, reverse("problem-ledger"))), shown)


@require_POST
def keep_filter(request: HttpRequest) -> HttpResponse:
    """Save the current filter under a name."""
    name, query = request.POST.get("name", "").strip(), request.POST.get("query", "")
    save_filter(account_of(request), page="problem-ledger", name=name, query=query, at=timezone.now())
    messages.success(request, _("已存为常用筛选“%(name)s”。") % {"name": name})
    return redirect(f"{reverse('problem-ledger')}?{query}")


@require_POST
def drop_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved filter."""
    saved_filter = get_object_or_404(SavedFilter, pk=pk, account=account_of(request))
    delete_filter(saved_filter, by=account_of(request), at=timezone.now())
    return redirect("problem-ledger")
