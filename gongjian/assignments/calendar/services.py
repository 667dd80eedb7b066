"""Announced years: propose one, adopt it, and recount the open time limits it touches."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.calendar.stored_dues import counts_anew, recount_all
from gongjian.assignments.events import RuleEvent
from gongjian.assignments.models import AnnouncedYear, Assignment
from gongjian.assignments.notices_to_units.services import tell_counted_anew
from gongjian.assignments.projection import apply
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.states import OPEN
from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.engines.clock.deadlines import dues_by_new_calendar
from gongjian.engines.clock.events import DueRecomputed
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.workdays.announcements import BadNotice, parse_notice
from gongjian.people.models import Account, Unit


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
    """Second step: put the year in force and count every stored due anew, in every room. Returns how many changed."""
    perms.check_calendar(by)
    row = AnnouncedYear.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.adopted_at is not None:
        raise Refused(_("%(year)s年放假安排已经启用。") % {"year": row.year})
    row.adopted_by, row.adopted_at = by, at
    row.save(update_fields=["adopted_by", "adopted_at"])
    changed = recount_all(year=row.year, by=None, at=at)
    record(RuleEvent.YEAR_ADOPTED, subject=row, by=by, at=at, year=row.year, recomputed=changed)
    return changed


@counts_anew("assignments.Assignment", "assignments.Support")
@transaction.atomic
def recompute_due(*, year: int, by: Account | None, at: datetime) -> int:
    """Recount open time limits that are provisional or touch the year; returns how many changed."""
    calendar, changed, moved = current_calendar(), 0, Counter[Unit]()
    for row in (
        assignments_reaching(year).select_for_update(of=("self",)).select_related("lead_unit").order_by("pk")
    ):
        snapshot = snapshot_of(row)
        counted = dues_by_new_calendar(snapshot, calendar)
        if counted is not None:
            event = DueRecomputed(
                before=row.due_on, dues=counted.dues, supports=counted.supports, holds=counted.holds
            )
            apply(row, "recompute_due", event, by=by, at=at, snapshot=snapshot)
            changed += 1
            moved.update(_whose_due_moved(event, snapshot, row))
    tell_counted_anew(moved, year=year, by=by, at=at)
    return changed


def _whose_due_moved(event: DueRecomputed, before: Snapshot, row: Assignment) -> list[Unit]:
    """The units that owe something by another day than before."""
    units = [row.lead_unit] if event.dues.due != before.due_on else []
    was = {support.unit: support.due_on for support in before.supports}
    moved = [support.unit for support in event.supports or () if was.get(support.unit) != support.due_on]
    return [*units, *Unit.objects.filter(pk__in=moved)] if moved else units


def assignments_reaching(year: int) -> QuerySet[Assignment]:
    """Open assignments whose dates a year's notice can change; a notice may cover days of the preceding December."""
    edge = date(year - 1, 12, 1)
    late = Q(due_on__gte=edge) | Q(next_grave_on__gte=edge)
    reaching = Q(provisional=True) | late & Q(handed_over_at__year__lte=year)
    return Assignment.objects.filter(reaching, state__in=OPEN)
