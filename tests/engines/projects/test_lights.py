"""Tables of lights: every boundary of 银川 and 三亚, unknown values, and what follows a run of lights."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.engines.forecast.pace import points, time_pace
from gongjian.engines.projects.lights import (
    Dimension,
    Light,
    gravest,
    light_of,
    months_missed,
    months_not_entered,
    months_not_started,
    points_behind,
    read_table,
    share_behind,
    shipped,
    steps_of,
)

YINCHUAN, SANYA = shipped()["yinchuan_2025"], shipped()["sanya_2022"]
U, G, Y, R = Light.UNKNOWN, Light.GREEN, Light.YELLOW, Light.RED


@pytest.mark.parametrize(
    ("table", "dimension", "value", "light"),
    [
        (YINCHUAN, Dimension.START, "0", G),
        (YINCHUAN, Dimension.START, "1", Y),
        (YINCHUAN, Dimension.START, "2", Y),
        (YINCHUAN, Dimension.START, "3", R),
        (YINCHUAN, Dimension.PROGRESS, "-5", G),
        (YINCHUAN, Dimension.PROGRESS, "0", G),
        (YINCHUAN, Dimension.PROGRESS, "9.99", G),  # left open there, decided here
        (YINCHUAN, Dimension.PROGRESS, "10", Y),
        (YINCHUAN, Dimension.PROGRESS, "30", Y),
        (YINCHUAN, Dimension.PROGRESS, "30.01", R),
        (YINCHUAN, Dimension.FUNDS, "0", G),
        (YINCHUAN, Dimension.FUNDS, "0.01", R),
        (YINCHUAN, Dimension.ENTRY, "0.99", G),
        (YINCHUAN, Dimension.ENTRY, "1", Y),
        (YINCHUAN, Dimension.ENTRY, "2", Y),
        (YINCHUAN, Dimension.ENTRY, "2.01", R),
        (SANYA, Dimension.CUMULATIVE, "-1", G),
        (SANYA, Dimension.CUMULATIVE, "0", G),
        (SANYA, Dimension.CUMULATIVE, "0.01", Y),
        (SANYA, Dimension.CUMULATIVE, "50", Y),
        (SANYA, Dimension.CUMULATIVE, "50.01", R),
        (SANYA, Dimension.MONTH_TASK, "0", G),
        (SANYA, Dimension.MONTH_TASK, "1", Y),
        (SANYA, Dimension.MONTH_TASK, "2", R),
        (SANYA, Dimension.MONTH_TASK, None, U),
    ],
)
def test_the_light_of_a_value(table, dimension, value, light):
    number = None if value is None else Decimal(value)
    reading = light_of(table, dimension, number)
    assert (reading.light, reading.value) == (light, number)
    assert (reading.line is None) == (light in {U, G})


@pytest.mark.parametrize(
    ("amounts", "months", "digits", "shown"),
    [(("629.0", "647.4"), 10, 1, ("97.2", "13.8")), (("313.64", "1015"), 3, 2, ("30.90", "5.90"))],
)
def test_projects_use_the_pace_of_jiangmen(amounts, months, digits, shown):
    pace = time_pace(*map(Decimal, amounts), months=months)
    assert (str(points(pace.completion, digits)), str(points(pace.lead, digits))) == shown
    assert light_of(YINCHUAN, Dimension.PROGRESS, points_behind(pace)).light == G


def test_the_same_delay_in_points_and_relative_to_pace():
    pace = time_pace(Decimal(20), Decimal(100), months=6)
    assert (points_behind(pace), share_behind(pace)) == (Decimal(30), Decimal(60))
    assert light_of(YINCHUAN, Dimension.PROGRESS, points_behind(pace)).light == Y
    assert light_of(SANYA, Dimension.CUMULATIVE, share_behind(pace)).light == R
    assert share_behind(time_pace(Decimal(0), Decimal(100), months=0)) == 0


@pytest.mark.parametrize(
    ("today", "started", "excused", "months"),
    [
        (date(2025, 3, 31), None, False, 0),
        (date(2025, 4, 1), None, False, 1),
        (date(2025, 6, 1), None, False, 3),
        (date(2026, 4, 1), None, False, 13),
        (date(2025, 6, 1), None, True, 0),
        (date(2025, 6, 1), date(2025, 6, 1), False, 0),
        (date(2025, 6, 1), date(2025, 6, 2), False, 3),
    ],
)
def test_months_without_a_start(today, started, excused, months):
    due = date(2025, 4, 20)
    assert months_not_started(due, started=started, today=today, excused=excused) == months


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2025, 2, 27), G),
        (date(2025, 2, 28), Y),  # a month after 31 January
        (date(2025, 3, 31), Y),
        (date(2025, 4, 1), R),
    ],
)
def test_months_without_entry(today, light):
    value = months_not_entered(date(2025, 1, 31), entered=None, today=today)
    assert light_of(YINCHUAN, Dimension.ENTRY, value).light == light


def test_who_is_entered_or_not_begun_owes_no_entry():
    today = date(2025, 9, 1)
    assert months_not_entered(None, entered=None, today=today) == 0
    assert months_not_entered(date(2025, 9, 2), entered=None, today=today) == 0
    assert months_not_entered(date(2025, 1, 1), entered=today, today=today) == 0


@pytest.mark.parametrize(
    ("tasks", "missed"),
    [
        ([], None),
        ([False, None], None),
        ([True], 0),
        ([False], 1),
        ([False, True, False], 1),
        ([False] * 3, 3),
    ],
)
def test_month_tasks_missed_running(tasks, missed):
    assert months_missed(tasks) == missed


@pytest.mark.parametrize(
    ("lights", "steps"),
    [
        ([Y], ["RESPONSIBLE"]),
        ([Y, Y], ["RESPONSIBLE", "HEADS"]),
        ([Y, Y, Y], ["RESPONSIBLE", "HEADS", ""]),
        ([Y, G, Y], ["RESPONSIBLE", "", "RESPONSIBLE"]),
        ([Y, U, Y], ["RESPONSIBLE", "", ""]),
        ([Y, R, R, Y, Y], ["RESPONSIBLE", "LEADER", "", "", ""]),
        ([R, G, Y, Y, R], ["LEADER", "", "RESPONSIBLE", "HEADS", "LEADER"]),
    ],
)
def test_what_follows_once_and_in_order(lights, steps):
    assert [" ".join(step.key for step in month) for month in steps_of(SANYA, lights)] == steps
    assert not any(steps_of(YINCHUAN, lights))


def test_a_project_is_shown_by_its_gravest_light():
    found = [light_of(YINCHUAN, Dimension.START, value) for value in (None, Decimal(0), Decimal(3))]
    assert (gravest(found), gravest(found[:1])) == (found[2], found[0])
    assert gravest([]) is None
    assert SANYA.covers(Decimal(1000))
    assert not SANYA.covers(Decimal(999))
    assert YINCHUAN.covers(Decimal(1))


def test_a_table_with_an_unknown_comparison_is_refused():
    rule = {"dimension": "START", "lines": [["ABOUT", 1, "RED"]]}
    with pytest.raises(ValueError, match="ABOUT"):
        read_table({"key": "x", "name": "x", "source": "x", "rule": [rule]})
