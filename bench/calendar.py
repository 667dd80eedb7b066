"""Working days: ours against `chinese_calendar`, the same questions, equal answers, one run."""

from datetime import date, timedelta
from random import Random
from time import perf_counter

import chinese_calendar

from bench.tables import Table, median_of
from gongjian.engines.workdays.announcements import load_years

QUESTIONS = 5_000
FIRST, DAYS = date(2010, 1, 1), 15 * 365


def _theirs(start: date, working_days: int) -> date:
    day = start
    while working_days:
        day += timedelta(days=1)
        working_days -= chinese_calendar.is_workday(day)
    return day


def measure() -> Table:
    """Due days of 1 to 60 working days from random days; seconds for all, median of five."""
    dice = Random(1)
    asked = [(FIRST + timedelta(dice.randrange(DAYS)), dice.randrange(1, 61)) for _ in range(QUESTIONS)]
    calendar = load_years()
    answers: dict[str, list[date]] = {}

    def ours() -> float:
        began = perf_counter()
        answers["ours"] = [calendar.add(day, n) for day, n in asked]
        return perf_counter() - began

    def theirs() -> float:
        began = perf_counter()
        answers["theirs"] = [_theirs(day, n) for day, n in asked]
        return perf_counter() - began

    own, other = median_of(ours, theirs)
    if answers["ours"] != answers["theirs"]:
        raise AssertionError("the two calendars disagree")
    return Table(
        title=f"Due days: {QUESTIONS:,} questions of 1-60 working days",
        head=("", "seconds, median of 5", "times ours"),
        rows=[
            ("gongjian.engines.workdays", f"{own:.4f}", "1.0"),
            ("chinese_calendar, day by day", f"{other:.4f}", f"{other / own:.1f}"),
        ],
    )
