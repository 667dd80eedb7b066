"""A year of the calendar drawn as months, and the sheet on which the next year is entered. No HTTP."""

import calendar as weeks
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongjian.engines.workdays.calendar import Calendar, YearNotice

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
BY_SUN = {"元旦": ("01-01", "01-01"), "劳动节": ("05-01", "05-02"), "国庆节": ("10-01", "10-03")}
SHEET = """# 照国务院办公厅的通知填写，核对无误后把 confirmed 改为 true。行首有 # 的是说明，不起作用。
year = %(year)s
document = ""
confirmed = false

# 调休上班日（只能是周六、周日），如 [%(year)s-02-07, %(year)s-02-20]
make_up_days = []
"""


@dataclass(frozen=True)
class DayCell:
    """One day: `mark` is 休 or 班 where the weekday alone would say otherwise, else empty."""

    day: date | None
    name: str = ""
    off: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven cells, Monday first, and its working days."""

    first: date
    weeks: tuple[tuple[DayCell, ...], ...]
    working: int


def months_of(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months of a year."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    rows = weeks.Calendar().monthdayscalendar(year, number)
    days = [date(year, number, n) for row in rows for n in row if n]
    cells = tuple(
        tuple(_cell(calendar, date(year, number, n)) if n else DayCell(None) for n in row) for row in rows
    )
    return Month(date(year, number, 1), cells, sum(calendar.is_working(day) for day in days))


def _cell(calendar: Calendar, day: date) -> DayCell:
    if calendar.is_make_up(day):
        return DayCell(day, mark="班")
    if calendar.is_working(day):
        return DayCell(day)
    name = str(calendar.name_of(day))
    festival = any(day in _span(h.first, h.last) for n in calendar.notices.values() for h in n.holidays)
    return DayCell(day, name=name, off="off", mark="休" if festival else "")


def _span(first: date, last: date) -> set[date]:
    return {date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)}


def sheet_for(year: int) -> str:
    """The TOML of a year to fill in: fixed festivals are given, lunar ones are commented out; it cannot be adopted as it is."""
    parts = [SHEET % {"year": year}]
    for name in FESTIVALS:
        first, last = BY_SUN.get(name, ("", ""))
        hide = "" if first else "# "
        parts.append(
            f'{hide}[[holiday]]\n{hide}name = "{name}"\n'
            f"{hide}from = {year}-{first or '月-日'}\n{hide}to = {year}-{last or '月-日'}\n"
        )
    return "\n".join(parts)


def missing_festivals(notice: YearNotice) -> list[str]:
    """Statutory festivals the notice does not mention (a name like 国庆节、中秋节 counts for both)."""
    text = "".join(holiday.name for holiday in notice.holidays)
    return [name for name in FESTIVALS if name.removesuffix("节") not in text]


def next_year(notices: Iterable[int]) -> int:
    """The first year not yet announced."""
    return max(notices, default=2025) + 1
