"""The rows behind a number: what the word means, for which scope it is counted, and every row it counts."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.audit import Refused
from gongjian.measures import queries
from gongjian.measures.measure import Measure, Scope
from gongjian.measures.states import Counts
from gongjian.measures.table import MEASURES
from gongjian.people.models import Account
from gongjian.web.assignments.table_rows import rows_with_clocks
from gongjian.web.measures.forms import ScopeForm
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of

TASK = ("lead_unit", "responsible_person")
RELATED: Mapping[Counts, tuple[str, ...]] = {
    Counts.TASKS: TASK,
    Counts.COPIES: TASK,
    Counts.SUPPORTS: ("assignment__lead_unit", "unit"),
    Counts.VISITS: ("area", "lead"),
    Counts.STOPS: ("visit__area", "enterprise"),
    Counts.FIRMS: ("area",),
    Counts.DRAFTS: ("article",),
    Counts.COMPLAINTS: ("area",),
    Counts.NOTICES: ("unit",),
    Counts.CALLS: ("problem__enterprise", "word"),
    Counts.PAYOUTS: ("enterprise", "version__policy"),
    Counts.INTRODUCTIONS: ("need__enterprise", "offer__enterprise"),
    Counts.ASKINGS: ("enterprise", "unit"),
}
URGENT = ("next_due_on", "pk")
ORDER: Mapping[Counts, tuple[str, ...]] = {
    Counts.TASKS: URGENT,
    Counts.COPIES: URGENT,
    Counts.SUPPORTS: ("due_on", "pk"),
    Counts.VISITS: ("-starts_on", "-pk"),
    Counts.STOPS: ("-visit__starts_on", "pk"),
}


@require_GET
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """The rows behind one number that the account may see, with the definition above them."""
    shown = MEASURES.get(key)
    if shown is None or shown.condition is None:
        raise Http404(key)
    if shown.counts == Counts.PROBLEMS:
        return redirect(f"{reverse('problem-ledger')}?{urlencode(request.GET.dict() | {'measure': key})}")
    scope = _scope(request)
    rows = queries.rows_of(key, scope).select_related(*RELATED[shown.counts])
    page = Paginator(rows.order_by(*ORDER.get(shown.counts, ("-pk",))), PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "measures/measure.html", _context(account_of(request), shown, scope, page))


def _scope(request: HttpRequest) -> Scope:
    form = ScopeForm(request.GET)
    if not form.is_valid():
        raise Refused(_("这个数字的范围写得不对。请从有这个数字的页面重新点开。"))
    chosen = form.cleaned_data
    return Scope(
        timezone.localdate(),
        first=chosen["first"],
        last=chosen["last"],
        account=account_of(request),
        area=chosen["area"],
        unit=chosen["unit"].pk if chosen["unit"] else None,
        firm=chosen["enterprise"].pk if chosen["enterprise"] else None,
    )


def _context(account: Account, shown: Measure, scope: Scope, page: Any) -> dict[str, Any]:
    tasks = shown.counts in (Counts.TASKS, Counts.COPIES)
    rows = rows_with_clocks({"rows": list(page)}, scope.today, account)["rows"] if tasks else page
    return {"measure": shown, "scope": scope, "page": page, "rows": rows, "kind": Counts(shown.counts).name}
