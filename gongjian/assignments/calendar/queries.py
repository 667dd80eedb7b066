"""The calendar in force: the package's years and the years the office has adopted."""

from functools import lru_cache

from gongjian.assignments.models import AnnouncedYear
from gongjian.engines.workdays.announcements import load_years, parse_notice
from gongjian.engines.workdays.calendar import Calendar


def current_calendar() -> Calendar:
    """One query; built once for each state of the adopted years."""
    adopted = (
        AnnouncedYear.objects.filter(adopted_at__isnull=False)
        .order_by("year", "adopted_at")
        .values_list("text", flat=True)
    )
    return _built(tuple(adopted))


@lru_cache(maxsize=8)
def _built(texts: tuple[str, ...]) -> Calendar:
    return load_years(parse_notice(text) for text in texts)
