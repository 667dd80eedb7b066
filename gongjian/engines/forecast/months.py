"""A month of a year, as offices write it: 2024-01, 2024年1月, 202401, 2024/1, 2024.01."""

import unicodedata
from typing import NamedTuple

from gongjian.engines.forecast.vocabulary import MONTH_WORDS

EARLIEST, LATEST = 1950, 2099  # years whose Spring Festival is known
MONTHS = 12


class Month(NamedTuple):
    """A month; ordered by time."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    def plus(self, months: int) -> "Month":
        """The month so many months later."""
        year, month = divmod(self.year * MONTHS + self.month - 1 + months, MONTHS)
        return Month(year, month + 1)

    def since(self, other: "Month") -> int:
        """How many months it is after the other."""
        return (self.year - other.year) * MONTHS + self.month - other.month


def read_month(text: str) -> Month:
    """The month a cell names; raises ValueError for anything else, and for years whose Spring Festival is not known."""
    found = MONTH_WORDS.match(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise ValueError(f"{text!r} is no month")
    month = Month(int(found["year"]), int(found["month"] or found["joined"]))
    if not (1 <= month.month <= MONTHS and EARLIEST <= month.year <= LATEST):
        raise ValueError(f"{text!r} is no month")
    return month
