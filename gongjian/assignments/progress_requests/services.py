"""Progress asked of a unit (要进展): every report a regime or a reminder demands is counted, and a fresh one is not asked for again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.events import AssignmentEvent as Name
from gongjian.assignments.models import Assignment
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.engines.clock.checkpoints import CheckpointDue
from gongjian.engines.clock.states import MetBy
from gongjian.enterprises.burden.services import fresh_days, record_asking
from gongjian.enterprises.states import AskingKind
from gongjian.people.models import Account


def count_demanded(
    row: Assignment,
    checkpoints: Iterable[CheckpointDue],
    *,
    before: Iterable[CheckpointDue] = (),
    by: Account,
    at: datetime,
) -> None:
    """Reports the rule demands that it did not demand before: at the hand-over, and each time a repeating one opens anew."""
    known = {(checkpoint.key, checkpoint.nth) for checkpoint in before}
    demanded = [
        checkpoint
        for checkpoint in checkpoints
        if checkpoint.met_by == MetBy.REPORT and (checkpoint.key, checkpoint.nth) not in known
    ]
    if demanded:
        record_asking(
            kind=AskingKind.REPORT, what=row.number, of=row.lead_unit, questions=len(demanded), by=by, at=at
        )


def check_stale(row: Assignment, *, text: str, at: datetime) -> None:
    """Not to be reminded of what was reported a moment ago while nothing is late; a word of why lets it through."""
    today = timezone.localdate(at)
    if text.strip() or row.next_due_on < today:
        return
    last = events_of(row).filter(
        name=Name.REPORTED.value, at__gte=at - timedelta(days=fresh_days(AskingKind.REPORT))
    )
    report = last.order_by("seq").last()
    if report is not None:
        raise Refused(
            _("%(unit)s %(on)s刚反馈过进展：%(text)s。不必再催；确需再催请写明要问什么。")
            % {
                "unit": row.lead_unit.name,
                "on": timezone.localdate(report.at).isoformat(),
                "text": report.data["text"][:60],
            },
            field="text",
        )
