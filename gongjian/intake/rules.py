"""What counts as sure, and what a date must look like to be believed. Pure: no database."""

from datetime import date, timedelta

SURE = 80  # confidence from which meetings, visits and people may be confirmed together
UNSURE = 70  # confidence of a value that something in the report speaks against
ON_RECORD = 90  # least confidence of a value that stands on a register
OLDEST = timedelta(days=60)  # a report tells of days before it was published; what lies further back is asked
UNKNOWN = "X"  # in a date: the part the report does not give


def nearest(written: str, anchor: date) -> str:
    """A month and day without a year (`XXXX-12-30`) in the year that brings it nearest before the anchor; else as it is."""
    year, _dash, rest = written.partition("-")
    if UNKNOWN not in year or UNKNOWN in rest:
        return written
    for candidate in (anchor.year, anchor.year - 1):
        try:
            found = date.fromisoformat(f"{candidate}-{rest}")
        except ValueError:
            continue
        if found <= anchor:
            return found.isoformat()
    return written


def far(day: date, anchor: date) -> bool:
    """Whether a day told of lies after publication or long before it."""
    return day > anchor or anchor - day > OLDEST
