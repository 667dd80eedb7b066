"""Writes a confirmed draft into the ledger, by its kind, through the services of the rooms below.

Only records that exist are written: a name without one stays as printed, in a note of the visit.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import Source
from gongjian.audit import Refused
from gongjian.audit.wording import source_word
from gongjian.enterprises.models import Enterprise
from gongjian.intake import perms
from gongjian.intake.drafts.services import locked, mark_confirmed, update_draft
from gongjian.intake.models import Draft, DraftKind, DraftState
from gongjian.intake.registers.queries import NameBook, PrintedName, draft_day, draft_value
from gongjian.intake.registers.services import Picks, pick_records
from gongjian.intake.vocabulary import PARTS
from gongjian.people.models import Account, Person, Unit
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
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
Write = Callable[..., models.Model]


def write_visit(draft: Draft, *, by: Account, at: datetime) -> Visit:
    """Record a meeting or visit that took place, with the leaders and firms on record; other names go into a note."""
    starts_on = draft_day(draft, "date_start")
    if starts_on is None:
        raise Refused(_("报道里没有写明日期。请先补上开始日期再确认。"), field="date_start")
    book = NameBook([draft], by)
    lead = next(iter(book.persons(draft, "lead")), None)
    kind = KINDS.get(draft_value(draft, "type"), VisitKind.OTHER)
    firms = book.firms(draft, "enterprises")
    count = draft_value(draft, "firm_count")
    visit = visits.plan(
        kind=kind,
        title=draft_value(draft, "title") or _title(kind, draft_value(draft, "lead"), firms),
        area=book.area(draft),
        starts_on=starts_on,
        ends_on=draft_day(draft, "date_end") or starts_on,
        part=PARTS.get(draft_value(draft, "part"), DayPart.ALL_DAY),
        place=draft_value(draft, "place"),
        lead=lead,
        participants=[person for person in book.persons(draft, "people") if person != lead],
        enterprises=firms,
        firm_count=int(count) if count.isdigit() else None,
        by=by,
        at=at,
    )
    visit = visits.finish(visit, by=by, at=at)
    if left := book.unmatched(draft):
        _leave(draft, visit, left, by=by, at=at)
    return visit


def _title(kind: VisitKind, lead: str, firms: list[Enterprise]) -> str:
    if kind == VisitKind.VISIT:
        where = str(firms[0]) if firms else _("企业")
        return _("%(lead)s走访%(firm)s") % {"lead": lead, "firm": where}
    return source_word(kind.label)


def _leave(draft: Draft, visit: Visit, left: list[PrintedName], *, by: Account, at: datetime) -> None:
    """Names that are on no register stay as printed, in one note of the visit."""
    people, firms = ("、".join(n.name for n in left if n.is_firm == side) for side in (False, True))
    parts = [_("人员：%(names)s") % {"names": people}] if people else []
    parts += [_("企业：%(names)s") % {"names": firms}] if firms else []
    text = _("报道中写到、名册里没有的%(names)s") % {"names": "；".join(parts)}
    note = visits.add_note(visit, heading=NoteHeading.OTHER, text=text, by=by, at=at)
    draft.fields["left"] = {"value": "、".join(name.name for name in left), "note": note.pk}


def write_person(draft: Draft, *, by: Account, at: datetime) -> Person:  # noqa: ARG001  all writers are called alike
    """The person on record whom the report names; posts are entered one by one, never by confirming."""
    person = next(iter(NameBook([draft], by).persons(draft, "name")), None)
    if person is None:
        sentence = _("没有对到名册里的人。请从名册里选，或按“新建人员”；不登记的请舍弃。")
        raise Refused(sentence, field="name")
    perms.check_take_in(by, draft.article.area)
    return person


def write_statement(draft: Draft, *, by: Account, at: datetime) -> Note:
    """Record a statement as a note of the meeting at which it was made; an unknown speaker stands in the text."""
    speaker = next(iter(NameBook([draft], by).persons(draft, "speaker")), None)
    text, printed = draft_value(draft, "text"), draft_value(draft, "speaker")
    if printed and speaker is None:
        text = _("%(speaker)s：%(text)s") % {"speaker": printed, "text": text}
    return visits.add_note(
        _about(draft), heading=NoteHeading.STATEMENT, text=text, speaker=speaker, by=by, at=at
    )


def write_honour(draft: Draft, *, by: Account, at: datetime) -> Note:
    """Record an honour as a note of the meeting at which it was given."""
    text = _("%(recipient)s：%(honour)s") % {
        "recipient": draft_value(draft, "recipient"),
        "honour": draft_value(draft, "honour"),
    }
    return visits.add_note(_about(draft), heading=NoteHeading.HONOUR, text=text, by=by, at=at)


def write_problem(draft: Draft, *, by: Account, at: datetime) -> Problem:
    """Record what a firm said (问题) at the visit it was said on."""
    firm = next(iter(NameBook([draft], by).firms(draft, "enterprise")), None)
    if firm is None:
        sentence = _("请写明是哪家企业反映的，从名册里选，或按“新建企业”。")
        raise Refused(sentence, field="enterprise")
    if not draft_value(draft, "category"):
        raise Refused(_("请选一个问题类别。"), field="category")
    visit = _about(draft) if draft_value(draft, "about") else None
    problem: Problem = problems.record(
        enterprise=firm,
        text=draft_value(draft, "text"),
        category=draft_value(draft, "category"),
        raised_by=draft_value(draft, "raised_by")[:60],
        visit=visit,
        by=by,
        at=at,
    )
    return problem


def _about(draft: Draft) -> Visit:
    """The confirmed meeting or visit a passage belongs to."""
    order = draft_value(draft, "about")
    events = draft.article.drafts.filter(kind__in=(DraftKind.MEETING, DraftKind.VISIT))
    event = events.filter(order=int(order)).first() if order.isdigit() else None
    if event is None:
        raise Refused(_("请先选定这段话属于哪次会议或走访。"), field="about")
    visit = (
        Visit.objects.filter(pk=event.result_id or 0).first() if event.state == DraftState.CONFIRMED else None
    )
    if visit is None:
        raise Refused(_("请先确认它所属的会议或走访，再确认这一条。"), field="about")
    return visit


WRITERS: dict[str, Write] = {
    DraftKind.MEETING: write_visit,
    DraftKind.VISIT: write_visit,
    DraftKind.PERSON: write_person,
    DraftKind.STATEMENT: write_statement,
    DraftKind.HONOUR: write_honour,
    DraftKind.PROBLEM: write_problem,
}


@transaction.atomic
def confirm_draft(draft: Draft, *, by: Account, at: datetime) -> models.Model:
    """Confirm a draft and write it into the ledger: a visit or meeting, a problem, a statement or an honour."""
    draft = locked(draft)
    perms.check_decide(by, draft)
    if draft.kind == DraftKind.COMMITMENT:
        raise Refused(_("承诺事项要填责任单位、责任人和时限，请在本条草稿里填好再确认。"))
    result = WRITERS[draft.kind](draft, by=by, at=at)
    mark_confirmed(draft, result, by=by, at=at)
    return result


@transaction.atomic
def confirm_commitment(
    draft: Draft,
    *,
    task: str,
    lead_unit: Unit,
    responsible_person: Person,
    due: date,
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """Confirm a commitment read out of a report as an assignment with its own time limit (承诺兑现)."""
    draft = locked(draft)
    perms.check_decide(by, draft)
    assignment: Assignment = assignments.assign(
        source=Source.PROMISE,
        task=task,
        area=draft.article.area,
        lead_unit=lead_unit,
        responsible_person=responsible_person,
        due=due,
        on_the_spot=False,
        person_reason=person_reason,
        by=by,
        at=at,
    )
    mark_confirmed(draft, assignment, by=by, at=at)
    return assignment


@transaction.atomic
def confirm_as_typed(
    draft: Draft, *, values: dict[str, str], picks: Picks | None = None, by: Account, at: datetime
) -> models.Model:
    """Correct the values, take the picked records for their names, and write the draft: all or nothing."""
    draft = update_draft(draft, values=values, by=by, at=at)
    return confirm_draft(pick_records(draft, picks or {}, by=by, at=at), by=by, at=at)


@transaction.atomic
def confirm_commitment_as_typed(
    draft: Draft, *, values: dict[str, str], task: str, by: Account, at: datetime, **facts: Any
) -> Assignment:
    """Correct the values and confirm the commitment, both or neither; `facts` as for `confirm_commitment`."""
    kept = update_draft(draft, values=values, by=by, at=at)
    return confirm_commitment(kept, task=task, **facts, by=by, at=at)
