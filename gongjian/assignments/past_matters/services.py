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
from gongjian.assignments.projection import put_columns, supports_of
from gongjian.assignments.states import Outcome, Source
from gongjian.assignments.supporting_units.services import supports_for
from gongjian.audit import Refused
from gongjian.audit.creating_together import create_together
from gongjian.audit.queries import event_names
from gongjian.audit.services import WhatHappened, next_number, record_together, shown_name
from gongjian.audit.wording import day_in_words, source_word
from gongjian.engines.clock import states as clock
from gongjian.engines.clock.deadlines import opening_dues
from gongjian.engines.clock.dues import RuleUsed
from gongjian.engines.clock.events import Happened, Imported
from gongjian.engines.clock.fold import fold
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.clock.supporting_units import SupportDue
from gongjian.engines.workdays.calendar import Calendar
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
    check_past(matter, area=area, by=by)
    (row,) = import_past_together([(matter, area)], by=by, at=at)
    return row


@transaction.atomic
def import_past_together(
    matters: Sequence[tuple[PastMatter, Area]], *, served: int = 0, by: Account, at: datetime
) -> list[Assignment]:
    """Take many matters in, each with its area; `check_past` was asked of each before.

    `served`: how many problems the caller puts under each of them, in this transaction.
    """
    calendar, seq = current_calendar(), next_number()
    rows: list[tuple[Assignment, Snapshot]] = []
    events: list[Imported] = []
    for area in {area for _matter, area in matters}:
        perms.check_assign(by, area)
    for matter, area in matters:
        event = _imported(matter, calendar)
        row = Assignment(
            source=Source.PROBLEM,
            task=matter.task,
            area=area,
            lead_unit=matter.lead_unit,
            responsible_person=matter.responsible_person,
            responsible_leader=matter.responsible_leader,
            handed_over_by=by,
            handed_over_at=morning_of(matter.handed_on),
            last_event=seq + len(rows),
            served=served,
        )
        happened = Happened(event=event, at=timezone.localtime(at), by=shown_name(by))
        rows.append((row, put_columns(row, fold(None, happened))))
        events.append(event)
    made = create_together([row for row, _after in rows])
    create_together([support for row, after in rows for support in supports_of(row, after)])
    told = [
        WhatHappened(AssignmentEvent.IMPORTED, row, e.as_data()) for row, e in zip(made, events, strict=True)
    ]
    record_together(told, by=by, at=at)
    return list(made)


def check_past(matter: PastMatter, *, area: Area, by: Account) -> None:
    """Refused where the days of a matter contradict each other, or an open one has no limit."""
    perms.check_assign(by, area)
    _check_days(matter)
    if matter.due is None and matter.ended_on is None:
        raise Refused(_("还没有办结的要写办理时限。"), field="due")


def _imported(matter: PastMatter, calendar: Calendar) -> Imported:
    start = morning_of(matter.handed_on)
    due = matter.due or matter.ended_on or matter.handed_on
    dues = opening_dues((), start, calendar, due=max(due, matter.handed_on))
    return Imported(
        unit=matter.lead_unit.name,
        unit_id=matter.lead_unit.pk,
        person=matter.responsible_person.name,
        person_id=matter.responsible_person.pk,
        task=matter.task,
        on_the_spot=False,
        rule_used=RuleUsed(rule=(), regime="", grade=""),
        dues=dues,
        supports=_supports(matter, dues.due, calendar),
        since=matter.handed_on,
        text=matter.text,
        resolved_on=matter.resolved_on,
        outcome=clock.Outcome(matter.outcome.value) if matter.outcome else None,
        outcome_word=source_word(matter.outcome.label) if matter.outcome else "",
        closed_on=matter.closed_on,
        lacks=matter.lacks,
    )


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


def _supports(matter: PastMatter, due: date, calendar: Calendar) -> tuple[SupportDue, ...]:
    """What the supporting units owed; nothing any more once the matter has ended."""
    others = [unit for unit in matter.supporting_units if unit != matter.lead_unit]
    if not others:
        return ()
    owed = supports_for(
        others, lead_unit=matter.lead_unit, regime=None, start=matter.handed_on, due=due, calendar=calendar
    )
    if matter.ended_on is None:
        return owed
    return tuple(
        replace(support, state=clock.SupportState.REPLIED, replied_on=matter.ended_on) for support in owed
    )


@transaction.atomic
def take_back_imports(matters: Sequence[Assignment], *, by: Account, at: datetime) -> None:
    """Remove imported matters with which nobody has gone on; refused, and nothing is removed, when somebody has with one."""
    keys = [row.pk for row in matters]
    rows = list(Assignment.objects.select_for_update(of=("self",)).select_related("area").filter(pk__in=keys))
    for area in {row.area for row in rows}:
        perms.check_assign(by, area)
    names = event_names(rows)
    for row in rows:
        if names[row.pk] != [AssignmentEvent.IMPORTED]:
            raise Refused(_("任务%(number)s导入后又有人办过，不能撤销。") % {"number": row.number})
    Assignment.objects.filter(pk__in=keys).delete()
    told = [
        WhatHappened(PastMatterEvent.TAKEN_BACK, row, {"number": row.number, "task": row.task})
        for row in rows
    ]
    record_together(told, by=by, at=at)
