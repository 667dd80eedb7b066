"""Requests for progress (要进展): each one is counted, and refused while the last report is recent."""

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


def count_demanded_reports(
    row: Assignment,
    checkpoints: Iterable[CheckpointDue],
    *,
    before: Iterable[CheckpointDue] = (),
    by: Account,
    at: datetime,
) -> None:
    """Count the reports the rule newly demands: at the hand-over, and each time a repeating checkpoint opens again."""
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


def check_reminder(row: Assignment, *, text: str, at: datetime) -> None:
    """Raises Refused for a reminder without text if the present unit reported recently and nothing is late."""
    today = timezone.localdate(at)
    if text.strip() or row.next_due_on < today:
        return
    told = [Name.REPORTED.value, Name.REASSIGNED.value, Name.TAKEN_OVER.value]
    since = at - timedelta(days=fresh_days(AskingKind.REPORT))
    report = events_of(row).filter(name__in=told, at__gte=since).order_by("seq").last()
    if report is not None and report.name == Name.REPORTED.value:
        raise Refused(
            _("%(unit)s %(on)s刚反馈过进展：%(text)s。不必再催；确需再催请写明要问什么。")
            % {
                "unit": row.lead_unit.name,
                "on": timezone.localdate(report.at).isoformat(),
                "text": report.data["text"][:60],
            },
            field="text",
        )
