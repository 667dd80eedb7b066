"""Introductions: making one, the ledger of them, the result of each."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.assignments.queries import readings
from gongjian.audit.queries import events_of
from gongjian.enterprises.queries import visible_to
from gongjian.ledgers.introductions.workbook import introduction_workbook
from gongjian.markets import perms, queries
from gongjian.markets import services as markets
from gongjian.markets.models import Introduction, Product
from gongjian.markets.rules import fit_of
from gongjian.markets.states import IntroductionResult, Side
from gongjian.people.models import Account
from gongjian.web.editing.saving import edit
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.forms import attempt
from gongjian.web.markets.forms import IntroductionFilter, ResultForm
from gongjian.web.paging import PAGE
from gongjian.web.problems.forms import HandOverForm
from gongjian.web.session import account_of


def introduce(request: HttpRequest, need: int, offer: int) -> HttpResponse:
    """Introduce two firms: the reason, and the task for the unit that brings them together."""
    account = account_of(request)
    wanted = get_object_or_404(queries.products_in_force(account, Side.BUYS), pk=need)
    offered = get_object_or_404(queries.products_in_force(account, Side.MAKES), pk=offer)
    form = HandOverForm(request.POST or None, account=account, initial={"task": _task(wanted, offered)})
    facts = (
        {name: value for name, value in form.cleaned_data.items() if name != "limit"}
        if form.is_valid()
        else {}
    )
    introduction = attempt(
        form, lambda: markets.introduce(wanted, offered, **facts, by=account, at=timezone.now())
    )
    if introduction:
        messages.success(request, _("已引荐并交办给%(unit)s。") % {"unit": introduction.assignment.lead_unit})
        return redirect("introduction", pk=introduction.pk)
    why = queries.match_reason(wanted, offered, fit_of(wanted.name, offered.name))
    context = {"need": wanted, "offer": offered, "why": why, "form": form}
    return render(request, "markets/introduce.html", context, status=422 if form.is_bound else 200)


def _task(need: Product, offer: Product) -> str:
    facts = {
        "buyer": need.enterprise.name,
        "need": need.name,
        "seller": offer.enterprise.name,
        "offer": offer.name,
    }
    return _("联系%(buyer)s（需%(need)s）与%(seller)s（产%(offer)s）对接，商谈送样、报价，反馈结果。") % facts


def _filtered(request: HttpRequest) -> IntroductionFilter:
    account = account_of(request)
    return IntroductionFilter(
        request.GET, queryset=queries.introductions_visible_to(account).order_by("-pk"), account=account
    )


@require_GET
def introductions(request: HttpRequest) -> HttpResponse:
    """The ledger of introductions, and how many led to a result."""
    chosen = _filtered(request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    lit = zip(rows, readings([row.assignment for row in rows], timezone.localdate()), strict=True)
    counted = dict(chosen.qs.order_by().values_list("result").annotate(n=Count("pk")))
    context = {
        "filter": chosen,
        "page": page,
        "rows": list(lit),
        "counts": [
            (result, f"introductions_{result.value.lower()}", counted.get(result, 0))
            for result in IntroductionResult
        ],
        "total": chosen.qs.aggregate(total=Sum("amount"))["total"],
    }
    part = "markets/_introductions.html" if getattr(request, "htmx", False) else "markets/introductions.html"
    return render(request, part, context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered ledger of introductions as an Excel workbook."""
    chosen = _filtered(request)
    content = introduction_workbook(chosen.qs, words=in_words(chosen.form), as_of=timezone.localtime())
    return workbook_answer(content, f"introductions-{timezone.localdate():%Y%m%d}.xlsx")


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """One introduction and its result."""
    account = account_of(request)
    introduction = get_object_or_404(queries.introductions_visible_to(account), pk=pk)

    def make(data: Any, row: Introduction) -> ResultForm:
        first = {"result": row.result, "amount": row.amount, "note": row.note}
        return ResultForm(data, initial=first, subjects=[row])

    def save(form: ResultForm, row: Introduction) -> Introduction:
        return markets.record_result(row, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = edit(request, introduction, make=make, save=save)
    if saved:
        messages.success(request, _("已记下对接结果。"))
        return redirect("introductions")
    context = _about(introduction, account=account, today=timezone.localdate()) | {"form": form}
    return render(request, "markets/introduction.html", context, status=422 if form.is_bound else 200)


def _about(introduction: Introduction, *, account: Account, today: date) -> dict[str, Any]:
    """An introduction, which of its two firms the account may look at, and the matter it became."""
    sides = [introduction.need.enterprise_id, introduction.offer.enterprise_id]
    return {
        "one": introduction,
        "can_tell": perms.can_record_result(account, introduction),
        "seen": set(visible_to(account).filter(pk__in=sides).values_list("pk", flat=True)),
        "reading": readings([introduction.assignment], today)[0],
        "events": events_of(introduction, introduction.assignment).order_by("-seq"),
    }
