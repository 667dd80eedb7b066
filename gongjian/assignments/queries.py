"""Reading assignments: what an account sees, lights in SQL, the clock in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Assignment, Escalation, Regime, Support
from gongjian.assignments.states import ENDED, OPEN, RUNNING, WAITING, Light, State
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of
from gongjian.engines.clock.ladder import CLIMBING
from gongjian.engines.clock.lights import SENTENCES, Because, CheckpointDue, light, timeline
from gongjian.engines.clock.replay import Snapshot, fold, read_clock
from gongjian.engines.clock.supporting_units import support_light
from gongjian.engines.workdays.calendar import WEEKEND, Skipped
from gongjian.people.models import Account
from gongjian.people.queries import sight
from gongjian.people.states import Role

FEW_WEEKENDS = 2


@dataclass(frozen=True)
class Reading:
    """The clock for people: light, working days left, the reason as one text, the checkpoints."""

    light: Light
    working_days_left: int | None
    why: str
    checkpoints: tuple[CheckpointDue, ...] = ()


def visible_to(account: Account) -> QuerySet[Assignment]:
    """By subtree for those who see areas; by unit for handlers."""
    rows = Assignment.objects.all()
    if account.role == Role.HANDLER:
        unit = account.unit_id or 0
        return rows.filter(
            Q(lead_unit=unit)
            | Q(pk__in=Support.objects.filter(unit=unit).values("assignment"))
            | Q(pk__in=Assignment.copied_to.through.objects.filter(unit=unit).values("assignment"))
        )
    if account.role == Role.ENTERPRISE:
        return rows.none()
    seen = sight(account)
    return rows.filter(seen | Q(lead_unit=account.unit_id or 0)) if seen else rows


def story(assignment: Assignment) -> list[Event]:
    """Its events, oldest first."""
    return list(events_of(assignment).order_by("seq"))


def snapshot_of(assignment: Assignment, told: Iterable[Event] | None = None) -> Snapshot:
    """Replay from the chain (`told`: its events where they are at hand); RuntimeError when it knows nothing of it."""
    found: Snapshot | None = None
    for event in story(assignment) if told is None else told:
        if event.name.startswith("assignment."):
            found = fold(
                found, name=event.name, data=event.data, at=timezone.localtime(event.at), by=event.by_name
            )
    if found is None:
        raise RuntimeError(f"assignment {assignment.pk} has no events")
    return found


# --- lights


def light_case(today: date, prefix: str = "") -> Case:
    """The light as SQL: the same comparisons as `clock.light`."""
    on = Case(
        When(**{f"{prefix}state__in": WAITING}, then=Coalesce(F(f"{prefix}resolved_on"), Value(today))),
        default=Value(today),
    )
    return Case(
        When(**{f"{prefix}state__isnull": True}, then=Value("")),
        When(**{f"{prefix}state__in": ENDED}, then=Value(Light.DONE.value)),
        When(**{f"{prefix}state": State.ON_HOLD}, then=Value(Light.GREY.value)),
        When(**{f"{prefix}next_grave_on__lte": on}, then=Value(Light.DARK_RED.value)),
        When(**{f"{prefix}next_due_on__lt": on}, then=Value(Light.RED.value)),
        When(**{f"{prefix}next_warn_on__lte": on}, then=Value(Light.YELLOW.value)),
        default=Value(Light.GREEN.value),
        output_field=CharField(),
    )


def with_light(rows: QuerySet[Any], today: date, prefix: str = "") -> QuerySet[Any]:
    """Rows annotated with `light`."""
    lit: QuerySet[Any] = rows.annotate(light=light_case(today, prefix))
    return lit


def light_filter(lights: Sequence[Light], today: date, prefix: str = "") -> Q:
    """Rows whose light is one of these, as conditions an index can serve."""
    wanted = Q(pk__in=[])
    for one in lights:
        wanted |= _one_light(one, today, prefix)
    return wanted


def _one_light(one: Light, today: date, p: str) -> Q:
    if one == Light.DONE:
        return Q(**{f"{p}state__in": ENDED})
    if one == Light.GREY:
        return Q(**{f"{p}state": State.ON_HOLD})
    running = Q(**{f"{p}state__in": RUNNING}) & _by_dates(one, p, today)
    waiting = Q(**{f"{p}state__in": WAITING}) & _by_dates(one, p, F(f"{p}resolved_on"))
    return running | waiting


def _passed(p: str, on: Any) -> tuple[Q, Q, Q]:
    """What is past on a day: grave, late, warned."""
    names = ("next_grave_on__lte", "next_due_on__lt", "next_warn_on__lte")
    grave, late, warned = (Q(**{p + name: on}) for name in names)
    return grave, late, warned


def _by_dates(one: Light, p: str, on: Any) -> Q:
    grave, late, warned = _passed(p, on)
    return {
        Light.DARK_RED: grave,
        Light.RED: late & ~grave,
        Light.YELLOW: warned & ~late & ~grave,
        Light.GREEN: ~warned & ~late & ~grave,
    }[one]


def light_numbers(rows: QuerySet[Any], today: date, prefix: str = "") -> QuerySet[Any]:
    """(light, number) of what is open."""
    # A day is compared, so that the database need not think of rows without an assignment and starts at the lights' index.
    started = {f"{prefix}state__in": OPEN, f"{prefix}next_due_on__gte": date.min}
    open_rows = rows.filter(**started).order_by()
    lit = with_light(open_rows, today, prefix).values_list("light")
    numbers: QuerySet[Any] = lit.annotate(n=Count("*"))
    return numbers


def no_lights() -> dict[Light, int]:
    """A nought for each light that something open can have."""
    return {one: 0 for one in Light if one != Light.DONE}


SUMS = ("n", "dark", "red", "yellow")


def light_sums(today: date) -> QuerySet[Any]:
    """(state, problems, dark red, red or worse, yellow or worse) of what is open, summed as the lights' index lies: no problem is looked at."""

    def summed(states: Sequence[State], on: Any) -> QuerySet[Any]:
        rows = Assignment.objects.filter(state__in=states, next_due_on__gte=date.min).order_by()
        grave, late, warned = _passed("", on)
        worse = (grave, grave | late, grave | late | warned)
        sums = {name: Sum("served", filter=passed) for name, passed in zip(SUMS[1:], worse, strict=True)}
        found: QuerySet[Any] = rows.values_list("state").annotate(n=Sum("served"), **sums)
        return found

    return summed((*RUNNING, State.ON_HOLD), today).union(summed(WAITING, F("resolved_on")), all=True)


def lights_summed(sums: Iterable[tuple[Any, ...]]) -> dict[Light, int]:
    """The rows of `light_sums` as how many of each light."""
    found = no_lights()
    for state, *told in sums:
        n, dark, red, yellow = (number or 0 for number in told)
        if state == State.ON_HOLD:
            found[Light.GREY] += n
            continue
        found[Light.DARK_RED] += dark
        found[Light.RED] += red - dark
        found[Light.YELLOW] += yellow - red
        found[Light.GREEN] += n - yellow
    return found


def light_counts(rows: QuerySet[Any], today: date, prefix: str = "") -> dict[Light, int]:
    """How many of each light among what is open, in one query."""
    counted = dict(light_numbers(rows, today, prefix))
    return {one: counted.get(one.value, 0) for one in no_lights()}


def overdue(today: date) -> Q:
    """Runs past its day: red or dark red, and still the unit's."""
    return Q(state__in=RUNNING, next_due_on__lt=today)


def overdue_by_unit(rows: QuerySet[Assignment], *, today: date) -> QuerySet[Any]:
    """(unit, its name, number) of what runs past its day, one query on the lights' index alone."""
    late: QuerySet[Any] = rows.filter(overdue(today)).order_by()
    grouped = late.values_list("lead_unit", "lead_unit__name").annotate(n=Count("*"))
    numbers: QuerySet[Any] = grouped.order_by("-n", "lead_unit")
    return numbers


# --- the clock in words


def brief_day(day: date) -> str:
    """11月24日, in the language of the page."""
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}


def _run(run: Skipped) -> str:
    name = _(run.name)
    if run.first == run.last:
        return _("%(name)s（%(first)s）") % {"name": name, "first": brief_day(run.first)}
    return _("%(name)s（%(first)s至%(last)s）") % {
        "name": name,
        "first": brief_day(run.first),
        "last": brief_day(run.last),
    }


def _runs(runs: Sequence[Skipped]) -> str:
    """Festivals by name and dates; weekends by the day when there are few, else counted."""
    weekends = [run for run in runs if run.name == WEEKEND]
    if len(weekends) <= FEW_WEEKENDS:
        return "、".join(_run(run) for run in runs)  # data
    days = sum((run.last - run.first).days + 1 for run in weekends)
    named = [_run(run) for run in runs if run.name != WEEKEND]
    return "、".join([*named, _("周末%(days)s天") % {"days": days}])  # data


def _shown(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return brief_day(value)
    if isinstance(value, tuple):
        return (
            _runs(value) if isinstance(value[0], Skipped) else "、".join(str(_shown(v)) for v in value)
        )  # data
    return value


def in_words(because: Iterable[Because]) -> str:
    """The reason as one text."""
    return "".join(
        _(SENTENCES[part.key]) % {k: _shown(v) for k, v in part.values.items()} for part in because
    )


def reading(assignment: Assignment, today: date, told: Iterable[Event] | None = None) -> Reading:
    """The full reading, replayed from the events."""
    read = read_clock(snapshot=snapshot_of(assignment, told), today=today, calendar=current_calendar())
    return Reading(Light(read.light), read.working_days_left, in_words(read.because), read.checkpoints)


def light_of(a: Assignment, today: date) -> Light:
    """The light from the projection alone: no query."""
    return Light(
        light(
            state=a.state,
            warn_on=a.next_warn_on,
            due_on=a.next_due_on,
            grave_on=a.next_grave_on,
            resolved_on=a.resolved_on,
            today=today,
        )
    )


def readings(rows: Iterable[Assignment], today: date) -> list[Reading]:
    """Readings for a list, from the projection alone: one query for the calendar, none a row."""
    calendar = current_calendar()
    found = []
    for a in rows:
        left = calendar.between(today, a.next_due_on) if a.state in RUNNING else None
        why = _("“%(name)s”应于%(due)s前完成。") % {"name": _(a.next_name), "due": brief_day(a.next_due_on)}
        found.append(Reading(light_of(a, today), left, why))
    return found


def preview(regime: Regime, grade: str, start: datetime) -> tuple[CheckpointDue, ...]:
    """The checkpoints a hand-over now would get; empty for a grade that does not exist or needs a date."""
    rule = rule_of(regime, grade)
    return (
        timeline(rule, timezone.localtime(start), current_calendar())
        if rule and rule[-1]["span"] != "DATE"
        else ()
    )


def rule_of(regime: Regime | None, grade: str) -> list[dict[str, Any]]:
    """The checkpoints of one grade of a regime."""
    grades = regime.grades if regime else []
    return next((list(entry["checkpoints"]) for entry in grades if entry["key"] == grade), [])


def escalations(account: Account, *, standing: Literal["now", "ever"]) -> QuerySet[Escalation]:
    """Steps of the ladder this account may see; "now": the last step of each matter that is still climbing."""
    rows = Escalation.objects.filter(
        Q(assignment__in=visible_to(account).order_by()) | Q(person__isnull=False, person=account.person_id)
    )
    if standing == "now":
        later = Escalation.objects.filter(assignment=OuterRef("assignment"), pk__gt=OuterRef("pk"))
        rows = rows.filter(~Exists(later), assignment__state__in=CLIMBING, assignment__climbed=F("step"))
    related = ("assignment__lead_unit", "assignment__responsible_person", "unit", "person")
    return rows.select_related(*related)


def snapshots_until(rows: QuerySet[Assignment], moment: datetime) -> dict[int, Snapshot]:
    """What each assignment was at a moment, replayed from the events before it; those not yet handed over are left out."""
    found: dict[int, Snapshot] = {}
    events = Event.objects.filter(
        subject_kind=Assignment._meta.label_lower,
        subject_id__in=rows.order_by().values("pk"),
        name__startswith="assignment.",
        at__lt=moment,
    )
    for event in events.order_by("seq").iterator():
        at = timezone.localtime(event.at)
        before = found.get(event.subject_id)
        found[event.subject_id] = fold(before, name=event.name, data=event.data, at=at, by=event.by_name)
    return found


def light_then(s: Snapshot, day: date) -> Light:
    """The light a snapshot showed on a day."""
    owed = s.next
    return Light(
        light(
            state=s.state,
            warn_on=owed.warn_on,
            due_on=owed.due_on,
            grave_on=owed.grave_on,
            resolved_on=s.resolved_on,
            today=day,
        )
    )


def light_of_support(one: Support, today: date) -> Light:
    """The light of one supporting unit; its assignment should come with it."""
    whole = one.assignment
    return Light(
        support_light(
            whole=whole.state,
            resolved_on=whole.resolved_on if whole.state in WAITING else None,
            replied_on=one.replied_on,
            warn_on=one.warn_on,
            due_on=one.due_on,
            grave_on=one.grave_on,
            today=today,
        )
    )
