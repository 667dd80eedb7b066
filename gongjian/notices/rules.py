"""Quiet hours, and when a failed sending is tried again. Pure."""

from datetime import datetime, time, timedelta

FIRST_PAUSE = timedelta(minutes=5)
PAUSE_GROWTH = 4
MOST_ATTEMPTS = 6  # 5 min, 20 min, 80 min, 5 h 20 min, 21 h 20 min: about a day in all


def is_quiet(now: time, starts: time, ends: time) -> bool:
    """Whether it is quiet hours now (静默时段). `ends` before `starts` runs over midnight; equal means never."""
    if starts <= ends:
        return starts <= now < ends
    return now >= starts or now < ends


def quiet_until(at: datetime, starts: time, ends: time) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    if not is_quiet(at.time(), starts, ends):
        return at
    day = at.date() if at.time() < ends else at.date() + timedelta(days=1)
    return datetime.combine(day, ends, tzinfo=at.tzinfo)


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many attempts have failed; None when no more are made."""
    return None if attempts >= MOST_ATTEMPTS else at + FIRST_PAUSE * PAUSE_GROWTH ** (attempts - 1)
