"""Announced years: propose one, adopt it, and recount the open time limits it touches."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.events import RuleEvent
from gongjian.assignments.models import AnnouncedYear, Assignment
from gongjian.assignments.projection import apply
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.states import OPEN
from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.engines.clock.deadlines import dues_by_new_calendar
from gongjian.engines.clock.events import DueRecomputed
from gongjian.engines.workdays.announcements import BadNotice, parse_notice
from gongjian.people.models import Account


@transaction.atomic
def propose_year(text: str, *, by: Account, at: datetime) -> AnnouncedYear:
    """First step: check and store a year's notice; time limits are not recounted yet."""
    perms.check_calendar(by)
    try:
        notice = parse_notice(text)
    except BadNotice as bad:
        raise Refused(_(bad.template) % bad.values, field="text") from bad
    row = AnnouncedYear.objects.create(
        year=notice.year, text=text, document=notice.document, proposed_by=by, proposed_at=at
    )
    record(RuleEvent.YEAR_PROPOSED, subject=row, by=by, at=at, year=row.year, document=row.document)
    return row


@transaction.atomic
def adopt_year(row: AnnouncedYear, *, by: Account, at: datetime) -> int:
    """Second step: put the year in force and recount open time limits that reach into it. Returns how many changed."""
    perms.check_calendar(by)
    row = AnnouncedYear.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.adopted_at is not None:
        raise Refused(_("%(year)s年放假安排已经启用。") % {"year": row.year})
    row.adopted_by, row.adopted_at = by, at
    row.save(update_fields=["adopted_by", "adopted_at"])
    changed = recompute_due(year=row.year, by=None, at=at)
    record(RuleEvent.YEAR_ADOPTED, subject=row, by=by, at=at, year=row.year, recomputed=changed)
    return changed


@transaction.atomic
def recompute_due(*, year: int, by: Account | None, at: datetime) -> int:
    """Recount open time limits that are provisional or touch the year; returns how many changed."""
    calendar, changed = current_calendar(), 0
    for row in assignments_reaching(year).select_for_update(of=("self",)).order_by("pk"):
        snapshot = snapshot_of(row)
        counted = dues_by_new_calendar(snapshot, calendar)
        if counted is not None:
            event = DueRecomputed(before=row.due_on, dues=counted.dues, supports=counted.supports)
            apply(row, "recompute_due", event, by=by, at=at, snapshot=snapshot)
            changed += 1
    return changed


def assignments_reaching(year: int) -> QuerySet[Assignment]:
    """Open assignments whose dates a year's notice can change; a notice may cover days of the preceding December."""
    edge = date(year - 1, 12, 1)
    late = Q(due_on__gte=edge) | Q(next_grave_on__gte=edge)
    reaching = Q(provisional=True) | late & Q(handed_over_at__year__lte=year)
    return Assignment.objects.filter(reaching, state__in=OPEN)
