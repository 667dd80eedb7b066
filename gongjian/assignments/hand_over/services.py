"""Handing over, reassigning, taking back (交办、改派、撤回). Each verb appends one event and writes the projection with it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.extensions.services import check_requested_day
from gongjian.assignments.models import Assignment, Regime
from gongjian.assignments.notices_to_units.services import (
    tell_assigned,
    tell_person_changed,
    tell_reassigned,
    tell_taken_over,
    tell_withdrawn,
)
from gongjian.assignments.progress_requests.services import count_demanded_reports
from gongjian.assignments.projection import append, apply, locked, open_move, reason_given
from gongjian.assignments.queries import rule_of, snapshot_of
from gongjian.assignments.states import Party, Source, State
from gongjian.assignments.supporting_units.services import supports_for
from gongjian.audit import Refused, required_text
from gongjian.engines.clock.checkpoints import RuleData
from gongjian.engines.clock.deadlines import days_rule, dues_after_extension, needs_a_date, opening_dues
from gongjian.engines.clock.dues import RuleUsed
from gongjian.engines.clock.events import HandedOver, PersonChanged, Reassigned, TakenOver, Withdrawn
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.clock.supporting_units import SupportDue, without_unit
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.queries import units_of, works_elsewhere


@transaction.atomic
def assign(
    *,
    source: Source,
    task: str,
    area: Area,
    lead_unit: Unit,
    supporting_units: Iterable[Unit] = (),
    responsible_person: Person,
    responsible_leader: Person | None = None,
    regime: Regime | None = None,
    grade: str = "",
    due: date | None = None,
    working_days: int | None = None,
    copied_to: Iterable[Unit] = (),
    about: Assignment | None = None,
    on_the_spot: bool,
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """Hand something over (交办) by the checkpoints of a grade, by `working_days`, or by `due`, which overrides the last."""
    perms.check_assign(by, area)
    start, rule = timezone.localtime(at), _rule(regime, grade, working_days)
    task = required_text(task, _("请写明交办任务。"), field="task")
    _check_own(regime)
    _check_parts(lead_unit, due, start.date(), rule=not needs_a_date(rule))
    across = reason_for_person(responsible_person, lead_unit, person_reason, start.date())
    dues = opening_dues(rule, start, current_calendar(), due=due)
    helpers, copied = list(dict.fromkeys(supporting_units)), list(copied_to)
    event = HandedOver(
        unit=lead_unit.name,
        unit_id=lead_unit.pk,
        person=responsible_person.name,
        person_id=responsible_person.pk,
        task=task,
        on_the_spot=on_the_spot,
        rule_used=_rule_used(rule, regime, grade),
        dues=dues,
        supports=supports_for(helpers, lead_unit=lead_unit, regime=regime, start=start.date(), due=dues.due),
        copied=tuple(unit.name for unit in copied),
        person_reason=across,
    )
    facts = {"source": source, "task": task, "area": area, "about": about, "on_the_spot": on_the_spot}
    under = {"responsible_leader": responsible_leader, "regime": regime, "grade": grade}
    row = Assignment(**facts, **under, handed_over_by=by, handed_over_at=at)
    row = append(row, event, by=by, at=at)
    row.copied_to.set(copied)
    count_demanded_reports(row, dues.checkpoints, by=by, at=at)
    tell_assigned(row, helpers=helpers, copied=copied, by=by, at=at)
    return row


def _rule_used(rule: tuple[RuleData, ...], regime: Regime | None, grade: str) -> RuleUsed:
    return RuleUsed(rule=rule, regime=regime.name if regime and rule else "", grade=_name(regime, grade))


def _rule(regime: Regime | None, grade: str, working_days: int | None = None) -> tuple[RuleData, ...]:
    """The grade's checkpoints, or the limit in working days; empty where the grade asks only for a date."""
    if working_days:
        return tuple(days_rule(working_days))
    rule = tuple(rule_of(regime, grade))
    return () if len(rule) == 1 and needs_a_date(rule) else rule


def _name(regime: Regime | None, grade: str) -> str:
    return next((entry["name"] for entry in regime.grades if entry["key"] == grade), "") if regime else ""


def reason_for_person(person: Person, unit: Unit, reason: str, today: date) -> str | None:
    """Why a person of another unit is responsible; None for one of this unit, Refused where no reason is given."""
    if not works_elsewhere(person, unit, on=today):
        return None
    where = _("、").join(str(each) for each in units_of(person, on=today)) or _("现无职务")
    ask = _("%(person)s不是%(unit)s的人（%(where)s）。请选%(unit)s的人；确需如此的，请写明跨单位的理由。")
    return required_text(
        reason, ask % {"person": person, "unit": unit, "where": where}, field="responsible_person"
    )


def _check_own(regime: Regime | None) -> None:
    if regime is not None and regime.in_library:
        raise Refused(
            _("%(name)s是别处的做法，本办没有采用。请改选本办的时限制度，或先采用它。")
            % {"name": regime.name},
            field="limit",
        )


def _check_parts(unit: Unit, due: date | None, today: date, *, rule: bool) -> None:
    if unit.disabled_on is not None and unit.disabled_on <= today:
        raise Refused(_("%(unit)s已停用。请选现在的承办单位。") % {"unit": unit.name}, field="lead_unit")
    if due is None and not rule:
        raise Refused(_("请选一种时限制度，或填办理时限。"), field="due")
    check_requested_day(due, today, field="due")


def _check_other_unit(
    row: Assignment, unit: Unit, person: Person, person_reason: str, *, due: date | None, today: date
) -> str | None:
    """Check the unit and person a matter goes to; returns why a person of another unit is responsible, if one is."""
    if unit.pk == row.lead_unit_id:
        raise Refused(_("%(unit)s已经是牵头单位。请选另一个单位。") % {"unit": unit.name}, field="lead_unit")
    _check_parts(unit, due, today, rule=True)
    return reason_for_person(person, unit, person_reason, today)


def _supports_without(snapshot: Snapshot, unit: Unit) -> tuple[SupportDue, ...] | None:
    """The supporting units without the one that leads from now on; None if they stay as they are."""
    supports = without_unit(snapshot.supports, unit.pk)
    return supports if supports != snapshot.supports else None


@transaction.atomic
def reassign(
    assignment: Assignment,
    *,
    lead_unit: Unit,
    responsible_person: Person,
    reason: str,
    person_reason: str = "",
    due: date | None = None,
    by: Account,
    at: datetime,
) -> Assignment:
    """Pass it to another unit (改派). The time limit promised to the firm stays unless a new `due` is given."""
    row = open_move(assignment, "reassign", by=by)
    today = timezone.localdate(at)
    across = _check_other_unit(row, lead_unit, responsible_person, person_reason, due=due, today=today)
    snapshot, before, objected = snapshot_of(row), row.lead_unit, row.state == State.OBJECTED
    event = Reassigned(
        unit=lead_unit.name,
        unit_id=lead_unit.pk,
        person=responsible_person.name,
        person_id=responsible_person.pk,
        reason=reason_given(reason),
        dues=dues_after_extension(snapshot, due, current_calendar()) if due else None,
        supports=_supports_without(snapshot, lead_unit),
        person_reason=across,
    )
    row = append(row, event, by=by, at=at, snapshot=snapshot)
    tell_reassigned(row, before, event.reason, objected=objected, by=by, at=at)
    return row


@transaction.atomic
def take_over(
    assignment: Assignment,
    *,
    lead_unit: Unit,
    responsible_person: Person,
    reason: str,
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """Let another unit take the matter over as it stands (承接), where the old one ended: state, dates and rounds stay."""
    row = open_move(assignment, "take_over", by=by)
    today = timezone.localdate(at)
    across = _check_other_unit(row, lead_unit, responsible_person, person_reason, due=None, today=today)
    snapshot, before = snapshot_of(row), row.lead_unit
    event = TakenOver(
        unit=lead_unit.name,
        unit_id=lead_unit.pk,
        person=responsible_person.name,
        person_id=responsible_person.pk,
        reason=reason_given(reason),
        supports=_supports_without(snapshot, lead_unit),
        person_reason=across,
    )
    row = append(row, event, by=by, at=at, snapshot=snapshot)
    tell_taken_over(row, before, event.reason, by=by, at=at)
    return row


@transaction.atomic
def change_person(
    assignment: Assignment,
    *,
    responsible_person: Person,
    reason: str,
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """Make another person responsible (更换责任人); unit, state and dates stay. A person of another unit only by the office."""
    row = open_move(assignment, "change_person", by=by)
    before = row.responsible_person
    if responsible_person.pk == before.pk:
        raise Refused(
            _("%(name)s已经是责任人。请选另一个人。") % {"name": before.name}, field="responsible_person"
        )
    across = reason_for_person(responsible_person, row.lead_unit, person_reason, timezone.localdate(at))
    if across and Party.OFFICE not in perms.parties(by, row):
        raise Refused(
            _("责任人只能换成本单位的人。要换成别的单位的人，请告诉攻坚办。"), field="responsible_person"
        )
    event = PersonChanged(
        before=before.name,
        person=responsible_person.name,
        person_id=responsible_person.pk,
        reason=reason_given(reason),
        person_reason=across,
    )
    row = append(row, event, by=by, at=at)
    row.responsible_person = responsible_person
    tell_person_changed(row, before, event.reason, by=by, at=at)
    return row


@transaction.atomic
def withdraw(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Take it back before it is signed for (撤回交办)."""
    row = apply(locked(assignment), "withdraw", Withdrawn(reason=reason_given(reason)), by=by, at=at)
    tell_withdrawn(row, by=by, at=at)
    return row
