"""The calendar: announced years as data, other years by weekday and the days off by law, and marked provisional."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from gongjian.engines.workdays.legal_days import legal_days

SHORTEST_MONTH = 28  # days
WEEKEND = "周末"
SATURDAY = 5
MARGIN = 3  # years on either side that an unannounced calendar still counts


@dataclass(frozen=True)
class Holiday:
    """One festival of a notice: its name and its first and last day off."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class YearNotice:
    """One year's notice of the State Council General Office (年度节假日安排)."""

    year: int
    document: str
    confirmed: bool
    holidays: tuple[Holiday, ...]
    make_up_days: tuple[date, ...]


@dataclass(frozen=True)
class Skipped:
    """A run of days that did not count, and its name."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class OfficeHours:
    """The hours of a day in which working hours are counted, as (from, to) pairs."""

    spans: tuple[tuple[time, time], ...] = ((time(8, 30), time(12, 0)), (time(14, 30), time(18, 0)))


class Calendar:
    """Working days of the announced years.

    Beyond them every weekday counts but the days off by law, and `provisional` names those years.
    """

    def __init__(self, notices: Iterable[YearNotice]) -> None:
        self.notices = {notice.year: notice for notice in notices}
        self._names: dict[date, str] = {}
        self._make_up: set[date] = set()
        for notice in self.notices.values():
            for holiday in notice.holidays:
                for ordinal in range(holiday.first.toordinal(), holiday.last.toordinal() + 1):
                    self._names[date.fromordinal(ordinal)] = holiday.name
            self._make_up.update(notice.make_up_days)
        for year in set(self.years) - self.notices.keys():
            for day, name in legal_days(year).items():
                if day not in self._make_up:
                    self._names.setdefault(day, name)

    @property
    def years(self) -> range:
        """The years it counts in: the announced ones and a few on either side."""
        return range(min(self.notices, default=2004) - MARGIN, max(self.notices, default=2026) + MARGIN + 1)

    @cached_property
    def _days(self) -> list[int]:
        """Ordinals of all working days, sorted."""
        start, end = date(self.years[0], 1, 1).toordinal(), date(self.years[-1], 12, 31).toordinal()
        return [o for o in range(start, end + 1) if self.is_working(date.fromordinal(o))]

    def is_announced(self, day: date) -> bool:
        """Whether the notice of the day's year is known."""
        return day.year in self.notices

    def is_working(self, day: date) -> bool:
        """Whether the day is worked: make-up days are, holidays are not, otherwise Monday to Friday."""
        if day in self._make_up:
            return True
        return day not in self._names and day.weekday() < SATURDAY

    def is_make_up(self, day: date) -> bool:
        """Whether the day is a weekend day that is worked (调休上班日)."""
        return day in self._make_up

    def name_of(self, day: date) -> str | None:
        """The name of the festival, or 周末; None for a working day."""
        if self.is_working(day):
            return None
        return self._names.get(day, WEEKEND)

    def add(self, day: date, working_days: int) -> date:
        """The day `working_days` later; the start day does not count.

        0 gives the day itself when it works, else the next working day. Negative numbers count backwards.
        Raises ValueError beyond three years from the last announced year.
        """
        days, ordinal = self._days, day.toordinal()
        if working_days > 0:
            index = bisect_right(days, ordinal) + working_days - 1
        elif working_days < 0:
            index = bisect_left(days, ordinal) + working_days
        else:
            index = bisect_left(days, ordinal)
        if not 0 <= index < len(days):
            raise ValueError(f"{day} {working_days:+d} lies outside the calendar")
        return date.fromordinal(days[index])

    def working_days_between(self, start: date, end: date) -> int:
        """The number of working days in (start, end]; minus that of (end, start] when end is earlier."""
        return bisect_right(self._days, end.toordinal()) - bisect_right(self._days, start.toordinal())

    def skipped(self, start: date, end: date) -> tuple[Skipped, ...]:
        """Runs of days off in (start, end], each with its name; weekends next to a festival keep their own name."""
        runs: list[Skipped] = []
        for ordinal in range(start.toordinal() + 1, end.toordinal() + 1):
            day = date.fromordinal(ordinal)
            name = self.name_of(day)
            if name is None:
                continue
            if runs and runs[-1].name == name and runs[-1].last + timedelta(days=1) == day:
                runs[-1] = Skipped(name, runs[-1].first, day)
            else:
                runs.append(Skipped(name, day, day))
        return tuple(runs)

    def make_up_days(self, start: date, end: date) -> tuple[date, ...]:
        """Make-up days in (start, end], in order."""
        return tuple(sorted(day for day in self._make_up if start < day <= end))

    def provisional(self, start: date, end: date) -> tuple[int, ...]:
        """Years in [start, end] whose notice is not yet known."""
        return tuple(year for year in range(start.year, end.year + 1) if year not in self.notices)

    def add_hours(self, start: datetime, hours: float, office: OfficeHours | None = None) -> datetime:
        """The moment a number of office hours later; the clock stops outside office hours and on days off."""
        spans = (office or OfficeHours()).spans
        remaining, day = timedelta(hours=hours), start.date()
        while True:
            if self.is_working(day):
                for opens, closes in spans:
                    begin = max(start, datetime.combine(day, opens, start.tzinfo))
                    finish = datetime.combine(day, closes, start.tzinfo)
                    if begin < finish:
                        if begin + remaining <= finish:
                            return begin + remaining
                        remaining -= finish - begin
            day += timedelta(days=1)


def add_calendar_days(day: date, days: int) -> date:
    """The day a number of calendar days later; the start day does not count."""
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    return day_of_month(day.year, day.month + months, day.day)


def day_of_month(year: int, month: int, day: int) -> date:
    """That day of a month, or the month's last day; months beyond December run into later years."""
    years, month = divmod(month - 1, 12)
    if day > SHORTEST_MONTH:
        day = min(day, monthrange(year + years, month + 1)[1])
    return date(year + years, month + 1, day)
