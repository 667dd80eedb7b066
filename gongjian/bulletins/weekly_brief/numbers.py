"""The numbers of the brief: measures of the one table, counted for an area and a period without regard to any account."""

from dataclasses import dataclass, replace
from datetime import date

from gongjian.measures.measure import Scope
from gongjian.measures.queries import Rows, rows_of
from gongjian.people.models import Area
from gongjian.people.queries import children
from gongjian.people.states import AreaLevel


@dataclass(frozen=True)
class BriefScope:
    """The area and the first and last day that are counted, and the day on which lights are judged."""

    area: Area
    first: date
    last: date
    today: date


def measured(key: str, scope: BriefScope, *, unit: int | None = None) -> Rows:
    """The records a measure counts in the area and the period of a brief."""
    return rows_of(key, Scope(scope.today, first=scope.first, last=scope.last, area=scope.area, unit=unit))


def counties(area: Area) -> list[Area]:
    """The county-level areas below an area, in official order."""
    return [below for below in children(area) if below.level == AreaLevel.COUNTY]


def rows_counted(key: str, scope: BriefScope, *, unit: int | None = None, own: bool) -> list[int]:
    """The keys of the records a number counts; `own` leaves out those of the counties below, so that columns add up."""
    keys = set(measured(key, scope, unit=unit).values_list("pk", flat=True))
    for area in counties(scope.area) if own else ():
        inside = measured(key, replace(scope, area=area))
        keys -= set(inside.values_list("pk", flat=True))
    return sorted(keys)
