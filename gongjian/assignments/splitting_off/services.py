"""Splitting one firm's part off a shared assignment (分出重办): same unit and task, new time limits."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Assignment
from gongjian.assignments.notices_to_units.services import tell_reopened
from gongjian.assignments.projection import append, locked, reason_given
from gongjian.assignments.queries import snapshot_of
from gongjian.engines.clock.deadlines import Recount, new_round, round_to_put_right
from gongjian.engines.clock.dues import RuleUsed
from gongjian.engines.clock.events import HandedOver
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.people.models import Account


def dues_after_dissatisfaction(row: Assignment, snapshot: Snapshot, start: datetime) -> Recount:
    """Time limits of a round after dissatisfaction: by the regime's limit for it, else by the same rule."""
    days = row.regime.recheck_working_days if row.regime else None
    calendar = current_calendar()
    if row.regime is None or days is None:
        return new_round(snapshot, start, calendar, due=None)
    return round_to_put_right(snapshot, start, calendar, working_days=days, regime=row.regime.name)


@transaction.atomic
def branch_off(assignment: Assignment, *, reason: str, by: Account | None, at: datetime) -> Assignment:
    """Hand over one firm's part of a shared assignment as its own; supporting units are not carried over."""
    row, reason = locked(assignment), reason_given(reason)
    before = snapshot_of(row)
    counted = dues_after_dissatisfaction(row, before, timezone.localtime(at))
    same_rule = RuleUsed(rule=before.rule, regime=before.regime_name, grade=before.grade_name)
    event = HandedOver(
        unit=row.lead_unit.name,
        unit_id=row.lead_unit.pk,
        person=row.responsible_person.name,
        person_id=row.responsible_person.pk,
        task=row.task,
        on_the_spot=False,
        rule_used=counted.rule_used or same_rule,
        dues=counted.dues,
        round=before.round + 1,
        branched_from=row.number,
        reason=reason,
    )
    new = Assignment(
        source=row.source,
        task=row.task,
        area=row.area,
        responsible_leader=row.responsible_leader,
        regime=row.regime,
        grade=row.grade,
        about=row.about,
        on_the_spot=False,
        handed_over_by=row.handed_over_by,
        handed_over_at=at,
    )
    new = append(new, event, by=by, at=at)
    tell_reopened(new, reason, by=by, at=at)
    return new
