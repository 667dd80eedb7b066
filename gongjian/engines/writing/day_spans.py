"""The days that make sense, by what a day means: a slip of the keyboard (0202, 2206) is told before it is stored. Pure.

First days and years ahead are data; `today` is the day on which the day is written down.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayMeaning(StrEnum):
    """What a day stands for."""

    ANY = "any"  # of a filter, a period, a report
    FOUNDED = "founded"  # a firm began
    DONE = "done"  # something took place, was measured or published
    PLANNED = "planned"  # a visit that took place or will
    TERM = "term"  # a post, a pairing, a unit's last day
    DUE = "due"  # a limit
    FACT = "fact"  # a figure that is a day: of an opening, of a certificate's end
    VALID = "valid"  # a title or a certificate, a token


@dataclass(frozen=True)
class DaySpan:
    """The first day that makes sense, and how many years after today the last one lies; 0: not after today."""

    first: date
    years_ahead: int

    def last(self, today: date) -> date:
        """The last day that makes sense on `today`."""
        return date(today.year + self.years_ahead, 12, 31) if self.years_ahead else today


SPANS = {
    DayMeaning.ANY: DaySpan(date(1980, 1, 1), 10),
    DayMeaning.FOUNDED: DaySpan(date(1840, 1, 1), 0),
    DayMeaning.DONE: DaySpan(date(1990, 1, 1), 0),
    DayMeaning.PLANNED: DaySpan(date(2000, 1, 1), 1),
    DayMeaning.TERM: DaySpan(date(1970, 1, 1), 5),
    DayMeaning.DUE: DaySpan(date(2000, 1, 1), 10),
    DayMeaning.FACT: DaySpan(date(1840, 1, 1), 60),
    DayMeaning.VALID: DaySpan(date(1980, 1, 1), 60),
}


def makes_sense(day: date, meaning: DayMeaning, today: date) -> bool:
    """Whether the day lies in the span of its meaning."""
    span = SPANS[meaning]
    return span.first <= day <= span.last(today)
