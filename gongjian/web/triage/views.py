"""The office's triage: new problems, objections, extensions, checks, closings, and what is late."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gongjian.measures import queries as measures
from gongjian.measures.measure import Scope
from gongjian.problems import queries
from gongjian.problems.bulk.rules import UNDO_MINUTES
from gongjian.web.paging import PAGE
from gongjian.web.problems.ledger.views import CountedPages
from gongjian.web.session import account_of


@dataclass(frozen=True)
class Queue:
    """One queue of triage: the measure it counts, what to do, and whether its rows can be ticked for a bulk action."""

    key: str
    measure: str
    hint: Any
    bulk: str = ""


QUEUES = (
    Queue("new", "new", _("按 h 交办这一行，x 勾选后按 b 一次交办"), "hand_over"),
    Queue("objected", "objected", _("改派或裁定异议不成立")),
    Queue("extension", "extension", _("批准或不予延期")),
    Queue("check", "to_check", _("核查四问，通过或退回")),
    Queue("close", "to_close", _("企业评价齐了就可以销号")),
    Queue(
        "late",
        "overdue",
        format_lazy(_("x 勾选后按 r 一次催办，{minutes}分钟内可撤回"), minutes=UNDO_MINUTES),
        "remind",
    ),
)


@require_GET
def triage(request: HttpRequest) -> HttpResponse:
    """One queue at a time: the one asked for, or else the first that is not empty."""
    account, today = account_of(request), timezone.localdate()
    scope = Scope(today, account=account)
    counts = measures.count_all([queue.measure for queue in QUEUES], scope)
    queue_key = request.GET.get("queue", "")
    chosen = next((q for q in QUEUES if q.key == queue_key), None) or next(
        (q for q in QUEUES if counts[q.measure]), QUEUES[0]
    )
    total = counts[chosen.measure].number
    order = ("pk",) if chosen.key == "new" else ("assignment__next_due_on", "pk")
    rows = measures.narrow(queries.ledger(account, today=today), chosen.measure, scope).order_by(*order)
    page = CountedPages(rows, PAGE, total).get_page(request.GET.get("page"))
    context = {
        "queues": [(queue, counts[queue.measure]) for queue in QUEUES],
        "chosen": chosen,
        "rows": queries.with_readings(page.object_list, today=today),
        "page": page,
    }
    return render(request, "triage/triage.html", context)
