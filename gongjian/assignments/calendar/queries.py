"""The calendar in force: the package's years and the years the office has adopted."""

from functools import lru_cache

from gongjian.assignments.models import AnnouncedYear
from gongjian.engines.workdays.announcements import load_years, parse_notice
from gongjian.engines.workdays.calendar import Calendar


def current_calendar() -> Calendar:
    """The calendar now in force. One query; it is rebuilt only when the adopted years have changed."""
    adopted = (
        AnnouncedYear.objects.filter(adopted_at__isnull=False)
        .order_by("year", "adopted_at")
        .values_list("text", flat=True)
    )
    return _built(tuple(adopted))


@lru_cache(maxsize=8)
def _built(texts: tuple[str, ...]) -> Calendar:
    return load_years(parse_notice(text) for text in texts)
