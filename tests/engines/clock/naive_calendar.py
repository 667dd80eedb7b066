"""Working days and time limits counted the slow way: another library's calendar, loops over days. Shares no code with
the engine."""

from datetime import date, datetime, timedelta
from functools import cache

import chinese_calendar
import holidays

DAY = timedelta(days=1)
KNOWN = range(2004, 2027)
EDITED: dict[int, set[date]] = {}  # year -> weekdays taken off by the office's own notice of that year


@cache
def works(day: date) -> bool:
    return day not in EDITED.get(day.year, ()) and usually_works(day)


def usually_works(day: date) -> bool:
    """Without the office's own notices."""
    if day.year in KNOWN:
        return chinese_calendar.is_workday(day)
    return day.weekday() < 5 and (day.year in EDITED or not by_law(day))


@cache
def by_law(day: date) -> bool:
    """Off by law in a year that is not announced, by a third library; what it guesses to be moved (补假) is left out."""
    names = holidays.country_holidays("CN", years=day.year, language="zh_CN").get_list(day)
    return any("补假" not in name for name in names)


def take_off(year: int, days: set[date]) -> None:
    """The office adopts another notice of a year: the usual one and these days off."""
    EDITED[year] = days
    forget()


def forget() -> None:
    """What was counted by the calendar before."""
    for counted in (works, after_hours, after_clock_hours):
        counted.cache_clear()


def plus(day: date, working_days: int) -> date:
    while working_days:
        day += DAY
        working_days -= works(day)
    return day


def count(after: date, upto: date) -> int:
    """Working days in (after, upto], negative the other way."""
    if upto < after:
        return -count(upto, after)
    number, day = 0, after
    while day < upto:
        day += DAY
        number += works(day)
    return number


@cache
def after_hours(start: datetime, hours: int) -> datetime:
    """Five minutes at a time; `start` on a multiple of five."""
    left, moment = hours * 12, start
    while left:
        minute = moment.hour * 60 + moment.minute
        left -= works(moment.date()) and (510 <= minute < 720 or 870 <= minute < 1080)
        moment += timedelta(minutes=5)
    return moment


def in_office(moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    return works(moment.date()) and (510 <= minute < 720 or 870 <= minute < 1080)


@cache
def after_clock_hours(start: datetime, hours: int) -> datetime:
    """Day and night, then on to the next office hour; `start` on a multiple of five minutes."""
    moment = start + timedelta(hours=hours)
    while not in_office(moment):
        moment += timedelta(minutes=5)
    return moment


def is_day(day: date, wanted: int) -> bool:
    """Whether it is that day of its month, or its last where the month is too short."""
    return day.day == wanted or (day.day < wanted and (day + DAY).day == 1)


def month_day(day: date, anchor: int, wanted: int, nth: int) -> date:
    while not is_day(day, anchor):
        day += DAY
    for _n in range(nth - 1):
        day = month_later(day.replace(day=1), 1)
    day = day.replace(day=1)
    while not is_day(day, wanted):
        day += DAY
    return day


def year_day(day: date, anchor: int, wanted: int, nth: int) -> date:
    while day.month * 100 + day.day != anchor:
        day += DAY
    day = date(day.year + nth - 1, 1, 1)
    while day.month * 100 + day.day != wanted:
        day += DAY
    return day


def month_later(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def turns_yellow(start: date, due: date) -> date:
    total, day = count(start, due), start
    while day < due and (
        not count(start, day) or (count(start, day) * 10 < 7 * total and count(day, due) > 2)
    ):
        day += DAY
    return day


def turns_dark(due: date) -> date:
    day = due
    while count(due, day) <= 7:
        day += DAY
    return day
