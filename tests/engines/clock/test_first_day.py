"""The first day is green unless it is the last; what would be due on a day off is due on the next working day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongjian.engines.clock.checkpoints import timeline
from gongjian.engines.clock.lights import light, warning_days
from gongjian.engines.clock.states import Light, State
from gongjian.engines.workdays.announcements import load_years
from tests.engines.clock.naive_calendar import DAY, turns_yellow, works

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = load_years()
MONDAY = date(2026, 11, 23)


def shown(start, due, today):
    warn_on, grave_on = warning_days(start, due, CALENDAR)
    facts = {"warn_on": warn_on, "due_on": due, "grave_on": grave_on, "resolved_on": None}
    return light(state=State.ASSIGNED, today=today, **facts)


@pytest.mark.parametrize("days", range(1, 12))
@pytest.mark.parametrize("start", [MONDAY + timedelta(n) for n in range(7)])
def test_a_task_is_green_on_its_first_day(start, days):
    due = start + timedelta(days)
    assert shown(start, due, start) == Light.GREEN
    assert shown(start, due, due) == Light.YELLOW
    assert shown(start, due, due + DAY) == Light.RED
    assert warning_days(start, due, CALENDAR)[0] == turns_yellow(start, due)


@pytest.mark.parametrize("start", [MONDAY, date(2026, 9, 30), date(2026, 2, 14)])
def test_what_is_due_today_is_yellow_today(start):
    assert shown(start, start, start) == Light.YELLOW


@pytest.mark.parametrize(
    ("span", "amount", "start", "due"),
    [
        ("CALENDAR_DAYS", 3, "2026-11-25", "2026-11-30"),  # Saturday
        ("CALENDAR_DAYS", 7, "2026-11-22", "2026-11-30"),  # handed over on a Sunday
        ("CALENDAR_DAYS", 1, "2026-09-24", "2026-09-28"),  # Mid-Autumn, then the weekend
        ("MONTHS", 1, "2026-08-31", "2026-09-30"),
        ("MONTHS", 1, "2026-09-05", "2026-10-08"),  # 5 October lies in the National Day holidays
        ("SAME_DAY", 0, "2026-11-28", "2026-11-30"),  # nobody signs on a Saturday
        ("MONTH_DAY", 1, "2026-10-20", "2026-11-02"),
        ("YEAR_DAY", 501, "2026-04-02", "2026-05-06"),
        ("CALENDAR_DAYS", 1, "2026-09-19", "2026-09-20"),  # a Sunday that is worked
    ],
)
def test_no_day_off_is_a_due_day(span, amount, start, due):
    rule = [{"key": "close", "name": "办结", "span": span, "amount": amount, "met_by": "resolve"}]
    moment = datetime.combine(date.fromisoformat(start), datetime.min.time(), SHANGHAI) + timedelta(hours=9)
    (plain,) = timeline(rule, moment, CALENDAR)
    (passed,) = timeline([rule[0] | {"off_days_pass": True}], moment, CALENDAR)
    assert passed.due_on == date.fromisoformat(due)
    assert works(passed.due_on)
    assert passed.due_on == plain.due_on or not works(plain.due_on)
