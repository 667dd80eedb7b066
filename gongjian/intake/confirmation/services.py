"""Writes a confirmed draft into the ledger, by its kind, through the services of the rooms below."""

from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Enterprise
from gongjian.intake.models import Draft, DraftKind, DraftState
from gongjian.intake.registers.queries import (
    area_of_post,
    draft_area,
    draft_day,
    draft_value,
    draft_values,
    firm_named,
    government_of,
    person_named,
)
from gongjian.intake.vocabulary import PARTS
from gongjian.people import services as people
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.states import UnitKind
from gongjian.visits import services as visits
from gongjian.visits.models import Note, Visit
from gongjian.visits.states import DayPart, NoteHeading, VisitKind

KINDS = {
    "mobilisation": VisitKind.RALLY,
    "cadre_meeting": VisitKind.CADRE,
    "economic_meeting": VisitKind.ECONOMIC,
    "seminar": VisitKind.SEMINAR,
    "inquiry": VisitKind.SECTOR,
    "visit": VisitKind.VISIT,
    "coordination": VisitKind.COORDINATION,
    "commendation": VisitKind.COMMENDATION,
    "signing": VisitKind.SIGNING,
    "groundbreaking": VisitKind.GROUNDBREAKING,
}


def write_visit(draft: Draft, *, by: Account, at: datetime) -> Visit:
    """Record a meeting or visit that took place; leaders and firms not yet known are registered."""
    starts_on = draft_day(draft, "date_start")
    if starts_on is None:
        raise Refused(_("报道里没有写明日期。请先补上开始日期再确认。"), field="date_start")
    area = draft_area(draft, by)
    lead = _person(draft_value(draft, "lead"), by=by, at=at) if draft_value(draft, "lead") else None
    joined = [
        _person(name, by=by, at=at)
        for name in draft_values(draft, "people")
        if name != draft_value(draft, "lead")
    ]
    kind = KINDS.get(draft_value(draft, "type"), VisitKind.OTHER)
    firms = [_firm(name, area, by=by, at=at) for name in draft_values(draft, "enterprises")]
    visit = visits.plan(
        kind=kind,
        title=draft_value(draft, "title") or _title(kind, lead, firms),
        area=area,
        starts_on=starts_on,
        ends_on=draft_day(draft, "date_end") or starts_on,
        part=PARTS.get(draft_value(draft, "part"), DayPart.ALL_DAY),
        place=draft_value(draft, "place"),
        lead=lead,
        participants=joined,
        enterprises=firms,
        firm_count=int(draft_value(draft, "firm_count"))
        if draft_value(draft, "firm_count").isdigit()
        else None,
        by=by,
        at=at,
    )
    return visits.finish(visit, by=by, at=at)


def _title(kind: VisitKind, lead: Person | None, firms: list[Enterprise]) -> str:
    if kind == VisitKind.VISIT:
        where = str(firms[0]) if firms else _("企业")
        return _("%(lead)s走访%(firm)s") % {"lead": lead or "", "firm": where}
    return str(kind.label)


def _person(name: str, *, by: Account, at: datetime) -> Person:
    return person_named(name) or people.add_person(name=name, by=by, at=at)


def _firm(name: str, area: Area, *, by: Account, at: datetime) -> Enterprise:
    known = firm_named(name, by)
    return known or enterprises.register_firm(
        name=name, short_name="", credit_code=None, area=area, by=by, at=at
    )


def write_person(draft: Draft, *, by: Account, at: datetime) -> Person:
    """Record a person with the posts printed; posts already held stay as they are."""
    person = _person(draft_value(draft, "name"), by=by, at=at)
    current_posts = {
        tenure.post.title for tenure in person.tenures.filter(until__isnull=True).select_related("post")
    }
    for post in draft_values(draft, "posts"):
        if post not in current_posts:
            unit = _seat(area_of_post(post, draft.article.area), by=by, at=at)
            people.appoint(person, unit=unit, title=post, is_principal=False, since=None, by=by, at=at)
    return person


def _seat(area: Area, *, by: Account, at: datetime) -> Unit:
    if known := government_of(area):
        return known
    name = _("%(area)s党委政府") % {"area": area.name}
    return people.add_unit(
        area, name=name, short_name=name, kind=UnitKind.GOVERNMENT, superior=None, duties="", by=by, at=at
    )


def write_statement(draft: Draft, *, by: Account, at: datetime) -> Note:
    """Record a statement as a note of the meeting at which it was made."""
    speaker = _person(draft_value(draft, "speaker"), by=by, at=at) if draft_value(draft, "speaker") else None
    return visits.add_note(
        _about(draft),
        heading=NoteHeading.STATEMENT,
        text=draft_value(draft, "text"),
        speaker=speaker,
        by=by,
        at=at,
    )


def write_honour(draft: Draft, *, by: Account, at: datetime) -> Note:
    """Record an honour as a note of the meeting at which it was given."""
    text = _("%(recipient)s：%(honour)s") % {
        "recipient": draft_value(draft, "recipient"),
        "honour": draft_value(draft, "honour"),
    }
    return visits.add_note(_about(draft), heading=NoteHeading.HONOUR, text=text, by=by, at=at)


def _about(draft: Draft) -> Visit:
    """The confirmed meeting or visit a passage belongs to."""
    order = draft_value(draft, "about")
    events = draft.article.drafts.filter(kind__in=(DraftKind.MEETING, DraftKind.VISIT))
    event = events.filter(order=int(order)).first() if order.isdigit() else None
    if event is None:
        raise Refused(_("请先选定这段话属于哪次会议或走访。"), field="about")
    if event.state != DraftState.CONFIRMED or event.result_id is None:
        raise Refused(_("请先确认它所属的会议或走访，再确认这一条。"), field="about")
    return Visit.objects.get(pk=event.result_id)
