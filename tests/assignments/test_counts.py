"""The tally says the same as the rows counted one by one; the lists it feeds are found together."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.db.models import Q

from gongjian.assignments.counts.queries import URGENT, rows_of_lists, tally
from gongjian.assignments.lights.queries import light_of, overdue
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import OPEN, RUNNING, State
from gongjian.measures.measure import Scope
from gongjian.measures.queries import first_of_each, rows_of
from gongjian.people.states import AreaLevel
from tests.factories import AT, AccountFactory, AreaFactory, AssignmentFactory, PersonFactory, UnitFactory

TODAY = AT.date()
MARKS = {
    "overdue": overdue(TODAY),
    "due": Q(state__in=RUNNING, next_due_on=TODAY),
    "waiting": Q(state="RESOLVED"),
}


@pytest.fixture
def ledger(db):
    """Some hundred matters of a city, two counties and a township, in every state, due around today."""
    dice = Random(3)
    city = AreaFactory()
    counties = [AreaFactory(parent=city, level=AreaLevel.COUNTY, order=2 - n) for n in range(2)]
    town = AreaFactory(parent=counties[0], level=AreaLevel.TOWNSHIP)
    unit, person, clerk = UnitFactory(area=city), PersonFactory(), AccountFactory()
    for n in range(120):
        due = TODAY + timedelta(days=dice.randrange(-20, 12))
        state = dice.choice(State.values)
        done = (
            due + timedelta(days=dice.randrange(-9, 15))
            if state in ("RESOLVED", "CHECKED", "CLOSED")
            else None
        )
        AssignmentFactory(
            area=(city, *counties, town)[n % 4],
            lead_unit=unit,
            responsible_person=person,
            handed_over_by=clerk,
            state=state,
            due_on=due,
            next_due_on=due,
            next_warn_on=due - timedelta(days=2),
            next_grave_on=due + timedelta(days=10),
            resolved_on=done,
            closed_on=done if state == "CLOSED" else None,
        )
    return city, counties, town


def test_lights_and_marks_equal_the_rows_counted_one_by_one(ledger, django_assert_num_queries):
    with django_assert_num_queries(1):
        counted = tally(Assignment.objects.all(), TODAY, MARKS)
    rows = Assignment.objects.filter(state__in=OPEN)
    lights = Counter(light_of(row, TODAY) for row in rows)
    assert {light: n for light, n in counted.lights().items() if n} == lights
    assert len(lights) == 5
    assert {mark: counted.marked(mark) for mark in MARKS} == {
        mark: rows.filter(q).count() for mark, q in MARKS.items()
    }
    assert all(counted.marked(mark) for mark in MARKS)


def test_areas_stand_in_official_order_and_take_in_what_is_below_them(ledger, django_assert_num_queries):
    city, counties, town = ledger
    counted = tally(Assignment.objects.all(), TODAY, {})
    with django_assert_num_queries(1):
        board = counted.by_area(city)
    assert [row.area for row in board] == counties[::-1]
    for row in board:
        below = Assignment.objects.filter(state__in=OPEN, area__path__startswith=row.area.path)
        assert row.total == below.count() > 0
        assert {k: n for k, n in row.counts.items() if n} == Counter(light_of(a, TODAY) for a in below)
    assert [(row.area, row.total) for row in counted.by_area(town)] == [
        (town, Assignment.objects.filter(state__in=OPEN, area=town).count())
    ]
    assert counted.by_area(None) == []


LISTS = ("overdue_tasks", "tasks_due_today", "tasks_on_hold")


def test_first_rows_of_all_lists_come_in_two_queries(ledger, django_assert_num_queries):
    scope = Scope(TODAY)
    with django_assert_num_queries(2):
        lists = rows_of_lists(first_of_each(LISTS, scope, order=URGENT, limit=3))
    for key in LISTS:
        assert lists[key] == list(rows_of(key, scope).order_by(*URGENT)[:3]), key
        assert len(lists[key]) == 3, key


def test_what_nobody_may_see_is_empty(ledger):
    nobody = Scope(TODAY, account=AccountFactory(role="ENTERPRISE"))
    assert rows_of_lists(first_of_each(LISTS, nobody, order=URGENT, limit=3)) == {key: [] for key in LISTS}
    assert tally(Assignment.objects.none(), TODAY, MARKS).groups == []
