"""Lights of assignments (灯): one at a time, and in SQL for lists and counts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.states import ENDED, OPEN, RUNNING, WAITING, Light, State
from gongjian.engines.clock.lights import light
from gongjian.engines.clock.replay import Snapshot
from gongjian.engines.clock.supporting_units import support_light


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
