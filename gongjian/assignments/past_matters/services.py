"""Takes a matter of an older ledger in as it stood (导入往年事项). One event keeps its days; nobody is told, nothing is asked again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.events import AssignmentEvent, PastMatterEvent
from gongjian.assignments.models import Assignment
from gongjian.assignments.projection import append, locked
from gongjian.assignments.queries import history
from gongjian.assignments.states import Outcome, Source
from gongjian.assignments.supporting_units.services import supports_for
from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.audit.wording import day_in_words, source_word
from gongjian.engines.clock import states as clock
from gongjian.engines.clock.deadlines import opening_dues
from gongjian.engines.clock.dues import RuleUsed
from gongjian.engines.clock.events import Imported
from gongjian.engines.clock.supporting_units import SupportDue
from gongjian.people.models import Account, Area, Person, Unit

MORNING = time(9)


@dataclass(frozen=True)
class PastMatter:
    """What an older ledger says of a matter. Without `due` the rates leave it out; an open one needs it."""

    task: str
    lead_unit: Unit
    responsible_person: Person
    handed_on: date
    due: date | None = None
    supporting_units: Sequence[Unit] = ()
    responsible_leader: Person | None = None
    resolved_on: date | None = None
    outcome: Outcome | None = None
    closed_on: date | None = None
    text: str = ""

    @property
    def ended_on(self) -> date | None:
        """The day it was closed or resolved."""
        return self.closed_on or self.resolved_on

    @property
    def lacks(self) -> tuple[str, ...]:
        """What rates need and is not known."""
        if self.ended_on is None:
            return ()
        wanted = {"due": self.due, "resolved_on": self.resolved_on, "outcome": self.outcome}
        return tuple(name for name, value in wanted.items() if not value)


def morning_of(day: date) -> datetime:
    """The moment that stands for a day of which the hour is not known."""
    return timezone.make_aware(datetime.combine(day, MORNING))


@transaction.atomic
def import_past(matter: PastMatter, *, area: Area, by: Account, at: datetime) -> Assignment:
    """Take a matter in as it stood; refused where its days contradict each other, or an open one has no limit."""
    perms.check_assign(by, area)
    _check_days(matter)
    start = morning_of(matter.handed_on)
    due = matter.due or matter.ended_on
    if due is None:
        raise Refused(_("还没有办结的要写办理时限。"), field="due")
    dues = opening_dues((), start, current_calendar(), due=max(due, matter.handed_on))
    event = Imported(
        unit=matter.lead_unit.name,
        unit_id=matter.lead_unit.pk,
        person=matter.responsible_person.name,
        person_id=matter.responsible_person.pk,
        task=matter.task,
        on_the_spot=False,
        rule_used=RuleUsed(rule=(), regime="", grade=""),
        dues=dues,
        supports=_supports(matter, dues.due),
        since=matter.handed_on,
        text=matter.text,
        resolved_on=matter.resolved_on,
        outcome=clock.Outcome(matter.outcome.value) if matter.outcome else None,
        outcome_word=source_word(matter.outcome.label) if matter.outcome else "",
        closed_on=matter.closed_on,
        lacks=matter.lacks,
    )
    row = Assignment(
        source=Source.PROBLEM,
        task=matter.task,
        area=area,
        responsible_leader=matter.responsible_leader,
        handed_over_by=by,
        handed_over_at=start,
    )
    return append(row, event, by=by, at=at)


def _check_days(matter: PastMatter) -> None:
    named = (
        (_("办结时间"), matter.resolved_on, matter.handed_on),
        (_("销号时间"), matter.closed_on, matter.resolved_on or matter.handed_on),
        (_("办理时限"), matter.due, matter.handed_on),
    )
    for label, day, earliest in named:
        if day is not None and day < earliest:
            raise Refused(
                _("%(label)s %(day)s 早于 %(earliest)s。请核对。")
                % {"label": label, "day": day_in_words(day), "earliest": day_in_words(earliest)}
            )


def _supports(matter: PastMatter, due: date) -> tuple[SupportDue, ...]:
    """What the supporting units owed; nothing any more once the matter has ended."""
    others = [unit for unit in matter.supporting_units if unit != matter.lead_unit]
    owed = supports_for(others, lead_unit=matter.lead_unit, regime=None, start=matter.handed_on, due=due)
    if matter.ended_on is None:
        return owed
    return tuple(
        replace(support, state=clock.SupportState.REPLIED, replied_on=matter.ended_on) for support in owed
    )


@transaction.atomic
def take_back_import(assignment: Assignment, *, by: Account, at: datetime) -> None:
    """Remove an imported matter with which nobody has gone on."""
    row = locked(assignment)
    perms.check_assign(by, row.area)
    if not _untouched(row):
        raise Refused(_("任务%(number)s导入后又有人办过，不能撤销。") % {"number": row.number})
    record(PastMatterEvent.TAKEN_BACK, subject=row, by=by, at=at, number=row.number, task=row.task)
    row.delete()


def _untouched(row: Assignment) -> bool:
    return [event.name for event in history(row)] == [AssignmentEvent.IMPORTED]
