"""Quiet hours, when to try again. Pure."""

from datetime import datetime, time, timedelta

FIRST_PAUSE = timedelta(minutes=5)
GROWS = 4
MOST_ATTEMPTS = 6  # 5 min, 20 min, 80 min, 5 h 20 min, 21 h 20 min: about a day in all


def is_quiet(now: time, starts: time, ends: time) -> bool:
    """Whether nothing leaves the product now (静默时段); `ends` before `starts` runs over midnight, equal means never."""
    if starts <= ends:
        return starts <= now < ends
    return now >= starts or now < ends


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many failures; None when it is enough."""
    return None if attempts >= MOST_ATTEMPTS else at + FIRST_PAUSE * GROWS ** (attempts - 1)
