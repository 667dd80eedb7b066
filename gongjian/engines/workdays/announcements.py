"""Reads, checks and writes notices as TOML, and loads the calendar of all known years."""

import json
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gongjian.engines.workdays.calendar import SATURDAY, Calendar, Holiday, YearNotice
from gongjian.engines.writing.clean_toml import read_toml
from gongjian.engines.writing.signs import clean_line

FOLDER = Path(__file__).resolve().parent / "years"
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST = 12  # days off in one festival

MESSAGES: dict[str, str] = {
    "syntax": "放假安排的格式不对：%(detail)s。请对照示例检查引号、方括号和日期写法。",
    "year": "没有写明年份，或者年份 %(year)s 不合理。请写 year = 2027 这样的四位年份。",
    "document": "没有写明依据文件。请写国务院办公厅通知的名称和文号。",
    "no_holidays": "一个节日也没有。请至少写入元旦、春节、清明节、劳动节、端午节、中秋节、国庆节。",
    "holiday_shape": "第 %(number)s 个节日写得不完整。每个节日要有 name、from、to 三项。",
    "holiday_name": '第 %(number)s 个节日没有名称。请写 name = "春节" 这样的中文名称。',
    "not_a_date": "%(where)s 的 %(value)s 不是日期。请写 2027-02-05 这样的日期，不加引号。",
    "order": "%(name)s的结束日期 %(last)s 早于开始日期 %(first)s。请把两个日期对调或更正。",
    "too_long": "%(name)s连休 %(days)s 天，超过 %(limit)s 天。请核对起止日期。",
    "outside": "%(where)s 的 %(day)s 不在 %(year)s 年（含上年末、下年初相连的几天）。请核对年份。",
    "overlap": "%(day)s 同时属于%(first)s和%(second)s。请核对两个节日的起止日期。",
    "make_up_shape": "make_up_days 要写成日期的列表，如 [2027-02-07, 2027-02-20]。",
    "make_up_weekday": "调休上班日 %(day)s 是%(weekday)s，本来就上班。调休上班日只能是周六或周日，请核对。",
    "make_up_holiday": "%(day)s 既是%(name)s放假又是调休上班日。请核对。",
    "make_up_twice": "调休上班日 %(day)s 写了两次。请删去一个。",
}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class BadNotice(ValueError):
    """A notice that cannot be used: the `code` of its sentence in MESSAGES and the values that fill it."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.template, self.values = code, MESSAGES[code], values
        super().__init__(self.template % values)


def _day(value: Any, where: str) -> date:
    if type(value) is not date:
        raise BadNotice("not_a_date", where=where, value=value)
    return value


def _within(day: date, year: int, where: str) -> date:
    if not date(year, 1, 1) - timedelta(days=10) <= day <= date(year + 1, 1, 10):
        raise BadNotice("outside", where=where, day=day, year=year)
    return day


def _holiday(entry: Any, number: int, year: int) -> Holiday:
    if not isinstance(entry, dict) or not {"name", "from", "to"} <= entry.keys():
        raise BadNotice("holiday_shape", number=number)
    name = entry["name"]
    if not isinstance(name, str) or not name.strip():
        raise BadNotice("holiday_name", number=number)
    first, last = (_within(_day(entry[key], name), year, name) for key in ("from", "to"))
    if last < first:
        raise BadNotice("order", name=name, first=first, last=last)
    if (last - first).days >= LONGEST:
        raise BadNotice("too_long", name=name, days=(last - first).days + 1, limit=LONGEST)
    return Holiday(clean_line(name), first, last)


def _named_days(holidays: Iterable[Holiday]) -> dict[date, str]:
    named: dict[date, str] = {}
    for holiday in holidays:
        for n in range((holiday.last - holiday.first).days + 1):
            day = holiday.first + timedelta(days=n)
            if day in named:
                raise BadNotice("overlap", day=day, first=named[day], second=holiday.name)
            named[day] = holiday.name
    return named


def _make_up_days(entries: Any, year: int, off: dict[date, str]) -> tuple[date, ...]:
    if not isinstance(entries, list):
        raise BadNotice("make_up_shape")
    days: list[date] = []
    for entry in entries:
        day = _within(_day(entry, "make_up_days"), year, "make_up_days")
        if day.weekday() < SATURDAY:
            raise BadNotice("make_up_weekday", day=day, weekday=WEEKDAYS[day.weekday()])
        if day in off:
            raise BadNotice("make_up_holiday", day=day, name=off[day])
        if day in days:
            raise BadNotice("make_up_twice", day=day)
        days.append(day)
    return tuple(sorted(days))


def parse_notice(text: str) -> YearNotice:
    """One year's notice from TOML: `year`, `document`, `confirmed`, `[[holiday]] name from to`, `make_up_days`.

    Raises BadNotice with a sentence that says what is wrong, where, and what to do.
    """
    try:
        data = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise BadNotice("syntax", detail=error) from error
    year = data.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadNotice("year", year=year)
    document = data.get("document")
    if not isinstance(document, str) or not document.strip():
        raise BadNotice("document")
    entries = data.get("holiday")
    if not isinstance(entries, list) or not entries:
        raise BadNotice("no_holidays")
    holidays = tuple(_holiday(entry, number, year) for number, entry in enumerate(entries, 1))
    make_up = _make_up_days(data.get("make_up_days", []), year, _named_days(holidays))
    return YearNotice(year, clean_line(document), data.get("confirmed") is True, holidays, make_up)


def dump_notice(notice: YearNotice) -> str:
    """The notice as TOML that `parse_notice` reads back."""
    lines = [
        f"year = {notice.year}",
        f"document = {json.dumps(notice.document, ensure_ascii=False)}",
        f"confirmed = {str(notice.confirmed).lower()}",
        f"make_up_days = [{', '.join(day.isoformat() for day in notice.make_up_days)}]",
    ]
    for holiday in notice.holidays:
        lines += [
            "",
            "[[holiday]]",
            f"name = {json.dumps(holiday.name, ensure_ascii=False)}",
            f"from = {holiday.first}",
            f"to = {holiday.last}",
        ]
    return "\n".join(lines) + "\n"


@cache
def package_years() -> tuple[YearNotice, ...]:
    """The notices of the years that come with the product."""
    return tuple(parse_notice(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml")))


def load_years(extra: Iterable[YearNotice] = ()) -> Calendar:
    """The calendar of the package's years, overridden or continued by `extra`."""
    return Calendar({notice.year: notice for notice in (*package_years(), *extra)}.values())
