"""The days on which everything that depends on the day is run again, and the mark that runs a test on each of them."""

from collections.abc import Iterable
from datetime import date, datetime, time

import pytest

from gongjian.engines.workdays.announcements import package_years
from tests.factories import AT

MORNING = time(9, 30)
HALF_PAST_MIDNIGHT, TWENTY_TO_EIGHT = (
    time(0, 30),
    time(7, 40),
)  # in Beijing; in UTC it is still the day before


def _on(year: int, month: int, day: int, hour: time = MORNING) -> datetime:
    return datetime.combine(date(year, month, day), hour, AT.tzinfo)


WORKED_SUNDAY = max(day for notice in package_years() for day in notice.make_up_days if day.isoweekday() == 7)
NOT_ANNOUNCED = max(notice.year for notice in package_years()) + 1

MOMENTS = {
    "last_of_a_month": _on(2026, 11, 30, time(17, 20)),
    "first_of_a_month": _on(2026, 12, 1),
    "last_of_a_quarter": _on(2027, 3, 31),
    "first_of_a_quarter": _on(2027, 4, 1),
    "first_of_october": _on(2026, 10, 1),
    "last_of_a_year": _on(2026, 12, 31, time(23, 40)),
    "first_of_a_year": _on(2027, 1, 1),
    "leap_day": _on(2028, 2, 29),
    "eve_of_spring_festival": _on(2027, 2, 5),
    "first_of_spring_festival": _on(2027, 2, 6),
    "worked_sunday": datetime.combine(WORKED_SUNDAY, MORNING, AT.tzinfo),
    "year_not_announced": _on(NOT_ANNOUNCED, 7, 14),
    "half_past_midnight_of_a_month": _on(2026, 12, 1, HALF_PAST_MIDNIGHT),
    "half_past_midnight_of_a_year": _on(2027, 1, 1, HALF_PAST_MIDNIGHT),
    "twenty_to_eight_of_a_month": _on(2026, 11, 1, TWENTY_TO_EIGHT),
    "twenty_to_eight_of_a_year": _on(2028, 1, 1, TWENTY_TO_EIGHT),
}

SAID_BY_OTHERS = {
    "last_of_a_month": "last_of_a_quarter",
    "first_of_a_month": "first_of_october",
    "first_of_a_quarter": "first_of_october",
    "half_past_midnight_of_a_month": "half_past_midnight_of_a_year",
}  # days that another of these days stands for as well


def _marked(names: Iterable[str]) -> pytest.MarkDecorator:
    """Only the first day is traced for coverage: the others walk the same lines."""
    marks = {name: [pytest.mark.clock(MOMENTS[name]), pytest.mark.untraced] for name in names}
    marks[next(iter(marks))].pop()
    return pytest.mark.parametrize(
        "moment", [pytest.param(MOMENTS[name], marks=marks[name], id=name) for name in marks]
    )


on_every_day = _marked(MOMENTS)
on_twelve_days = _marked(name for name in MOMENTS if name not in SAID_BY_OTHERS)  # for what takes long


def on(name: str) -> pytest.MarkDecorator:
    """One of the days alone."""
    return pytest.mark.clock(MOMENTS[name])
