"""How long a confirmation can be undone. Pure."""

from datetime import date


def can_undo_on(decided: date, today: date) -> bool:
    """Only on the day it was made: afterwards others count on it."""
    return decided == today
