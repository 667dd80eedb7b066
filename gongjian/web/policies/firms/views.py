"""The firms of one policy: who qualifies or nearly does, whose data are missing; export, notice, payment."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gongjian.audit import Refused
from gongjian.enterprises.models import Enterprise
from gongjian.ledgers.policy_firms.workbook import policy_firms_workbook
from gongjian.policies import perms, queries
from gongjian.policies import services as policies
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.notices_to_firms.queries import notices_visible_to
from gongjian.policies.payouts.queries import not_yet_listed
from gongjian.policies.verdicts import queries as verdicts
from gongjian.policies.verdicts import results_in_memory
from gongjian.policies.verdicts.answers import FirmRow
from gongjian.web.file_answers import workbook_answer
from gongjian.web.forms import attempt
from gongjian.web.paging import FEW as PAGE
from gongjian.web.policies.forms import FirmsForm, NoticeForm
from gongjian.web.session import account_of


def _notified(n: int) -> str:
    return ngettext("已生成告知名单，%(n)s家。", "已生成告知名单，%(n)s家。", n) % {"n": n}


def _put_on_list(n: int) -> str:
    return ngettext("已列入台账%(n)s家。", "已列入台账%(n)s家。", n) % {"n": n}


def _load(pk: int) -> tuple[Policy, PolicyVersion]:
    policy = get_object_or_404(Policy, pk=pk)
    version = queries.current_version(policy, timezone.localdate())
    if version is None:
        raise Refused(_("这项政策还没有任何版本。请先起草。"))
    return policy, version


def _chosen(
    request: HttpRequest, version: PolicyVersion, at_hand: "results_in_memory.ResultsInMemory"
) -> tuple[FirmsForm, list[FirmRow], Any]:
    """The filter form, the rows it leaves, and the totals of all."""
    account, today = account_of(request), timezone.localdate()
    form = FirmsForm(request.GET, account=account)
    chosen = form.cleaned_data if form.is_valid() else {}
    ids = verdicts.visible_ids(account, area=chosen.get("area"), text=chosen.get("q", ""))
    rows = verdicts.firm_rows(version, on=today, ids=ids, at_hand=at_hand)
    totals = verdicts.totals_of_rows(rows)
    return form, verdicts.sorted_rows(rows, grade=chosen.get("grade", ""), by=chosen.get("sort", "")), totals


def _shown(
    version: PolicyVersion, rows: list[FirmRow], at_hand: "results_in_memory.ResultsInMemory"
) -> list[tuple[Enterprise, Any, Any]]:
    """Firms with their row and their standing, no query a firm."""
    firms = Enterprise.objects.select_related("area").in_bulk([row.pk for row in rows])
    pks = [row.pk for row in rows]
    verdicts_by_firm = verdicts.verdicts_under_version(pks, version, on=timezone.localdate(), at_hand=at_hand)
    return [(firms[row.pk], row, verdicts_by_firm[row.pk]) for row in rows if row.pk in firms]


@require_GET
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """One page of the list of firms."""
    (policy, version), results = _load(pk), results_in_memory.results_on(timezone.localdate())
    form, rows, totals = _chosen(request, version, results)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "policy": policy,
        "edition": version,
        "form": form,
        "totals": totals,
        "page": page,
        "rows": _shown(version, list(page.object_list), results),
        "as_of": results.stamp,
        "can_write": perms.can_write(account_of(request)),
    }
    part = "policies/_firms.html" if getattr(request, "htmx", False) else "policies/firms.html"
    return render(request, part, context)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The filtered list of firms as an Excel workbook."""
    (policy, version), results = _load(pk), results_in_memory.results_on(timezone.localdate())
    form, rows, _totals = _chosen(request, version, results)
    words = dict(form.fields["grade"].choices).get(form.data.get("grade", ""), "")  # type: ignore[attr-defined]
    book = policy_firms_workbook(
        policy, _shown(version, rows, results), words=str(words), as_of=timezone.localtime()
    )
    return workbook_answer(book, f"policy-{pk}-firms.xlsx")


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Notify a batch of firms; the list of them is kept and can be printed."""
    policy, version = _load(pk)
    account, today = account_of(request), timezone.localdate()
    rows = verdicts.firm_rows(version, on=today, ids=verdicts.visible_ids(account))
    explain = queries.sentence_for_firm(version)
    form = NoticeForm(request.POST or None, initial={"title": policy.title, "text": explain})
    if notice := attempt(form, lambda: _notify(version, rows, form.cleaned_data, account)):
        messages.success(request, _notified(len(notice.firms)))
        return redirect("policy-notice", pk=pk)
    context = {
        "policy": policy,
        "edition": version,
        "form": form,
        "totals": verdicts.totals_of_rows(rows),
        "notices": notices_visible_to(policy, account),
    }
    return render(request, "policies/notice.html", context, status=422 if form.is_bound else 200)


def _notify(version: PolicyVersion, rows: list[FirmRow], facts: dict[str, Any], account: Any) -> Any:
    chosen = [row for row in rows if row.grade in facts["grades"]]
    return policies.notify(
        version,
        title=facts["title"],
        text=facts["text"],
        rows=chosen,
        by=account,
        at=timezone.now(),
    )


def automatic(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows which firms are to be paid without an application, and why; then enters them in the ledger."""
    policy, version = _load(pk)
    account, today = account_of(request), timezone.localdate()
    due = verdicts.entitled_firms(version, on=today, ids=verdicts.visible_ids(account))
    period, refused = verdicts.period_of(version, on=today), ""
    due = not_yet_listed(due, version, period)
    if request.method == "POST":
        try:
            listed = policies.list_automatic(version, due=due, period=period, by=account, at=timezone.now())
            messages.success(request, _put_on_list(len(listed)))
            return redirect("payouts")
        except Refused as why:
            refused = why.sentence
    context = {"policy": policy, "due": due, "period": period, "total": sum(firm.amount for firm in due)}
    return render(
        request, "policies/automatic.html", context | {"refused": refused}, status=422 if refused else 200
    )
