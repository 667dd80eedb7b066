"""Lights of assignments (灯): the only place where the rule of `engines/clock/lights.py` becomes SQL."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from itertools import accumulate, takewhile
from operator import and_, or_
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.states import OPEN, Light
from gongjian.engines.clock import states as clock
from gongjian.engines.clock.lights import (
    LIGHT_OTHERWISE,
    LIGHTS_BY_DAY,
    LIGHTS_BY_STATE,
    RED,
    STOPPED,
    LightByDay,
    light,
)
from gongjian.engines.clock.supporting_units import support_light


def _in_states(states: Sequence[clock.State], prefix: str) -> Q:
    """Rows in one of these states; a single state as an equation."""
    if len(states) == 1:
        return Q(**{f"{prefix}state": states[0].value})
    return Q(**{f"{prefix}state__in": [state.value for state in states]})


def _shows(rule: LightByDay, comparing: Any, prefix: str) -> Q:
    """`LightByDay.shows` as SQL: `comparing` is a day, or the column that holds it."""
    comparison = "lt" if rule.from_next_day else "lte"
    return Q(**{f"{prefix}next_{rule.day}__{comparison}": comparing})


def light_case(today: date, prefix: str = "") -> Case:
    """The rule of lights as one column; empty for a row without an assignment."""
    resolved_on = Coalesce(F(f"{prefix}resolved_on"), Value(today))
    comparing = Case(When(_in_states(STOPPED, prefix), then=resolved_on), default=Value(today))
    by_state = [
        When(_in_states(each.states, prefix), then=Value(each.light.value)) for each in LIGHTS_BY_STATE
    ]
    by_day = [When(_shows(each, comparing, prefix), then=Value(each.light.value)) for each in LIGHTS_BY_DAY]
    return Case(
        When(**{f"{prefix}state__isnull": True}, then=Value("")),
        *by_state,
        *by_day,
        default=Value(LIGHT_OTHERWISE.value),
        output_field=CharField(),
    )


def with_light(rows: QuerySet[Any], today: date, prefix: str = "") -> QuerySet[Any]:
    """Rows annotated with `light`."""
    lit: QuerySet[Any] = rows.annotate(light=light_case(today, prefix))
    return lit


def light_filter(lights: Iterable[Light], today: date, prefix: str = "") -> Q:
    """Rows whose light is one of these, as conditions an index can serve."""
    wanted = Q(pk__in=[])
    for wished in lights:
        wanted |= _has_light(clock.Light(wished), today, prefix)
    return wanted


def _has_light(wished: clock.Light, today: date, prefix: str) -> Q:
    for by_state in LIGHTS_BY_STATE:
        if wished == by_state.light:
            return _in_states(by_state.states, prefix)
    running = _in_states(clock.RUNNING, prefix) & _has_light_by_day(wished, today, prefix)
    stopped = _in_states(STOPPED, prefix) & _has_light_by_day(wished, F(f"{prefix}resolved_on"), prefix)
    return running | stopped


def _has_light_by_day(wished: clock.Light, comparing: Any, prefix: str) -> Q:
    """The light's own comparison holds and that of no graver light does; for the lightest one, none holds."""
    graver = list(takewhile(lambda rule: rule.light != wished, LIGHTS_BY_DAY))
    own = [_shows(rule, comparing, prefix) for rule in LIGHTS_BY_DAY if rule.light == wished]
    return reduce(and_, [*own, *(~_shows(rule, comparing, prefix) for rule in reversed(graver))])


def light_numbers(rows: QuerySet[Any], today: date, prefix: str = "") -> QuerySet[Any]:
    """Query of pairs (light, number of open assignments)."""
    # A day is compared, so that the database need not think of rows without an assignment and starts at the lights' index.
    started = {f"{prefix}state__in": OPEN, f"{prefix}next_due_on__gte": date.min}
    open_rows = rows.filter(**started).order_by()
    lit = with_light(open_rows, today, prefix).values_list("light")
    numbers: QuerySet[Any] = lit.annotate(n=Count("*"))
    return numbers


def no_lights() -> dict[Light, int]:
    """A dict with zero for each light that an open assignment can show."""
    return {light: 0 for light in Light if light != Light.DONE}


LIGHT_SUMS = tuple(f"at_least_{rule.light.lower()}" for rule in LIGHTS_BY_DAY)


def light_sums(today: date) -> QuerySet[Any]:
    """Rows (state, number of open problems, then how many show each of LIGHTS_BY_DAY or a graver light).

    Summed over the lights' index of assignments; the table of problems is not read.
    """

    def summed(states: Sequence[clock.State], comparing: Any) -> QuerySet[Any]:
        rows = Assignment.objects.filter(_in_states(states, ""), next_due_on__gte=date.min).order_by()
        at_least = accumulate((_shows(rule, comparing, "") for rule in LIGHTS_BY_DAY), or_)
        sums = {name: Sum("served", filter=q) for name, q in zip(LIGHT_SUMS, at_least, strict=True)}
        by_state: QuerySet[Any] = rows.values_list("state").annotate(n=Sum("served"), **sums)
        return by_state

    running = summed((*clock.RUNNING, clock.State.ON_HOLD), today)
    return running.union(summed(STOPPED, F("resolved_on")), all=True)


def lights_summed(sums: Iterable[tuple[Any, ...]]) -> dict[Light, int]:
    """Turn the rows of `light_sums` into the number of problems for each light."""
    counts = no_lights()
    for state, *numbers in sums:
        total, *at_least = (number or 0 for number in numbers)
        fixed = next((rule.light for rule in LIGHTS_BY_STATE if state in rule.states), None)
        if fixed is not None:
            counts[Light(fixed)] += total
            continue
        graver = 0
        for rule, number in zip(LIGHTS_BY_DAY, at_least, strict=True):
            counts[Light(rule.light)] += number - graver
            graver = number
        counts[Light(LIGHT_OTHERWISE)] += total - graver
    return counts


def light_counts(rows: QuerySet[Any], today: date, prefix: str = "") -> dict[Light, int]:
    """How many open assignments show each light, in one query."""
    counted = dict(light_numbers(rows, today, prefix))
    return {light: counted.get(light.value, 0) for light in no_lights()}


def overdue(today: date, prefix: str = "") -> Q:
    """Condition for an overdue assignment the unit must still act on: its light is red or dark red."""
    return _in_states(clock.RUNNING, prefix) & _shows(RED, today, prefix)


def overdue_by_unit(rows: QuerySet[Assignment], *, today: date) -> QuerySet[Any]:
    """Triples (unit, its name, number of overdue assignments), from one query on the lights' index."""
    late: QuerySet[Any] = rows.filter(overdue(today)).order_by()
    grouped = late.values_list("lead_unit", "lead_unit__name").annotate(n=Count("*"))
    numbers: QuerySet[Any] = grouped.order_by("-n", "lead_unit")
    return numbers


def light_of(assignment: Assignment, today: date) -> Light:
    """The light of one assignment, computed from its row without a query."""
    return Light(
        light(
            state=clock.State(assignment.state),
            warn_on=assignment.next_warn_on,
            due_on=assignment.next_due_on,
            grave_on=assignment.next_grave_on,
            resolved_on=assignment.resolved_on,
            today=today,
        )
    )


def light_of_support(support: Support, today: date) -> Light:
    """The light of one supporting unit; fetch `support.assignment` beforehand to save a query."""
    assignment = support.assignment
    return Light(
        support_light(
            whole=clock.State(assignment.state),
            resolved_on=assignment.resolved_on if assignment.state in STOPPED else None,
            replied_on=support.replied_on,
            warn_on=support.warn_on,
            due_on=support.due_on,
            grave_on=support.grave_on,
            today=today,
        )
    )
