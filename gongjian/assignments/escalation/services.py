"""Escalation: thresholds, named superiors, and the run that takes each due step once and in order."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.escalation.queries import Superiors
from gongjian.assignments.events import RuleEvent
from gongjian.assignments.models import Assignment, Escalation, Ladder, Rung
from gongjian.assignments.projection import apply, locked
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.states import CLIMBING, Step
from gongjian.audit import Refused
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.engines.clock.events import Escalated
from gongjian.engines.clock.ladder import StepDue, Thresholds, steps_due, time_limit_bounds
from gongjian.engines.writing.excerpts import excerpt
from gongjian.notices import services as notices
from gongjian.people.models import Account, Person, Unit

TOLD_SENTENCES = {
    Step.REMINDER: gettext_noop("催办：%(number)s“%(task)s”的“%(next)s”应于%(due)s前完成，请抓紧。"),
    Step.SUPERVISION: gettext_noop(
        "督办：%(unit)s承办的%(number)s“%(task)s”已超期%(late)s个工作日，请%(to)s督促。"
    ),
    Step.INTERVIEW: gettext_noop(
        "约谈：%(unit)s承办的%(number)s“%(task)s”已超期%(late)s个工作日，请%(to)s约谈。"
    ),
}
SHOWN = 30


def current_thresholds() -> Thresholds:
    """The thresholds in force; the defaults where nobody has set any."""
    row = Ladder.objects.filter(pk=1).first()
    if row is None:
        return Thresholds()
    return Thresholds(row.reminder_before, row.supervision_after, row.interview_after)


def escalation_candidates(today: date, rule: Thresholds) -> QuerySet[Assignment]:
    """Assignments whose next step may be due today, so that the rest of the ledger is not read."""
    step_before = dict(zip(Step, ("", *Step), strict=False))
    wanted = Q(pk__in=[])
    for step, day in time_limit_bounds(today, rule, current_calendar()).items():
        wanted |= Q(climbed=step_before[Step(step)], next_due_on__lt=day)
    return Assignment.objects.filter(wanted, state__in=CLIMBING).order_by("pk")


def run_ladder(*, at: datetime) -> int:
    """Take every step that is due and return how many were taken; a second run on the same day takes none."""
    today, rule, calendar = timezone.localdate(at), current_thresholds(), current_calendar()
    if not calendar.is_working(today):
        return 0
    superiors, taken = Superiors(), 0
    for number in escalation_candidates(today, rule).values_list("pk", flat=True):
        with transaction.atomic():
            row = locked(Assignment(pk=number))
            due = steps_due(snapshot_of(row), today=today, thresholds=rule, calendar=calendar)
            for step_due in due:
                row = _climb(row, step_due, superiors, at=at)
            taken += len(due)
    return taken


@transaction.atomic
def escalate(assignment: Assignment, *, by: Account | None = None, at: datetime) -> Assignment:
    """Take the next step of one assignment if it is due (升级). Its dates stay as they are."""
    row, today = locked(assignment), timezone.localdate(at)
    perms.check_move(by, row, "escalate")
    due = steps_due(
        snapshot_of(row), today=today, thresholds=current_thresholds(), calendar=current_calendar()
    )
    return _climb(row, due[0], Superiors(), at=at) if due else row


def _climb(row: Assignment, due: StepDue, superiors: Superiors, *, at: datetime) -> Assignment:
    """Record the step as an event and as a row for lists, then tell the unit and the superior."""
    step, snapshot = Step(due.step), snapshot_of(row)
    person = superiors.of(row.lead_unit, step)
    late = max(0, current_calendar().working_days_between(row.next_due_on, timezone.localdate(at)))
    event = Escalated(
        step=due.step,
        step_word=source_word(step.label),
        cycle=snapshot.cycle,
        since=due.since,
        next=row.next_name,
        due=row.next_due_on,
        late=late,
        unit=row.lead_unit.name,
        to=str(person) if person else "",
        person_id=person.pk if person else None,
    )
    row = apply(row, "escalate", event, by=None, at=at, snapshot=snapshot)
    escalation = Escalation.objects.create(
        assignment=row,
        step=step,
        cycle=snapshot.cycle,
        since=due.since,
        due_on=row.next_due_on,
        next_name=row.next_name,
        late=late,
        unit=row.lead_unit,
        person=person,
        at=at,
        event=row.last_event,
    )
    _tell(row, escalation, person, at=at)
    return row


def _tell(row: Assignment, escalation: Escalation, person: Person | None, *, at: datetime) -> None:
    step = Step(escalation.step)
    accounts = list(person.accounts.filter(is_active=True)) if person else []
    notices.notify(
        to=[row.lead_unit, *accounts],
        key=f"escalation-{row.pk}-{escalation.cycle}-{step.value}",
        kind=step.value,
        sentence=TOLD_SENTENCES[step],
        values={
            "number": row.number,
            "task": excerpt(row.task, SHOWN),
            "next": row.next_name,
            "due": escalation.due_on.isoformat(),
            "unit": row.lead_unit.name,
            "late": escalation.late,
            "to": str(person) if person else _("督办领导"),
        },
        subject=row,
        by=None,
        at=at,
    )


# --- keeping it


@transaction.atomic
def set_thresholds(
    *, reminder_before: int, supervision_after: int, interview_after: int, by: Account, at: datetime
) -> Ladder:
    """Set when each step is due (升级阈值)."""
    perms.check_calendar(by)
    if not 1 <= supervision_after < interview_after:
        raise Refused(
            _("督办至少在超期1个工作日以后，约谈要在督办之后。请核对两个天数。"), field="interview_after"
        )
    row = Ladder.objects.filter(pk=1).first() or Ladder(pk=1)
    days = {
        "reminder_before": reminder_before,
        "supervision_after": supervision_after,
        "interview_after": interview_after,
    }
    changes = set_fields(row, days)
    row.save()
    facts = {"before": reminder_before, "supervision": supervision_after, "interview": interview_after}
    record(RuleEvent.LADDER_SET, subject=row, by=by, at=at, **facts, **changes)
    return row


@transaction.atomic
def name_superiors(
    units: Iterable[Unit], *, supervision: Person | None, interview: Person | None, by: Account, at: datetime
) -> int:
    """Set whom a step notifies (督办领导、约谈领导) for some units; None removes the name."""
    named = 0
    for unit in units:
        perms.check_name_superior(by, unit)
        values: dict[str, list[str]] = {}
        for step, person in ((Step.SUPERVISION, supervision), (Step.INTERVIEW, interview)):
            old = Rung.objects.filter(unit=unit, step=step).select_related("person").first()
            values[source_word(step.label)] = [str(old.person) if old else "", str(person or "")]
            Rung.objects.filter(unit=unit, step=step).delete()
            if person is not None:
                Rung.objects.create(unit=unit, step=step, person=person)
        named += 1
        facts = {"supervision": str(supervision or ""), "interview": str(interview or "")}
        values = {step: pair for step, pair in values.items() if pair[0] != pair[1]}
        record(RuleEvent.SUPERIORS_NAMED, subject=unit, by=by, at=at, unit=unit.name, values=values, **facts)
    return named
