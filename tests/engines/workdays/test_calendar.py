"""Working days: the trade's own vectors, an independent calendar, the laws of counting."""

from dataclasses import FrozenInstanceError, is_dataclass
from datetime import date, datetime, timedelta
from random import Random

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engines.workdays import calendar
from gongjian.engines.workdays.announcements import load_years
from gongjian.engines.workdays.calendar import (
    Calendar,
    Holiday,
    OfficeHours,
    Skipped,
    YearNotice,
    add_calendar_days,
    add_months,
)

CALENDAR = load_years()
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
DAYS = st.dates(FIRST, LAST)

# hand-over, +1, +3, +5, +7 working days, +7 calendar days, +1 month
VECTORS = [
    ("2023-01-20", "2023-01-28", "2023-01-30", "2023-02-01", "2023-02-03", "2023-01-27", "2023-02-20"),
    ("2023-01-28", "2023-01-29", "2023-01-31", "2023-02-02", "2023-02-06", "2023-02-04", "2023-02-28"),
    ("2023-01-29", "2023-01-30", "2023-02-01", "2023-02-03", "2023-02-07", "2023-02-05", "2023-02-28"),
    ("2023-01-31", "2023-02-01", "2023-02-03", "2023-02-07", "2023-02-09", "2023-02-07", "2023-02-28"),
    ("2023-04-28", "2023-05-04", "2023-05-06", "2023-05-09", "2023-05-11", "2023-05-05", "2023-05-28"),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v[0])
def test_the_clock_vectors(vector):
    start, *wanted = (date.fromisoformat(d) for d in vector)
    got = [*(CALENDAR.add(start, n) for n in (1, 3, 5, 7)), add_calendar_days(start, 7), add_months(start, 1)]
    assert got == wanted


def test_working_days_of_2023():
    def count(first, last):
        return CALENDAR.working_days_between(first - timedelta(days=1), last)

    assert count(date(2023, 1, 1), date(2023, 1, 31)) == 18
    assert count(date(2023, 2, 1), date(2023, 2, 28)) == 20
    assert count(date(2023, 1, 1), date(2023, 3, 31)) == 61
    assert count(date(2023, 1, 1), date(2023, 12, 31)) == 249


def test_make_up_days_of_2023():
    wanted = ["01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08"]
    assert [f"{d:%m-%d}" for d in CALENDAR.make_up_days(date(2022, 12, 31), date(2023, 12, 31))] == wanted


def test_every_day_of_every_year_equals_the_independent_calendar():
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    assert [d for d in days if CALENDAR.is_working(d) != chinese_calendar.is_workday(d)] == []


def test_twenty_thousand_cases_equal_an_independent_count():
    """numpy's business-day functions over a list of days off made by another library."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    off = np.array([d for d in days if not chinese_calendar.is_workday(d)], dtype="datetime64[D]")
    every = np.busdaycalendar(weekmask="1111111", holidays=off)
    dice = Random(2023)
    for _ in range(20_000):
        start, n = days[dice.randrange(40, len(days) - 400)], dice.randrange(1, 200)
        end = days[dice.randrange(len(days))]
        assert CALENDAR.add(start, n) == np.busday_offset(start, n, roll="backward", busdaycal=every).astype(
            date
        )
        early, late = sorted((start, end))
        expected = np.busday_count(early + timedelta(days=1), late + timedelta(days=1), busdaycal=every)
        assert CALENDAR.working_days_between(early, late) == expected, (early, late)


@given(DAYS, st.integers(1, 120))
def test_adding_lands_on_a_working_day_that_many_days_away(day, n):
    due = CALENDAR.add(day, n)
    assert CALENDAR.is_working(due)
    assert CALENDAR.working_days_between(day, due) == n


@given(DAYS.filter(lambda d: d.year > 2004 and CALENDAR.is_working(d)), st.integers(1, 120))
def test_going_forth_and_back_returns(day, n):
    assert CALENDAR.add(CALENDAR.add(day, n), -n) == day


@given(DAYS, DAYS)
def test_counting_is_antisymmetric(a, b):
    assert CALENDAR.working_days_between(a, b) == -CALENDAR.working_days_between(b, a)


@given(DAYS, st.integers(0, 40))
def test_skipped_days_and_working_days_make_up_the_whole(day, n):
    end = day + timedelta(days=n)
    off = sum((run.last - run.first).days + 1 for run in CALENDAR.skipped(day, end))
    assert off + CALENDAR.working_days_between(day, end) == n


def test_adding_nothing_stays_or_rolls_forward():
    assert CALENDAR.add(date(2023, 1, 28), 0) == date(2023, 1, 28)
    assert CALENDAR.add(date(2023, 1, 22), 0) == date(2023, 1, 28)


def test_skipped_runs_are_named():
    runs = CALENDAR.skipped(date(2023, 1, 20), date(2023, 2, 5))
    assert runs == (
        Skipped("春节", date(2023, 1, 21), date(2023, 1, 27)),
        Skipped("周末", date(2023, 2, 4), date(2023, 2, 5)),
    )
    assert CALENDAR.name_of(date(2023, 1, 23)) == "春节"
    assert CALENDAR.name_of(date(2023, 1, 30)) is None
    assert CALENDAR.is_make_up(date(2023, 1, 29))


def test_a_year_not_announced_counts_weekdays_but_legal_days_and_says_so():
    assert CALENDAR.provisional(date(2026, 12, 30), date(2027, 1, 5)) == (2027,)
    assert CALENDAR.provisional(date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert not CALENDAR.is_announced(date(2027, 1, 1))
    assert CALENDAR.name_of(date(2027, 1, 1)) == "元旦"
    assert CALENDAR.add(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert CALENDAR.add(date(2027, 2, 4), 1) == date(2027, 2, 9)  # eve to the third day, over a weekend
    assert CALENDAR.add(date(2027, 9, 30), 1) == date(2027, 10, 4)
    assert CALENDAR.skipped(date(2027, 4, 30), date(2027, 5, 3)) == (
        Skipped("劳动节", date(2027, 5, 1), date(2027, 5, 2)),
    )


def test_a_notice_that_comes_replaces_the_legal_days_and_may_reach_into_the_next_year():
    days = Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3))
    announced = load_years([YearNotice(2027, "试", True, (days,), (date(2027, 2, 6),))])
    assert announced.is_working(date(2027, 2, 6))
    assert announced.is_working(date(2027, 2, 8))
    assert announced.provisional(date(2027, 1, 1), date(2027, 12, 31)) == ()
    worked = YearNotice(2026, "试", True, (days,), (date(2027, 1, 2),))
    assert Calendar([worked]).is_working(date(2027, 1, 2))


def test_far_outside_is_refused():
    with pytest.raises(ValueError, match="outside"):
        CALENDAR.add(date(2029, 12, 20), 50)
    assert Calendar([]).is_working(date(2023, 1, 20))
    assert not Calendar([]).is_working(date(2023, 1, 23))  # by law


@pytest.mark.parametrize(
    ("start", "hours", "wanted"),
    [
        ("2023-01-30 09:00", 1, "2023-01-30 10:00"),
        ("2023-01-30 11:30", 1, "2023-01-30 15:00"),
        ("2023-01-30 17:45", 1, "2023-01-31 09:15"),
        ("2023-01-20 17:30", 1, "2023-01-28 09:00"),
        ("2023-01-30 07:00", 2, "2023-01-30 10:30"),
        ("2023-01-22 10:00", 7, "2023-01-28 18:00"),
    ],
)
def test_office_hours(start, hours, wanted):
    assert CALENDAR.add_hours(datetime.fromisoformat(start), hours) == datetime.fromisoformat(wanted)


def test_months_end_with_the_month():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)


def test_without_a_notice_weekdays_count_from_2001_to_2029():
    bare = Calendar([])
    assert bare.add(date(2001, 1, 3), -1) == date(2001, 1, 2)  # New Year is off by law
    assert bare.add(date(2029, 12, 28), 1) == date(2029, 12, 31)
    with pytest.raises(ValueError, match="outside the calendar"):
        bare.add(date(2001, 1, 2), -1)
    with pytest.raises(ValueError, match="outside the calendar"):
        bare.add(date(2029, 12, 31), 1)


@pytest.mark.parametrize("module", [calendar], ids=lambda module: module.__name__)
def test_what_the_calendar_hands_out_cannot_be_changed(module):
    own = [
        each for each in vars(module).values() if is_dataclass(each) and each.__module__ == module.__name__
    ]
    assert own
    assert [each for each in own if not each.__dataclass_params__.frozen] == []


def test_office_hours_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        OfficeHours().spans = ()  # type: ignore[misc] # what the test is about
