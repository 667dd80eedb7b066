"""Planning and recording visits and meetings."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import changed, set_fields, values_of
from gongjian.audit.sensible_days import check_day
from gongjian.audit.services import record
from gongjian.audit.wording import day_in_words, source_word
from gongjian.campaigns.models import Campaign
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.engines.writing.excerpts import excerpt
from gongjian.enterprises.burden.services import record_asking
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.states import AskingKind
from gongjian.people.models import Account, Area, Person
from gongjian.visits import perms
from gongjian.visits.events import VisitEvent
from gongjian.visits.models import Note, Stop, Visit
from gongjian.visits.states import WRITTEN, DayPart, NoteHeading, StopResult, VisitKind, VisitState

LONGEST_VISIT = 31  # days one entry may span
LONGEST_IN_EVENT = 60  # characters of a note in its event


@transaction.atomic
def plan(
    *,
    kind: VisitKind | str,
    title: str,
    area: Area,
    starts_on: date,
    ends_on: date,
    part: DayPart | str = DayPart.ALL_DAY,
    place: str = "",
    lead: Person | None = None,
    participants: Iterable[Person] = (),
    enterprises: Iterable[Enterprise] = (),
    campaign: Campaign | None = None,
    firm_count: int | None = None,
    by: Account,
    at: datetime,
) -> Visit:
    """Plan a visit or a meeting (列入计划)."""
    perms.check_plan(by, area)
    _check_entry(title, starts_on, ends_on, today=timezone.localdate(at))
    visit = Visit.objects.create(
        kind=kind,
        title=title.strip(),
        area=area,
        campaign=campaign,
        starts_on=starts_on,
        ends_on=ends_on,
        part=part,
        place=place,
        lead=lead,
        firm_count=firm_count,
        recorded_by=by,
        recorded_at=at,
    )
    visit.participants.set(participants)
    Stop.objects.bulk_create(
        [Stop(visit=visit, enterprise=firm, order=n) for n, firm in enumerate(dict.fromkeys(enterprises), 1)]
    )
    record(
        VisitEvent.PLANNED, subject=visit, by=by, at=at, title=visit.title, starts_on=starts_on.isoformat()
    )
    return visit


def _check_entry(title: str, starts_on: date, ends_on: date, *, today: date) -> None:
    required_text(title, _("请填写名称，如“走访某某企业”。"), field="title")
    check_day(starts_on, DayMeaning.PLANNED, today=today, field="starts_on")
    check_day(ends_on, DayMeaning.PLANNED, today=today, field="ends_on")
    if ends_on < starts_on:
        raise Refused(_("结束日期早于开始日期。请对调。"), field="ends_on")
    if (ends_on - starts_on).days >= LONGEST_VISIT:
        raise Refused(_("一次走访最多跨 31 天。请分次记录。"), field="ends_on")


@transaction.atomic
def update(
    visit: Visit,
    *,
    participants: Iterable[Person],
    enterprises: Iterable[Enterprise],
    by: Account,
    at: datetime,
    **facts: Any,
) -> Visit:
    """Correct an entry, even a finished one; old and new values stand in the event.

    Refused when it would drop a firm that already has a result, a note or a problem.
    """
    perms.check_write(by, visit)
    perms.check_plan(by, facts["area"])
    _check_entry(facts["title"], facts["starts_on"], facts["ends_on"], today=timezone.localdate(at))
    before = values_of(visit, facts) | _rows_of(visit)
    for name, value in facts.items():
        setattr(visit, name, value)
    visit.save()
    visit.participants.set(dict.fromkeys(participants))
    _update_firms(visit, list(dict.fromkeys(enterprises)))
    changes = changed(visit, before, facts | _rows_of(visit))
    if changes["values"]:
        record(VisitEvent.CHANGED, subject=visit, by=by, at=at, **changes)
    return visit


@transaction.atomic
def change_lead(visit: Visit, *, lead: Person, by: Account, at: datetime) -> Visit:
    """Let another leader lead a planned visit (更换带队领导)."""
    perms.check_write(by, visit)
    changes = set_fields(visit, {"lead": lead})
    visit.save(update_fields=["lead"])
    record(VisitEvent.CHANGED, subject=visit, by=by, at=at, **changes)
    return visit


def _rows_of(visit: Visit) -> dict[str, list[str]]:
    """The names of those who take part, and of the firms on the way."""
    return {
        "participants": [person.name for person in visit.participants.order_by("pk")],
        "stops": [
            stop.enterprise.name for stop in visit.stops.select_related("enterprise").order_by("order")
        ],
    }


def _update_firms(visit: Visit, wanted: list[Enterprise]) -> None:
    stops = list(visit.stops.select_related("enterprise"))
    current = {stop.enterprise_id for stop in stops}
    dropped = [stop for stop in stops if stop.enterprise_id not in {firm.pk for firm in wanted}]
    new = [firm for firm in wanted if firm.pk not in current]
    for stop in dropped:
        _remove_stop(stop)
    last = max((stop.order for stop in stops), default=0)
    Stop.objects.bulk_create(
        [Stop(visit=visit, enterprise=firm, order=last + n) for n, firm in enumerate(new, 1)]
    )


def _remove_stop(stop: Stop) -> None:
    has_problems = stop.visit.problems.filter(enterprise=stop.enterprise_id).exists()
    if stop.result or has_problems or stop.notes.exists():
        raise Refused(
            _("%(firm)s已有走访记录或问题，不能从这次走访里去掉。") % {"firm": stop.enterprise},
            field="enterprises",
        )
    stop.delete()


@transaction.atomic
def add_stop(visit: Visit, *, enterprise: Enterprise, by: Account, at: datetime) -> Stop:
    """Add a firm to a visit."""
    perms.check_write(by, visit)
    if visit.stops.filter(enterprise=enterprise).exists():
        raise Refused(_("%(firm)s已经在这次走访里。") % {"firm": enterprise}, field="enterprise")
    stop = Stop.objects.create(visit=visit, enterprise=enterprise, order=visit.stops.count() + 1)
    record(VisitEvent.STOP_ADDED, subject=visit, by=by, at=at, firm=enterprise.name)
    return stop


@transaction.atomic
def add_note(
    visit: Visit,
    *,
    stop: Stop | None = None,
    heading: NoteHeading | str,
    text: str,
    speaker: Person | None = None,
    by: Account,
    at: datetime,
) -> Note:
    """Add a note under a heading, of the whole visit or of one firm on it."""
    perms.check_write(by, visit)
    text = required_text(text, _("请写内容。"), field="text")
    if stop is not None and stop.visit_id != visit.pk:
        raise Refused(_("%(firm)s不在这次走访里。请先添加企业。") % {"firm": stop.enterprise}, field="stop")
    note = Note.objects.create(visit=visit, stop=stop, heading=heading, speaker=speaker, text=text)
    record(
        VisitEvent.NOTED,
        subject=visit,
        by=by,
        at=at,
        heading=source_word(NoteHeading(heading).label),
        text=excerpt(text, LONGEST_IN_EVENT),
    )
    return note


@transaction.atomic
def record_stop(
    stop: Stop,
    *,
    result: StopResult | str,
    received_by: str = "",
    notes: Mapping[NoteHeading, str],
    by: Account,
    at: datetime,
) -> Stop:
    """Record the result of the visit at one firm (走访结果): problems, nothing to report, or not found.

    `notes` replaces the notes under its headings; an empty text removes one. Old texts stay in the event.
    """
    perms.check_write(by, stop.visit)
    if not result:
        raise Refused(_("请选走访结果；没有问题也是结果。"), field="result")
    has_problems = stop.visit.problems.filter(enterprise=stop.enterprise_id).exists()
    if result != StopResult.PROBLEMS and has_problems:
        raise Refused(_("这家企业在本次走访中已记有问题，结果只能是“有问题诉求”。"), field="result")
    before = source_word(StopResult(stop.result).label) if stop.result else ""
    facts = set_fields(stop, {"result": StopResult(result), "received_by": received_by.strip()})
    stop.save(update_fields=["result", "received_by"])
    changes = [_update_note(stop, NoteHeading(heading), text.strip()) for heading, text in notes.items()]
    new = [change["heading"] for change in changes if change and not change["before"]]
    if new:
        headings = "、".join(new)
        record_asking(
            kind=AskingKind.NOTE, what=headings, of=stop.enterprise, questions=len(new), by=by, at=at
        )
    record(
        VisitEvent.STOP_RECORDED,
        subject=stop.visit,
        by=by,
        at=at,
        firm=stop.enterprise.name,
        result=source_word(StopResult(result).label),
        before=before,
        notes=[change for change in changes if change],
        **facts,
    )
    return stop


def _update_note(stop: Stop, heading: NoteHeading, text: str) -> dict[str, str]:
    """Set the note under a heading; returns heading, old and new text, or nothing when it is unchanged."""
    if heading not in WRITTEN:
        raise Refused(_("“%(heading)s”请逐条记成问题。") % {"heading": heading.label})
    note = stop.notes.filter(heading=heading).last()
    old = note.text if note else ""
    if old == text:
        return {}
    if note is None:
        Note.objects.create(visit=stop.visit, stop=stop, heading=heading, text=text)
    elif text:
        note.text = text
        note.save(update_fields=["text"])
    else:
        note.delete()
    return {"heading": source_word(heading.label), "before": old, "text": text}


@transaction.atomic
def finish(visit: Visit, *, by: Account, at: datetime) -> Visit:
    """Record that the visit took place (走访完成)."""
    perms.check_write(by, visit)
    if visit.state == VisitState.DONE:
        raise Refused(_("这次活动已经记为完成。"))
    if timezone.localdate(at) < visit.starts_on:
        raise Refused(
            _("活动定在%(day)s，还没有开始，不能记为完成。日期提前了请先更正。")
            % {"day": day_in_words(visit.starts_on)}
        )
    visit.state = VisitState.DONE
    visit.save(update_fields=["state"])
    record(
        VisitEvent.FINISHED, subject=visit, by=by, at=at, firms=visit.stops.count() or visit.firm_count or 0
    )
    return visit


@transaction.atomic
def cancel(visit: Visit, *, reason: str, by: Account, at: datetime) -> Visit:
    """Cancel a planned visit (取消)."""
    perms.check_write(by, visit)
    reason = required_text(reason, _("请写明取消原因。"), field="reason")
    if visit.state == VisitState.DONE:
        raise Refused(_("已经完成的活动不能取消。记错了请更正。"))
    written = visit.problems.exists() or visit.notes.exists() or visit.pledges.exists()
    if written or visit.stops.exclude(result="").exists():
        raise Refused(_("这次活动已有走访记录或问题，不能取消。请记为完成。"))
    visit.state = VisitState.CANCELLED
    visit.save(update_fields=["state"])
    record(VisitEvent.CANCELLED, subject=visit, by=by, at=at, reason=reason.strip())
    return visit


@transaction.atomic
def take_back(visit: Visit, *, reason: str, by: Account, at: datetime) -> str:
    """Remove an entry that should not have been made, with the firms on it (收回录入); returns its title.

    Refused when anybody has added to it or corrected it since.
    """
    perms.check_write(by, visit)
    perms.check_untouched(visit)
    title = visit.title
    record(
        VisitEvent.TAKEN_BACK,
        subject=visit,
        by=by,
        at=at,
        title=title,
        starts_on=visit.starts_on.isoformat(),
        firms=[stop.enterprise.name for stop in visit.stops.select_related("enterprise")],
        reason=reason,
    )
    try:
        visit.delete()
    except ProtectedError as error:
        raise Refused(perms.built_on(title)) from error
    return title


@transaction.atomic
def take_back_note(note: Note, *, reason: str, by: Account, at: datetime) -> str:
    """Remove a note that should not have been written (收回记录); returns its beginning."""
    perms.check_write(by, note.visit)
    text = excerpt(note.text, LONGEST_IN_EVENT)
    record(VisitEvent.NOTE_TAKEN_BACK, subject=note.visit, by=by, at=at, text=note.text, reason=reason)
    note.delete()
    return text
