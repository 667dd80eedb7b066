"""One checkpoint of a shadow life, its day counted by the table and calendar of the naive engine."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.engines.clock.naive_calendar import (
    DAY,
    after_clock_hours,
    after_hours,
    count,
    month_day,
    month_later,
    plus,
    works,
    year_day,
)


@dataclass
class Owed:
    """One checkpoint."""

    name: str
    span: str
    amount: int
    met_by: str
    repeat: bool = False
    anchor: int = 0
    nth: int = 1
    fixed: date | None = None
    rested: list[tuple[date, date]] = field(default_factory=list)  # each hold that moved it, from and to
    met_on: Any = None
    kept: date | None = None  # a checkpoint that is met keeps its day whatever the calendar becomes

    def due(self, start: datetime) -> date:
        if self.kept is not None:
            return self.kept
        number, anchor = self.amount * self.nth, self.anchor or self.amount
        counted = {
            "SAME_DAY": start.date,
            "DATE": start.date,
            "HOURS": lambda: after_hours(start, number).date(),
            "CLOCK_HOURS": lambda: after_clock_hours(start, number).date(),
            "WORKING_DAYS": lambda: plus(start.date(), number),
            "CALENDAR_DAYS": lambda: start.date() + number * DAY,
            "MONTHS": lambda: month_later(start.date(), number),
            "MONTH_DAY": lambda: month_day(start.date(), anchor, self.amount, self.nth),
            "YEAR_DAY": lambda: year_day(start.date(), anchor, self.amount, self.nth),
        }
        day = self.fixed or counted[self.span]()
        while not self.fixed and not works(day):
            day += DAY
        return plus(day, sum(count(*hold) for hold in self.rested))
