"""The rule of lights says the same in Python, in SQL and written out by hand, on the day itself and beside it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongjian.assignments.lights.queries import (
    light_counts,
    light_filter,
    light_of,
    light_sums,
    lights_summed,
    no_lights,
    overdue,
    with_light,
)
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import ENDED, OPEN, RUNNING, WAITING, Light, State
from tests.factories import (
    AccountFactory,
    AreaFactory,
    AssignmentFactory,
    PersonFactory,
    ProblemFactory,
    UnitFactory,
)

TODAY = date(2026, 11, 24)
NEAR = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
FAR = st.dates(date(2004, 1, 1), date(2029, 12, 31))
DAY = st.one_of(NEAR, FAR)


@st.composite
def rows(draw):
    """A row in any state; its three days in any order, as no rule of the database forbids; resolved or not."""
    state = draw(st.sampled_from(State))
    needed = state in WAITING
    return {
        "state": state,
        "next_warn_on": draw(DAY),
        "next_due_on": draw(DAY),
        "next_grave_on": draw(DAY),
        "resolved_on": draw(DAY if needed else st.none() | DAY),
        "closed_on": TODAY if state == State.CLOSED else None,
        "served": draw(st.integers(0, 3)),
    }


def by_hand(row: Assignment) -> str:
    if row.state in ("CLOSED", "WITHDRAWN"):
        return "DONE"
    if row.state == "ON_HOLD":
        return "GREY"
    day = row.resolved_on if row.state in ("RESOLVED", "CHECKED") else TODAY
    assert day is not None
    if not day < row.next_grave_on:
        return "DARK_RED"
    if day > row.next_due_on:
        return "RED"
    return "GREEN" if day < row.next_warn_on else "YELLOW"


class LightsInSql(TestCase):
    """One ledger of made-up rows at a time."""

    @settings(max_examples=80, deadline=None)
    @given(ledger=st.lists(rows(), min_size=1, max_size=12))
    def test_python_sql_and_hand_agree(self, ledger):
        unit = UnitFactory()
        shared = {"area": AreaFactory(), "lead_unit": unit, "responsible_person": PersonFactory()}
        clerk = AccountFactory()
        for facts in ledger:
            AssignmentFactory(**shared, handed_over_by=clerk, **facts)
        every = list(Assignment.objects.all())
        lights = {row.pk: by_hand(row) for row in every}
        assert {row.pk: light_of(row, TODAY) for row in every} == lights
        in_sql = with_light(Assignment.objects.all(), TODAY).values_list("pk", "light")
        assert dict(in_sql) == lights
        for light in Light:
            filtered = Assignment.objects.filter(light_filter([light], TODAY)).values_list("pk", flat=True)
            assert set(filtered) == {pk for pk, shown in lights.items() if shown == light}
        several = Assignment.objects.filter(light_filter([Light.RED, Light.GREY], TODAY))
        assert {row.pk for row in several} == {pk for pk, shown in lights.items() if shown in ("RED", "GREY")}
        self._sums(every, lights)

    def _sums(self, every: list[Assignment], lights: dict[int, str]) -> None:
        """Numbers of lights, and of problems by light, are sums of the rows."""
        counted, served = no_lights(), no_lights()
        for row in every:
            if row.state in OPEN:
                counted[Light(lights[row.pk])] += 1
                served[Light(lights[row.pk])] += row.served
        assert light_counts(Assignment.objects.all(), TODAY) == counted
        ordered = [row for row in every if row.next_due_on < row.next_grave_on]
        rows = Assignment.objects.filter(overdue(TODAY), pk__in=[row.pk for row in ordered])
        late = {row.pk for row in ordered if row.state in RUNNING and lights[row.pk] in ("RED", "DARK_RED")}
        assert set(rows.values_list("pk", flat=True)) == late
        assert lights_summed(light_sums(TODAY)) == served

    def test_a_problem_without_an_assignment_has_no_light(self):
        problem = ProblemFactory()
        row = with_light(type(problem).objects.all(), TODAY, prefix="assignment__").get()
        assert problem.assignment is None
        assert row.light == ""
        assert not type(problem).objects.filter(light_filter(list(Light), TODAY, "assignment__")).exists()
        assert set(ENDED) | set(OPEN) == set(State)
