"""Schedules: random networks against every path counted out, float by trying, days by the calendar, slips, refusals."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.projects.schedule import BadSchedule, Task, plan, slips
from gongjian.engines.workdays.announcements import load_years

CALENDAR, START = load_years(), date(2023, 1, 20)


@st.composite
def networks(draw):
    size = draw(st.integers(1, 7))
    return tuple(
        Task(str(n), draw(st.integers(0, 9)), tuple(str(b) for b in range(n) if draw(st.booleans())))
        for n in range(size)
    )


def paths(tasks, key):
    """Every chain that leads to a milestone, itself the last."""
    by_key = {task.key: task for task in tasks}
    before = by_key[key].after
    return [[*path, key] for one in before for path in paths(tasks, one)] or [[key]]


@settings(max_examples=300, deadline=None)
@given(networks())
def test_the_critical_path_is_the_longest_of_all_chains(tasks):
    found = plan(tasks, START, CALENDAR)
    days = {task.key: task.days for task in tasks}
    length = {
        task.key: max(sum(days[key] for key in path) for path in paths(tasks, task.key)) for task in tasks
    }
    for key, planned in found.tasks.items():
        assert CALENDAR.working_days_between(START, planned.ends) == length[key]
    longest = max(length.values())
    assert sum(days[key] for key in found.critical_path) == longest
    assert list(found.critical_path) in paths(tasks, found.critical_path[-1])
    assert found.ends == (CALENDAR.add(START, longest) if longest else START)
    assert set(found.critical_path) <= set(found.critical)


@settings(max_examples=100, deadline=None)
@given(networks())
def test_float_is_what_a_milestone_may_take_longer(tasks):
    found = plan(tasks, START, CALENDAR)
    for task in tasks:
        left = found.tasks[task.key].total_float
        assert left is not None
        for more, moved in ((left, False), (left + 1, True)):
            changed = tuple(replace(one, days=one.days + more) if one == task else one for one in tasks)
            assert (plan(changed, START, CALENDAR).ends > found.ends) == moved


@pytest.mark.parametrize(
    ("days", "ends"), [(1, date(2023, 1, 28)), (3, date(2023, 1, 30)), (7, date(2023, 2, 3))]
)
def test_festival_and_make_up_days(days, ends):
    assert plan((Task("one", days),), START, CALENDAR).ends == ends


def test_a_day_waited_for_and_one_that_is_done():
    tasks = (
        Task("winter", 2, not_before=date(2023, 3, 1)),
        Task("permit", 2, ("winter",)),
        Task("money", 4, done=date(2023, 2, 10)),
    )
    found = plan(tasks, START, CALENDAR)
    assert found.tasks["winter"].begins == date(2023, 3, 1)
    assert found.tasks["money"].ends == date(2023, 2, 10)
    assert found.tasks["money"].total_float is None
    assert (found.ends, found.critical_path) == (date(2023, 3, 7), ("winter", "permit"))


def test_what_is_overdue_ends_today_at_the_earliest():
    tasks = (Task("a", 1), Task("b", 2, ("a",)), Task("c", 1, done=date(2023, 1, 28)))
    before, today = plan(tasks, START, CALENDAR), date(2023, 2, 8)
    now = plan(tasks, START, CALENDAR, today=today)
    assert (before.ends, now.tasks["a"].ends, now.ends) == (date(2023, 1, 30), today, date(2023, 2, 10))
    assert slips(before, now, CALENDAR) == {"a": 9, "b": 9, "c": 0}
    assert (now.critical_path, now.tasks["a"].total_float) == (("a", "b"), 0)
    assert plan(tasks, START, CALENDAR, today=START) == before
    sunday = plan(tasks, START, CALENDAR, today=date(2023, 2, 5))
    assert sunday.tasks["a"].ends == date(2023, 2, 6)


def test_slips_in_working_days():
    before = plan((Task("a", 1), Task("b", 2, ("a",)), Task("gone", 1)), START, CALENDAR)
    now = plan((Task("a", 4, done=date(2023, 1, 30)), Task("b", 1, ("a",)), Task("new", 1)), START, CALENDAR)
    assert slips(before, now, CALENDAR) == {"a": 2, "b": 1}


@pytest.mark.parametrize(
    ("tasks", "why"),
    [
        ((), "none"),
        ((Task("a", 1), Task("a", 2)), "twice"),
        ((Task("a", -1),), "days"),
        ((Task("a", 1, ("b",)),), "unknown"),
        ((Task("a", 1, ("b",)), Task("b", 1, ("a",))), "circle"),
    ],
)
def test_what_is_no_plan(tasks, why):
    with pytest.raises(BadSchedule) as refused:
        plan(tasks, START, CALENDAR)
    assert refused.value.why == why
