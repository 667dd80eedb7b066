"""Days off by law: every festival of a century against another library, the wordings by their years."""

import tomllib
from datetime import date

import holidays
import pytest

from gongjian.engines.workdays import legal_days as module
from gongjian.engines.workdays.announcements import package_years
from gongjian.engines.workdays.legal_days import law_of, legal_days

FESTIVALS = tomllib.loads((module.FOLDER / "festivals.toml").read_text(encoding="utf-8"))
YEARS = range(1950, 2100)
ONCE_ONLY = {
    date(1999, 10, 3),  # the order of that September
    date(2015, 9, 3),
    date(2020, 1, 31),
    date(2020, 2, 1),
    date(2020, 2, 2),
}  # by a notice of that year alone


def by_the_library(year):
    """Every day off by law in the library, without what it knows or guesses to be moved."""
    named = holidays.country_holidays("CN", years=year, language="zh_CN")
    return {
        day
        for day in named
        if any("补假" not in n and "调休" not in n for n in named.get_list(day)) and day.year == year
    }


@pytest.mark.parametrize("year", YEARS)
def test_the_days_of_a_year_are_those_of_another_library(year):
    assert set(legal_days(year)) == by_the_library(year) - ONCE_ONLY


def test_every_announced_year_gives_its_legal_days_off():
    for notice in package_years():
        off = {
            date.fromordinal(n)
            for h in notice.holidays
            for n in range(h.first.toordinal(), h.last.toordinal() + 1)
        }
        missing = [day for day in legal_days(notice.year) if day not in off and day.weekday() < 5]
        assert missing == [], notice.year


@pytest.mark.parametrize(
    ("year", "order", "days"),
    [
        (1949, "", 0),
        (1999, "1949", 7),
        (2007, "270", 10),
        (2008, "513", 11),
        (2013, "513", 11),
        (2014, "644", 11),
        (2024, "644", 11),
        (2025, "795", 13),
        (2027, "795", 13),
    ],
)
def test_the_wording_in_force_in_a_year(year, order, days):
    assert order in law_of(year)
    assert len(legal_days(year)) == days


def test_two_festivals_on_a_day_are_one_day_off():
    assert len(legal_days(2028)) == 12
    assert legal_days(2028)[date(2028, 10, 3)] == "中秋节"


def test_a_festival_that_is_not_known_is_left_out():
    assert [day.isoformat() for day in legal_days(2150)] == [
        "2150-01-01",
        "2150-05-01",
        "2150-05-02",
        "2150-10-01",
        "2150-10-02",
        "2150-10-03",
    ]
    assert len(FESTIVALS) == len(YEARS)
