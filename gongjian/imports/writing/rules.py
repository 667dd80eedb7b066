"""How a long import is cut into pieces, and from when on it counts as broken off. Pure."""

from datetime import datetime, timedelta

PIECE = 500  # rows that are written in one transaction
QUIET = timedelta(minutes=2)  # without a word of progress, nobody is writing any more


def broken_off(told_at: datetime | None, at: datetime) -> bool:
    """Whether the writing has stopped without an end: the server was switched off."""
    return told_at is None or at - told_at > QUIET
