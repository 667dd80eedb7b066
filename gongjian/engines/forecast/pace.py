"""Pace (序时进度): what share of a target is done, beside the share of the time, or of the usual year, that has gone by."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MONTHS = 12
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Pace:
    """A completion beside what was due by then, both as exact shares of the target (1 is all of it)."""

    completion: Decimal
    due: Decimal

    @property
    def lead(self) -> Decimal:
        """How far it is ahead of what was due, as a share of the target; negative when it is behind."""
        return self.completion - self.due


def time_pace(done: Decimal, target: Decimal, *, months: int) -> Pace:
    """The pace everybody uses (超时间进度): done / target beside months / 12.

    `done` and `target` have the same unit, `months` is how many months of the year have gone by. Raises ValueError for a target
    that is not above zero, since a share of it says nothing, and for months outside 0 to 12.
    """
    if not 0 <= months <= MONTHS:
        raise ValueError(f"{months} months are not within a year")
    return Pace(_share(done, target), Decimal(months) / MONTHS)


def seasonal_pace(done: Decimal, target: Decimal, *, usual_share: Decimal) -> Pace:
    """The same beside the share of a year that is usually done by then, which knows winter and Spring Festival.

    `usual_share` is between 0 and 1 (the mean of earlier years). Raises ValueError as `time_pace` does.
    """
    return Pace(_share(done, target), usual_share)


def _share(done: Decimal, target: Decimal) -> Decimal:
    if target <= 0:
        raise ValueError(f"a share of {target} says nothing")
    return done / target


def points(share: Decimal, digits: int) -> Decimal:
    """A share in per cent or in percentage points, rounded half up to so many digits behind the point."""
    return (share * HUNDRED).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
