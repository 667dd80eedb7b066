"""Ending, reviving and moving areas. Their records stay with them; the verbs of a merger or a division are the campaign's."""

from datetime import date, datetime

from django.db import transaction

from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.people import perms
from gongjian.people.events import PeopleEvent
from gongjian.people.models import Account, Area


@transaction.atomic
def end_area(area: Area, *, on: date, by: Account, at: datetime) -> Area:
    """End an area on a day (撤并): it is given no more targets and asked for no more figures."""
    return _set(area, on, PeopleEvent.AREA_ENDED, by=by, at=at)


@transaction.atomic
def revive_area(area: Area, *, by: Account, at: datetime) -> Area:
    """Take back that an area ended."""
    return _set(area, None, PeopleEvent.AREA_REVIVED, by=by, at=at)


def _set(area: Area, on: date | None, name: PeopleEvent, *, by: Account, at: datetime) -> Area:
    row: Area = Area.objects.select_for_update().get(pk=area.pk)
    perms.check_keep_people(by, row)
    changes = set_fields(row, {"ended_on": on})
    row.save(update_fields=["ended_on"])
    record(name, subject=row, by=by, at=at, name=row.name, on=str(on or ""), **changes)
    return row


@transaction.atomic
def move_area(area: Area, to: Area, *, by: Account, at: datetime) -> Area:
    """Move an area, and all below it, under another (划归)."""
    perms.check_keep_people(by, area)
    perms.check_keep_people(by, to)
    Area.objects.move(Area.objects.get(pk=area.pk), Area.objects.get(pk=to.pk), "last-child")
    row: Area = Area.objects.get(pk=area.pk)
    record(PeopleEvent.AREA_MOVED, subject=row, by=by, at=at, name=row.name, into=to.name)
    return row
