"""A day in short: without its year only where that is the year it is read in."""

from datetime import date


def short_day(day: date, *, today: date) -> str:
    """12-05 in the year of `today`, else 2027-02-28."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def english_day(day: date, *, today: date) -> str:
    """31 Aug in the year of `today`, else 31 Aug 2027."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def short_span(first: date, last: date, *, today: date) -> tuple[str, str]:
    """Both ends of a span in short: with the year at both where either is not of the year of `today`."""
    if first.year == last.year == today.year:
        return f"{first:%m-%d}", f"{last:%m-%d}"
    return f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"
