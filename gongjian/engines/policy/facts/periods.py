"""Periods of facts (期别): day, month, quarter, year; how they are written, split and shifted."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    """The length of a period."""

    DAY = "DAY"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
YEARS = range(1900, 2200)
_FORMS = (
    (PeriodKind.DAY, re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")),
    (PeriodKind.MONTH, re.compile(r"(\d{4})-(\d{1,2})")),
    (PeriodKind.QUARTER, re.compile(r"(\d{4})-?[Qq]([1-4])")),
    (PeriodKind.YEAR, re.compile(r"(\d{4})")),
)


@dataclass(frozen=True)
class Period:
    """One period, given by its first day."""

    kind: PeriodKind
    start: date

    def __str__(self) -> str:
        """The period as column names write it: 2023, 2023Q1, 2023-01, 2023-01-31."""
        if self.kind is PeriodKind.DAY:
            return self.start.isoformat()
        if self.kind is PeriodKind.QUARTER:
            return f"{self.start.year}Q{(self.start.month + 2) // 3}"
        return f"{self.start.year}" if self.kind is PeriodKind.YEAR else f"{self.start:%Y-%m}"

    @property
    def end(self) -> date:
        """The last day of the period."""
        if self.kind is PeriodKind.DAY:
            return self.start
        return self.shift(1).start - timedelta(days=1)

    def shift(self, steps: int) -> "Period":
        """The period a number of steps of the same length later, or earlier if negative."""
        if self.kind is PeriodKind.DAY:
            return Period(self.kind, self.start + timedelta(days=steps))
        return Period(self.kind, add_months(self.start, steps * MONTHS[self.kind]))

    def parts(self, kind: PeriodKind) -> tuple["Period", ...]:
        """The shorter periods that this period consists of."""
        first = Period(kind, self.start)
        return tuple(first.shift(n) for n in range(MONTHS[self.kind] // MONTHS[kind]))

    def widen(self, kind: PeriodKind) -> "Period":
        """The longer period that contains this period."""
        return period_of(self.start, kind)

    def holds(self, other: "Period") -> bool:
        """Whether this period contains the other period."""
        return self.start <= other.start and other.end <= self.end


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month if it is shorter, as SQL engines count."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_of(day: date, kind: PeriodKind) -> Period:
    """The period of that length that contains the day."""
    if kind is PeriodKind.DAY:
        return Period(kind, day)
    length = MONTHS[kind]
    return Period(kind, date(day.year, (day.month - 1) // length * length + 1, 1))


def parse_period(text: str) -> Period | None:
    """The period written as `2023`, `2023Q1`, `2023-01` or `2023-01-31`; None for any other text."""
    for kind, form in _FORMS:
        if match := form.fullmatch(text.strip()):
            numbers = [int(n) for n in match.groups()]
            if numbers[0] not in YEARS:
                return None
            if kind is PeriodKind.QUARTER:
                numbers[1] = numbers[1] * 3 - 2
            try:
                return Period(kind, date(*[*numbers, 1, 1][:3]))
            except ValueError:
                return None
    return None
