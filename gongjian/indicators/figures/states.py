"""Why a figure is not written, beside what its cell says."""

from enum import StrEnum


class Unwritten(StrEnum):
    """Why a figure that was read is not written."""

    NOT_YOURS = "not_yours"
    DERIVED = "derived"
    DISABLED = "disabled"
    JANUARY = "january"
    FUTURE = "future"
    HANDED_UP = "handed_up"
    LOCKED = "locked"
    TWICE = "twice"
