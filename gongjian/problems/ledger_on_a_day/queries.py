"""The ledger as it stood at the end of any day, and what changed between two days (台账回看). Replayed from the events."""

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
class Standing:
    """One problem at the end of one day: its state (or NEW, ANSWERED, DECLINED), light, unit and due day."""

    state: str
    light: Light | None = None
    unit: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Difference:
    """One problem on two days; None where it was not yet recorded."""

    problem: Problem
    before: Standing | None
    after: Standing


def end_of(day: date) -> datetime:
    """The first moment after a day, in the city's time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def standings(rows: QuerySet[Problem], day: date) -> dict[int, Standing]:
    """How each problem recorded by then stood at the end of the day, by its number in the database."""
    moment = end_of(day)
    handed = _handed_over(rows, moment)
    snapshots = snapshots_until(Assignment.objects.filter(pk__in=handed.values()), moment)
    found = {}
    facts = ("pk", "answered_on", "declined")
    for pk, answered_on, declined in rows.filter(recorded_at__lt=moment).order_by().values_list(*facts):
        snapshot = snapshots.get(handed.get(pk, 0))
        if snapshot is not None:
            shown = Light(snapshot.light_on(day))
            found[pk] = Standing(snapshot.state, shown, snapshot.unit, snapshot.due_on)
        else:
            ended = DECLINED if declined else ANSWERED
            found[pk] = Standing(ended if answered_on and answered_on <= day else NEW)
    return found


def _handed_over(rows: QuerySet[Problem], moment: datetime) -> dict[int, int]:
    """Problem -> the assignment it had at a moment."""
    names = (ProblemEvent.HANDED_OVER, ProblemEvent.TAKEN_BACK)
    events = Event.objects.filter(
        subject_kind=Problem._meta.label_lower,
        subject_id__in=rows.order_by().values("pk"),
        name__in=names,
        at__lt=moment,
    )
    held: dict[int, int] = {}
    for event in events.order_by("seq"):
        if event.name == ProblemEvent.HANDED_OVER:
            held[event.subject_id] = event.data["assignment"]
        else:
            held.pop(event.subject_id, None)
    return held


def light_counts(found: Iterable[Standing]) -> dict[Light, int]:
    """Lights of what was open; finished ones are left out."""
    counted = Counter(one.light for one in found if one.light not in (None, Light.DONE))
    return {light: counted[light] for light in Light if light != Light.DONE}


def state_counts(found: Iterable[Standing]) -> Counter[str]:
    """How many stood in each state."""
    return Counter(one.state for one in found)


def differences(
    rows: QuerySet[Problem], before: dict[int, Standing], after: dict[int, Standing]
) -> list[Difference]:
    """Every problem that stood otherwise on the later day, newest first."""
    changed = [pk for pk, standing in after.items() if before.get(pk) != standing]
    problems = rows.select_related("enterprise", "area").in_bulk(changed)
    return [Difference(problems[pk], before.get(pk), after[pk]) for pk in sorted(changed, reverse=True)]


def unit_names(found: Iterable[Standing | None]) -> dict[int, str]:
    """Short names of the units that appear."""
    units = Unit.objects.filter(pk__in={one.unit for one in found if one and one.unit})
    return {unit.pk: str(unit) for unit in units}


@dataclass(frozen=True)
class Group:
    """One area or unit on two days: how many were open, and how many of them red."""

    name: str
    open: tuple[int, int]
    red: tuple[int, int]


RED = (Light.RED, Light.DARK_RED)
Days = tuple[dict[int, Standing], dict[int, Standing]]


def _group(name: str, days: Days, mine: Callable[[int, Standing], bool]) -> Group:
    kept = [[s for pk, s in found.items() if s.state in OPEN and mine(pk, s)] for found in days]
    (before, after) = kept
    red = tuple(sum(one.light in RED for one in listed) for listed in kept)
    return Group(name, (len(before), len(after)), (red[0], red[1]))


def by_area(rows: QuerySet[Problem], days: Days, area: Area | None) -> list[Group]:
    """Each area below (or itself) on both days."""
    if area is None:
        return []
    shown = [one for one in children(area) if one.level != AreaLevel.TOWNSHIP] or [area]
    paths = dict(rows.order_by().values_list("pk", "area__path"))

    def inside(path: str) -> Callable[[int, Standing], bool]:
        return lambda pk, _standing: paths.get(pk, "").startswith(path)

    return [_group(one.name, days, inside(one.path)) for one in shown]


def by_unit(days: Days, names: dict[int, str]) -> list[Group]:
    """Each unit that led something open on one of the days, the most red first."""

    def led(unit: int) -> Callable[[int, Standing], bool]:
        return lambda _pk, standing: standing.unit == unit

    found = [_group(name, days, led(unit)) for unit, name in names.items()]
    return sorted(
        (one for one in found if any(one.open)), key=lambda one: (-one.red[1], -one.open[1], one.name)
    )


STATE_ORDER = (NEW, *State.values, ANSWERED, DECLINED)
