"""The ledger of payouts: filters, sums, one payout and its moves, many at once, Excel and Word."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.audit.wording import paper_words
from gongjian.bulletins.policies.paper import payment_paper
from gongjian.ledgers.payouts.workbook import payout_workbook
from gongjian.policies import perms
from gongjian.policies import services as policies
from gongjian.policies.models import Payout
from gongjian.policies.payouts.queries import payouts_visible_to, sums_by_state
from gongjian.policies.states import PAYOUT_MOVES
from gongjian.web.file_answers import word_answer, workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.forms import attempt
from gongjian.web.paging import FEW as PAGE
from gongjian.web.policies.forms import PayoutFilter, PayoutForm, PayoutMoveForm
from gongjian.web.record_keys import record_keys
from gongjian.web.session import account_of

BULK = {"approve": policies.approve_many, "pay": policies.pay_many}


def filtered(request: HttpRequest) -> PayoutFilter:
    """The ledger as the address filters it, for this account."""
    account = account_of(request)
    return PayoutFilter(request.GET, queryset=payouts_visible_to(account), account=account)


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """One page of the ledger of payouts, and the total in each state."""
    chosen = filtered(request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "sums": sums_by_state(chosen.qs),
        "today": timezone.localdate(),
    }
    part = "policies/_payouts.html" if getattr(request, "htmx", False) else "policies/payouts.html"
    return render(request, part, context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered ledger as an Excel workbook."""
    chosen = filtered(request)
    book = payout_workbook(chosen.qs, words=in_words(chosen.form), as_of=timezone.localtime())
    return workbook_answer(book, f"payouts-{timezone.localdate():%Y%m%d}.xlsx")


@require_GET
def word(request: HttpRequest) -> HttpResponse:
    """The filtered ledger as a list for payment, with reasons firm by firm."""
    with paper_words(str(account_of(request).reads_area or "")):
        paper = payment_paper(filtered(request).qs, on=timezone.localdate())
    return word_answer(paper, f"payment-list-{timezone.localdate():%Y%m%d}.docx")


def new(request: HttpRequest) -> HttpResponse:
    """Record an application for a payout."""
    account = account_of(request)
    form = PayoutForm(request.POST or None, account=account, initial={"on": timezone.localdate()})
    if payout := attempt(form, lambda: policies.apply(**form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已登记。"))
        return redirect("payout", pk=payout.pk)
    return render(request, "policies/payout_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _load(request: HttpRequest, pk: int) -> Payout:
    return get_object_or_404(payouts_visible_to(account_of(request)), pk=pk)


def _page(request: HttpRequest, payout: Payout, refused: PayoutMoveForm | None = None) -> HttpResponse:
    account = account_of(request)
    today: dict[str, Any] = {"initial": {"on": timezone.localdate()}}
    moves = [
        (
            m.verb,
            m.label,
            refused
            if refused and refused.verb == m.verb
            else PayoutMoveForm(verb=m.verb, prefix=m.verb, **today),
        )
        for m in PAYOUT_MOVES
        if perms.can_payout(account, payout, m.verb)
    ]
    context = {"payout": payout, "moves": moves, "events": events_of(payout).order_by("-seq")}
    return render(request, "policies/payout.html", context, status=422 if refused else 200)


@require_GET
def payout(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one payout."""
    return _page(request, _load(request, pk))


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Approve, pay or return one payout."""
    if verb not in {m.verb for m in PAYOUT_MOVES}:
        raise Http404
    payout, account = _load(request, pk), account_of(request)
    form = PayoutMoveForm(request.POST, verb=verb, prefix=verb)
    service = getattr(policies, verb)
    if attempt(form, lambda: service(payout, **form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已办理。"))
        return redirect("payout", pk=pk)
    return _page(request, payout, form)


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Make one move on every ticked payout; those that cannot make it are reported."""
    account, verb = account_of(request), request.POST.get("verb", "")
    if verb not in BULK:
        raise Refused(_("请选择批量核准或批量记拨付。"))
    rows = payouts_visible_to(account).filter(pk__in=record_keys(request.POST.getlist("rows")))
    done, refused = BULK[verb](rows, on=_day(request), by=account, at=timezone.now())
    if done:
        messages.success(request, ngettext("已办理%(n)s笔。", "已办理%(n)s笔。", done) % {"n": done})
    for sentence in refused[:3]:
        messages.error(request, sentence)
    return redirect("payouts")


def _day(request: HttpRequest) -> date:
    try:
        return parse_date(request.POST.get("on", "")) or timezone.localdate()
    except ValueError as wrong:
        raise Refused(_("请填写有效的日期，如 2026-11-24。")) from wrong
