"""The ledger as it stood at the end of any day, and what changed between two days (台账回看), replayed from the events."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import snapshots_until
from gongjian.assignments.states import OPEN, Light, State
from gongjian.audit.models import Event
from gongjian.people.models import Area, Unit
from gongjian.people.queries import children
from gongjian.people.states import AreaLevel
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem
from gongjian.problems.queries import ANSWERED, DECLINED, NEW


@dataclass(frozen=True)
class ProblemOnDay:
    """One problem at the end of one day: its state (or NEW, ANSWERED, DECLINED), light, key of its lead unit, due day."""

    state: str
    light: Light | None = None
    unit: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class ProblemDifference:
    """One problem on two days; `before` is None when it was not yet recorded on the first."""

    problem: Problem
    before: ProblemOnDay | None
    after: ProblemOnDay


def end_of_day(day: date) -> datetime:
    """The first moment after a day, in local time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def problems_on(rows: QuerySet[Problem], day: date) -> dict[int, ProblemOnDay]:
    """Each problem recorded by the end of a day as it stood then, by the problem's key."""
    moment = end_of_day(day)
    assignments = _assignments_at(rows, moment)
    snapshots = snapshots_until(Assignment.objects.filter(pk__in=assignments.values()), moment)
    on_day = {}
    columns = ("pk", "answered_on", "declined")
    later = Event.objects.filter(name=ProblemEvent.IMPORTED, at__gte=moment).values("subject_id")
    known = rows.filter(recorded_at__lt=moment).exclude(
        pk__in=later
    )  # imported since: not in the ledger of that day
    for pk, answered_on, declined in known.order_by().values_list(*columns):
        snapshot = snapshots.get(assignments.get(pk, 0))
        if snapshot is not None:
            light = Light(snapshot.light_on(day))
            on_day[pk] = ProblemOnDay(snapshot.state, light, snapshot.unit, snapshot.due_on)
        else:
            ended = DECLINED if declined else ANSWERED
            on_day[pk] = ProblemOnDay(ended if answered_on and answered_on <= day else NEW)
    return on_day


def _assignments_at(rows: QuerySet[Problem], moment: datetime) -> dict[int, int]:
    """The key of the assignment that each problem had at a moment, by the problem's key."""
    names = (ProblemEvent.HANDED_OVER, ProblemEvent.TAKEN_BACK)
    events = Event.objects.filter(
        subject_kind=Problem._meta.label_lower,
        subject_id__in=rows.order_by().values("pk"),
        name__in=names,
        at__lt=moment,
    )
    assignments: dict[int, int] = {}
    for event in events.order_by("seq"):
        if event.name == ProblemEvent.HANDED_OVER:
            assignments[event.subject_id] = event.data["assignment"]
        else:
            assignments.pop(event.subject_id, None)
    return assignments


def light_counts(problems: Iterable[ProblemOnDay]) -> dict[Light, int]:
    """How many open problems showed each light; finished ones are left out."""
    counted = Counter(problem.light for problem in problems if problem.light not in (None, Light.DONE))
    return {light: counted[light] for light in Light if light != Light.DONE}


def state_counts(problems: Iterable[ProblemOnDay]) -> Counter[str]:
    """How many problems were in each state."""
    return Counter(problem.state for problem in problems)


def differences(
    rows: QuerySet[Problem], before: dict[int, ProblemOnDay], after: dict[int, ProblemOnDay]
) -> list[ProblemDifference]:
    """Every problem that stood differently on the later day, newest first."""
    changed = [pk for pk, on_day in after.items() if before.get(pk) != on_day]
    problems = rows.select_related("enterprise", "area").in_bulk(changed)
    return [
        ProblemDifference(problems[pk], before.get(pk), after[pk]) for pk in sorted(changed, reverse=True)
    ]


def unit_names(problems: Iterable[ProblemOnDay | None]) -> dict[int, str]:
    """Short names, by key, of the units that led these problems."""
    units = Unit.objects.filter(pk__in={problem.unit for problem in problems if problem and problem.unit})
    return {unit.pk: str(unit) for unit in units}


@dataclass(frozen=True)
class GroupOnTwoDays:
    """One area or unit on two days: how many problems were open, and how many of them red or dark red."""

    name: str
    open: tuple[int, int]
    red: tuple[int, int]


RED = (Light.RED, Light.DARK_RED)
TwoDays = tuple[dict[int, ProblemOnDay], dict[int, ProblemOnDay]]


def _group(name: str, days: TwoDays, belongs: Callable[[int, ProblemOnDay], bool]) -> GroupOnTwoDays:
    before, after = (
        [problem for pk, problem in day.items() if problem.state in OPEN and belongs(pk, problem)]
        for day in days
    )
    red = tuple(sum(problem.light in RED for problem in problems) for problems in (before, after))
    return GroupOnTwoDays(name, (len(before), len(after)), (red[0], red[1]))


def by_area(rows: QuerySet[Problem], days: TwoDays, area: Area | None) -> list[GroupOnTwoDays]:
    """Open and red problems of each area below (or the area itself) on both days; empty if `area` is None."""
    if area is None:
        return []
    areas = [child for child in children(area) if child.level != AreaLevel.TOWNSHIP] or [area]
    paths = dict(rows.order_by().values_list("pk", "area__path"))

    def inside(path: str) -> Callable[[int, ProblemOnDay], bool]:
        return lambda pk, _problem: paths.get(pk, "").startswith(path)

    return [_group(shown.name, days, inside(shown.path)) for shown in areas]


def by_unit(days: TwoDays, names: dict[int, str]) -> list[GroupOnTwoDays]:
    """Each unit that led an open problem on either day, those with most red problems first."""

    def led(unit: int) -> Callable[[int, ProblemOnDay], bool]:
        return lambda _pk, problem: problem.unit == unit

    groups = [_group(name, days, led(unit)) for unit, name in names.items()]
    return sorted(
        (group for group in groups if any(group.open)),
        key=lambda group: (-group.red[1], -group.open[1], group.name),
    )


STATE_ORDER = (NEW, *State.values, ANSWERED, DECLINED)
