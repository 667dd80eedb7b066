"""What the calendar alone does to a month: days of Spring Festival in it, the length of February, its working days."""

from calendar import isleap, monthrange
from datetime import date, timedelta
from functools import cache
from statistics import fmean

from gongjian.engines.forecast.months import EARLIEST, LATEST, Month
from gongjian.engines.workdays.announcements import load_years
from gongjian.engines.workdays.calendar import SATURDAY, Calendar
from gongjian.engines.workdays.legal_days import festival_days, legal_days

FESTIVAL = range(
    -1, 15
)  # New Year's Eve to the Lantern Festival, counted from the first day of the first month
FEBRUARY, USUAL_FEBRUARY = 2, 28.25  # days, over four years


@cache
def festival_load(month: Month) -> float:
    """The share of the days of Spring Festival in the month, less what this month of the year has on average.

    Between -1 and 1, and 0 over the years: what a month has every year belongs to its season.
    """
    return _share(month) - _usual_share(month.month)


def february(month: Month) -> float:
    """The length of the month against that of an average February; 1 for other months."""
    if month.month != FEBRUARY:
        return 1.0
    return (29 if isleap(month.year) else 28) / USUAL_FEBRUARY


@cache
def package_calendar() -> Calendar:
    """The calendar of the announced years that come with the product."""
    return load_years()


def working_days(month: Month, calendar: Calendar | None = None) -> int:
    """Working days of the month, make-up days included; a year that is not announced by weekday and days off by law.

    `calendar` has the announced years; without it those that come with the product.
    """
    known = calendar or package_calendar()
    first = date(month.year, month.month, 1)
    days = [first + timedelta(days=n) for n in range(monthrange(month.year, month.month)[1])]
    if month.year in known.years:
        return sum(known.is_working(day) for day in days)
    off = legal_days(month.year)
    return sum(day.weekday() < SATURDAY and day not in off for day in days)


@cache
def _share(month: Month) -> float:
    spring = festival_days(month.year)["spring"]
    days = [spring + timedelta(days=n) for n in FESTIVAL]
    return sum((day.year, day.month) == month for day in days) / len(days)


@cache
def _usual_share(month: int) -> float:
    return fmean(_share(Month(year, month)) for year in range(EARLIEST, LATEST + 1))
