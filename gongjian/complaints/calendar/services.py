"""Counts the due days of open complaints anew when a year's holidays are announced."""

from datetime import date, datetime

from django.db import transaction

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.calendar.stored_dues import counts_anew
from gongjian.audit.services import record
from gongjian.complaints.events import ComplaintEvent
from gongjian.complaints.models import Complaint
from gongjian.complaints.notices_to_units import tell_moved
from gongjian.complaints.rules import ANSWER_WITHIN
from gongjian.people.models import Account


def due_of(day: date) -> date:
    """The day by which a complaint that is made or reopened on `day` must be answered."""
    return current_calendar().add(day, ANSWER_WITHIN)


@counts_anew("complaints.Complaint")
@transaction.atomic
def recount_dues(*, year: int, by: Account | None, at: datetime) -> int:
    """Count the dues of open complaints anew; returns how many changed. A notice may cover days of the December before."""
    changed = 0
    open_ones = Complaint.objects.filter(answered_on__isnull=True, due_on__gte=date(year - 1, 12, 1))
    for complaint in open_ones.select_for_update(of=("self",)).select_related("area").order_by("pk"):
        reopened = complaint.earlier.order_by("-round").values_list("reopened_on", flat=True).first()
        before, due = complaint.due_on, due_of(reopened or complaint.made_on)
        if due == before:
            continue
        complaint.due_on = due
        complaint.save(update_fields=["due_on"])
        facts = {"before": before.isoformat(), "due": due.isoformat()}
        record(ComplaintEvent.DUE_RECOUNTED, subject=complaint, by=by, at=at, **facts)
        tell_moved(complaint, at=at)
        changed += 1
    return changed
