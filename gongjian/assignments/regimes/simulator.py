"""The simulator (试算): what another version of a regime would do to the open ledger and would have done to last year's."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Assignment, Regime
from gongjian.assignments.queries import rules_of, stored_event, visible_to
from gongjian.assignments.states import OPEN, Light, State
from gongjian.audit.models import Event
from gongjian.engines.clock.events import Happened
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.clock.what_if import replay_under_rule
from gongjian.people.models import Account

YEAR = timedelta(days=365)
SEVERITY = {Light.DARK_RED: 0, Light.RED: 1, Light.YELLOW: 2, Light.GREEN: 3, Light.GREY: 4, Light.DONE: 5}


@dataclass(frozen=True)
class DueChange:
    """One open assignment that would change: its light and its dates, before and after."""

    assignment: Assignment
    light_before: Light
    light_after: Light
    next_before: str
    next_after: str
    due_before: date
    due_after: date
    moved: int  # working days the next time limit moves, negative earlier

    @property
    def light_changes(self) -> bool:
        """Whether the reader would see another light."""
        return self.light_before != self.light_after


@dataclass(frozen=True)
class LateChange:
    """One closed assignment whose lateness would differ."""

    assignment: Assignment
    late_before: bool
    due_before: date
    due_after: date


@dataclass(frozen=True)
class Simulation:
    """Result of a simulation: open matters that would change, and closed ones late, before and after."""

    open: int
    changes: list[DueChange]
    before: dict[Light, int]
    after: dict[Light, int]
    closed: int
    late_before: int
    late_after: int
    late_changes: list[LateChange]

    def listed_for(self, account: Account) -> tuple[list[DueChange], list[LateChange]]:
        """The changed matters whose pages the account may open, open ones and closed ones."""
        rows = [change.assignment.pk for change in self.changes]
        rows += [change.assignment.pk for change in self.late_changes]
        seen = set(visible_to(account).filter(pk__in=rows).values_list("pk", flat=True))
        return (
            [change for change in self.changes if change.assignment.pk in seen],
            [change for change in self.late_changes if change.assignment.pk in seen],
        )

    @property
    def lights_changed(self) -> int:
        """How many open assignments would show another light."""
        return sum(change.light_changes for change in self.changes)


Pair = tuple[Assignment, Snapshot, Snapshot]


def simulate(regime: Regime, grades: Sequence[Mapping[str, Any]], *, today: date) -> Simulation:
    """Recount every assignment under the regime with these grades. Nothing is written."""
    rows = Assignment.objects.filter(regime=regime).select_related("lead_unit")
    changes, before, after = _open(rows.filter(state__in=OPEN), grades, today)
    late, changed, closed = Counter[str](), [], 0
    for row, was, now in _pairs(rows.filter(state=State.CLOSED, closed_on__gt=today - YEAR), grades):
        closed += 1
        was_late, now_late = _late(was), _late(now)
        late.update(before=int(was_late), after=int(now_late))
        if was_late != now_late:
            changed.append(LateChange(row, was_late, was.due_on, now.due_on))
    return Simulation(
        sum(before.values()),
        changes,
        dict(before),
        dict(after),
        closed,
        late["before"],
        late["after"],
        changed,
    )


def _open(
    rows: QuerySet[Assignment], grades: Sequence[Mapping[str, Any]], today: date
) -> tuple[list[DueChange], Counter[Light], Counter[Light]]:
    calendar, changes = current_calendar(), []
    before, after = Counter[Light](), Counter[Light]()
    for row, was, now in _pairs(rows, grades):
        lights = Light(was.light_on(today)), Light(now.light_on(today))
        before[lights[0]] += 1
        after[lights[1]] += 1
        if lights[0] != lights[1] or was.next.due_on != now.next.due_on or was.due_on != now.due_on:
            moved = calendar.working_days_between(was.next.due_on, now.next.due_on)
            changes.append(
                DueChange(row, *lights, was.next.name, now.next.name, was.next.due_on, now.next.due_on, moved)
            )
    changes.sort(
        key=lambda change: (not change.light_changes, SEVERITY[change.light_after], change.assignment.pk)
    )
    return changes, before, after


def _late(snapshot: Snapshot) -> bool:
    return snapshot.resolved_on is not None and snapshot.resolved_on > snapshot.due_on


def _pairs(rows: QuerySet[Assignment], grades: Sequence[Mapping[str, Any]]) -> Iterator[Pair]:
    """Each assignment with its snapshot by its own rule and by the new one, both by today's calendar."""
    rules, calendar = rules_of(grades), current_calendar()
    known = {row.pk: row for row in rows}
    for pk, story in _stories(rows):
        row, events = known[pk], list(story)
        was = replay_under_rule(events, rule=None, calendar=calendar)
        rule = rules.get(row.grade)
        yield row, was, replay_under_rule(events, rule=rule, calendar=calendar) if rule is not None else was


def _stories(rows: QuerySet[Assignment]) -> Iterator[tuple[int, Iterator[Happened]]]:
    events = Event.objects.filter(
        subject_kind=Assignment._meta.label_lower,
        subject_id__in=rows.order_by().values("pk"),
        name__startswith="assignment.",
    ).order_by("subject_id", "seq")
    stored = events.values_list("subject_id", "name", "data", "at", "by_name").iterator()
    for pk, story in groupby(stored, key=lambda event: event[0]):
        yield pk, (stored_event(*event) for _pk, *event in story)
