"""The office's triage: new problems, objections, extensions, checks, closings, and what is late."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gongjian.assignments.lights.queries import light_filter
from gongjian.assignments.states import RUNNING, Light, State
from gongjian.problems import queries
from gongjian.problems.bulk.rules import UNDO_MINUTES
from gongjian.web.session import account_of

SHOWN = 60


@dataclass(frozen=True)
class Queue:
    """One queue of triage: its name, what to do, and whether its rows can be ticked for a bulk action."""

    key: str
    label: Any
    hint: Any
    bulk: str = ""


QUEUES = (
    Queue("new", _("待交办"), _("按 h 交办这一行，x 勾选后按 b 一次交办"), "hand_over"),
    Queue("objected", _("异议待裁定"), _("改派或裁定异议不成立")),
    Queue("extension", _("延期待批"), _("批准或不予延期")),
    Queue("check", _("待核查"), _("核查四问，通过或退回")),
    Queue("close", _("待销号"), _("企业评价齐了就可以销号")),
    Queue(
        "late",
        _("已超期"),
        format_lazy(_("x 勾选后按 r 一次催办，{minutes}分钟内可撤回"), minutes=UNDO_MINUTES),
        "remind",
    ),
)


def _conditions() -> dict[str, Q]:
    red = light_filter([Light.RED, Light.DARK_RED], timezone.localdate(), prefix="assignment__")
    return {
        "new": Q(assignment__isnull=True, answered_on__isnull=True),
        "objected": Q(assignment__state=State.OBJECTED),
        "extension": Q(assignment__extension_until__isnull=False, assignment__state=State.IN_PROGRESS),
        "check": Q(assignment__state=State.RESOLVED),
        "close": Q(assignment__state=State.CHECKED),
        "late": red & Q(assignment__state__in=RUNNING),
    }


@require_GET
def triage(request: HttpRequest) -> HttpResponse:
    """One queue at a time: the one asked for, or else the first that is not empty."""
    account, today = account_of(request), timezone.localdate()
    rows, conditions = queries.ledger(account, today=today), _conditions()
    counts = {queue.key: rows.filter(conditions[queue.key]).order_by().count() for queue in QUEUES}
    queue_key = request.GET.get("queue", "")
    chosen = next((q for q in QUEUES if q.key == queue_key), None) or next(
        (q for q in QUEUES if counts[q.key]), QUEUES[0]
    )
    order = ("pk",) if chosen.key == "new" else ("assignment__next_due_on", "pk")
    problems = rows.filter(conditions[chosen.key]).order_by(*order)[:SHOWN]
    context = {
        "queues": [(queue, counts[queue.key]) for queue in QUEUES],
        "chosen": chosen,
        "rows": queries.with_readings(problems, today=today),
        "total": counts[chosen.key],
    }
    return render(request, "triage/triage.html", context)
