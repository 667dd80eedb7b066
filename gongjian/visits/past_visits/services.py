"""Takes a visit of an older ledger in with its firms and notes (导入往年走访). Nobody is told, and no firm is counted as asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area, Person
from gongjian.visits import perms
from gongjian.visits.events import VisitEvent
from gongjian.visits.models import Note, Stop, Visit
from gongjian.visits.services import _check_entry
from gongjian.visits.states import DayPart, NoteHeading, StopResult, VisitKind, VisitState

OWN = frozenset({VisitEvent.IMPORTED, VisitEvent.FIRM_IMPORTED})


@dataclass(frozen=True)
class PastVisit:
    """What an older ledger says of a visit or a meeting."""

    title: str
    area: Area
    starts_on: date
    ends_on: date
    kind: VisitKind = VisitKind.VISIT
    part: DayPart = DayPart.ALL_DAY
    state: VisitState = VisitState.DONE
    place: str = ""
    lead: Person | None = None
    participants: Sequence[Person] = ()
    firm_count: int | None = None


@dataclass(frozen=True)
class PastStop:
    """What it says of one firm on the visit; without a firm, `notes` are those of the whole visit."""

    enterprise: Enterprise | None = None
    result: StopResult = StopResult.OPEN
    received_by: str = ""
    notes: Mapping[NoteHeading, str] = field(default_factory=dict)


@transaction.atomic
def import_visit(past: PastVisit, *, by: Account, at: datetime) -> Visit:
    """Take the visit in; its event tells of the import, its days are those of the ledger."""
    perms.check_plan(by, past.area)
    today = timezone.localdate(at)
    _check_entry(past.title, past.starts_on, past.ends_on, today=today)
    if past.state == VisitState.DONE and past.starts_on > today:
        raise Refused(_("日期还没有到，不能是已完成。"), field="starts_on")
    facts: dict[str, Any] = {name: getattr(past, name) for name in ("kind", "part", "state", "place", "lead")}
    visit = Visit.objects.create(
        title=past.title,
        area=past.area,
        starts_on=past.starts_on,
        ends_on=past.ends_on,
        firm_count=past.firm_count,
        recorded_by=by,
        recorded_at=at,
        **facts,
    )
    visit.participants.set(past.participants)
    day = past.starts_on.isoformat()
    record(VisitEvent.IMPORTED, subject=visit, by=by, at=at, title=visit.title, starts_on=day)
    return visit


@transaction.atomic
def import_stop(visit: Visit, past: PastStop, *, by: Account, at: datetime) -> Stop | None:
    """Add what an older ledger says of a firm, or of the whole visit, to an imported visit."""
    perms.check_plan(by, visit.area)
    stop = None
    if past.enterprise is not None:
        if visit.stops.filter(enterprise=past.enterprise).exists():
            raise Refused(_("%(firm)s已经在这次走访里。") % {"firm": past.enterprise}, field="enterprise")
        order = visit.stops.count() + 1
        stop = Stop.objects.create(
            visit=visit,
            enterprise=past.enterprise,
            result=past.result,
            received_by=past.received_by,
            order=order,
        )
        shown = source_word(past.result.label)
        name = past.enterprise.name
        record(VisitEvent.FIRM_IMPORTED, subject=visit, by=by, at=at, firm=name, result=shown)
    Note.objects.bulk_create(
        [Note(visit=visit, stop=stop, heading=heading, text=text) for heading, text in past.notes.items()]
    )
    return stop


@transaction.atomic
def take_back_import(visit: Visit, *, by: Account, at: datetime) -> None:
    """Remove an imported visit with its firms and notes, while nobody has gone on with it."""
    perms.check_plan(by, visit.area)
    if not {event.name for event in events_of(visit)} <= OWN or visit.problems.exists():
        raise Refused(perms.built_on(visit.title))
    day = visit.starts_on.isoformat()
    record(VisitEvent.IMPORT_TAKEN_BACK, subject=visit, by=by, at=at, title=visit.title, starts_on=day)
    try:
        visit.delete()
    except ProtectedError as error:
        raise Refused(perms.built_on(visit.title)) from error


@transaction.atomic
def take_back_stop(stop: Stop, *, by: Account, at: datetime) -> None:
    """Remove an imported firm from a visit that stood before, with its notes."""
    visit = stop.visit
    perms.check_plan(by, visit.area)
    if visit.problems.filter(enterprise=stop.enterprise_id).exists():
        raise Refused(perms.built_on(visit.title))
    title = f"{visit.title}·{stop.enterprise.name}"
    day = visit.starts_on.isoformat()
    record(VisitEvent.IMPORT_TAKEN_BACK, subject=visit, by=by, at=at, title=title, starts_on=day)
    stop.delete()
