"""Adds a city or county with everything below it from the register of divisions; the areas are edited as any other."""

from datetime import datetime

from django.db import transaction

from gongjian.engines.divisions.register import COUNTY, Division, divisions_below
from gongjian.people import services as people
from gongjian.people.models import Account, Area

SHORT = Area._meta.get_field("short_name").max_length or 0


@transaction.atomic
def add_divisions(
    top: Division, *, name: str = "", townships: bool = True, by: Account | None, at: datetime
) -> Area:
    """Add the area of an office and those below it, each with its statistics code; returns the first.

    `name` replaces the register's name of the first. A county-level area hangs below the first, a township below its own.
    """
    first = _add(None, top, name=name or top.name, order=0, by=by, at=at)
    counties: dict[str, Area] = {}
    for order, division in enumerate(divisions_below(top), 1):
        if len(division.code) == COUNTY:
            counties[division.code] = _add(first, division, name=division.name, order=order, by=by, at=at)
        elif townships:
            parent = counties.get(division.code[:COUNTY], first)
            _add(parent, division, name=division.name, order=order, by=by, at=at)
    return first


def _add(
    parent: Area | None, division: Division, *, name: str, order: int, by: Account | None, at: datetime
) -> Area:
    return people.add_area(
        parent,
        name=name,
        short_name=name[:SHORT],
        level=division.level.value,
        stat_code=division.statistics_code,
        functional=division.functional,
        order=order,
        by=by,
        at=at,
    )
