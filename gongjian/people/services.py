"""Maintains areas, units, posts, persons and their terms of office."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.queries import events_of
from gongjian.audit.references import is_referred_to
from gongjian.audit.sensible_days import check_day
from gongjian.audit.services import record
from gongjian.audit.wording import day_in_words
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.people import perms
from gongjian.people.events import PeopleEvent
from gongjian.people.folded_names import called
from gongjian.people.models import Account, Area, Person, Post, Tenure, Unit
from gongjian.people.pinyin import person_initials, unit_initials
from gongjian.people.states import AreaLevel, UnitKind


@transaction.atomic
def add_area(
    parent: Area | None,
    *,
    name: str,
    short_name: str,
    level: AreaLevel | str,
    stat_code: str,
    functional: bool = False,
    order: int = 0,
    note: str = "",
    by: Account | None,
    at: datetime,
) -> Area:
    """Add an area under the area that governs it; with None as `parent`, add the city itself."""
    perms.check_keep_people(by, parent)
    name = _named(name)
    facts = {
        "name": name,
        "short_name": short_name or name,
        "level": level,
        "stat_code": stat_code,
        "functional": functional,
        "order": order,
        "note": note,
    }
    area: Area = (
        Area.objects.add_child(Area.objects.get(pk=parent.pk), facts)
        if parent
        else Area.objects.add_root(facts)
    )
    record(PeopleEvent.AREA_ADDED, subject=area, by=by, at=at, name=name)
    return area


@transaction.atomic
def update_area(
    area: Area,
    *,
    name: str,
    short_name: str,
    stat_code: str,
    functional: bool,
    note: str,
    order: int,
    by: Account,
    at: datetime,
) -> Area:
    """Correct an area. The area that governs it stays."""
    perms.check_keep_people(by, area)
    facts = {
        "name": _named(name),
        "short_name": short_name or name,
        "stat_code": stat_code,
        "functional": functional,
        "note": note,
        "order": order,
    }
    changes = set_fields(area, facts)
    area.save()
    record(PeopleEvent.AREA_CHANGED, subject=area, by=by, at=at, name=area.name, **changes)
    return area


@transaction.atomic
def add_unit(
    area: Area,
    *,
    name: str,
    short_name: str = "",
    kind: UnitKind | str = UnitKind.DEPARTMENT,
    superior: Unit | None = None,
    duties: str = "",
    paper_head: str = "",
    order: int = 0,
    by: Account | None,
    at: datetime,
) -> Unit:
    """Add a unit to an area. Refused when the area already has a unit of that name."""
    perms.check_keep_people(by, area)
    name = _named(name)
    if same := _unit_called(name, area, but=None):
        raise Refused(
            _("%(area)s已有单位“%(name)s”。请改用已有单位，或写一个能区分的名称。")
            % {"area": area, "name": same.name},
            field="name",
        )
    unit = Unit.objects.create(
        area=area,
        name=name,
        short_name=short_name,
        initials=unit_initials(name, short_name),
        kind=kind,
        superior=superior,
        duties=duties,
        paper_head=paper_head,
        order=order,
    )
    record(PeopleEvent.UNIT_ADDED, subject=unit, by=by, at=at, name=name)
    return unit


@transaction.atomic
def update_unit(
    unit: Unit,
    *,
    name: str,
    short_name: str,
    kind: UnitKind | str,
    superior: Unit | None,
    duties: str,
    paper_head: str = "",
    by: Account,
    at: datetime,
) -> Unit:
    """Correct a unit."""
    perms.check_keep_people(by, unit.area)
    name = _named(name)
    if same := _unit_called(name, unit.area, but=unit):
        raise Refused(
            _("%(area)s已有单位“%(name)s”。请写一个能区分的名称。") % {"area": unit.area, "name": same.name},
            field="name",
        )
    if superior is not None and superior.pk == unit.pk:
        raise Refused(_("上级单位不能是它自己。请另选。"), field="superior")
    facts = {"name": name, "short_name": short_name, "kind": kind, "superior": superior, "duties": duties}
    changes = set_fields(unit, facts | {"paper_head": paper_head})
    unit.initials = unit_initials(name, short_name)
    unit.save()
    record(PeopleEvent.UNIT_CHANGED, subject=unit, by=by, at=at, name=unit.name, **changes)
    return unit


@transaction.atomic
def disable_unit(unit: Unit, *, on: date, into: Unit | None = None, by: Account, at: datetime) -> Unit:
    """Disable a unit from a day on: it gets no new hand-overs and keeps its assignments until handed on.

    `into` is the unit it was merged into (并入), for the trail.
    """
    perms.check_keep_people(by, unit.area)
    check_day(on, DayMeaning.TERM, today=timezone.localdate(at), field="on")
    changes = set_fields(unit, {"disabled_on": on})
    unit.save(update_fields=["disabled_on"])
    facts = {"name": unit.name, "on": on.isoformat()} | ({"into": into.name} if into else {})
    name = PeopleEvent.UNIT_MERGED if into else PeopleEvent.UNIT_DISABLED
    record(name, subject=unit, by=by, at=at, **facts, **changes)
    return unit


@transaction.atomic
def add_person(*, name: str, phone: str = "", note: str = "", by: Account | None, at: datetime) -> Person:
    """Add a person. Namesakes are common, so a name may occur twice; the note tells them apart."""
    perms.check_add_person(by)
    name = _named(name)
    person = Person.objects.create(name=name, initials=person_initials(name), phone=phone, note=note)
    record(PeopleEvent.PERSON_ADDED, subject=person, by=by, at=at, name=name)
    return person


@transaction.atomic
def update_person(person: Person, *, name: str, phone: str, note: str, by: Account, at: datetime) -> Person:
    """Correct a person."""
    perms.check_keep_person(by, person)
    changes = set_fields(person, {"name": _named(name), "phone": phone, "note": note})
    person.initials = person_initials(person.name)
    person.save()
    record(PeopleEvent.PERSON_CHANGED, subject=person, by=by, at=at, name=person.name, **changes)
    return person


@transaction.atomic
def appoint(
    person: Person,
    *,
    unit: Unit,
    title: str,
    is_principal: bool = False,
    since: date | None,
    by: Account | None,
    at: datetime,
) -> Tenure:
    """Appoint a person to a post (任职), which is created if new.

    A unit never has two principals at one time.
    """
    perms.check_appoint(by, person, unit)
    title = _named(title, field="title", ask=_("请写明职务。"))
    check_day(since, DayMeaning.TERM, today=timezone.localdate(at), field="since")
    running = Q(until__isnull=True) | Q(until__gte=since or timezone.localdate(at))
    if is_principal and (
        sitting := Tenure.objects.filter(running, post__unit=unit, post__is_principal=True)
        .exclude(person=person)
        .select_related("person")
        .first()
    ):
        raise Refused(
            _("%(unit)s的一把手现在是%(name)s。请先结束其任期，再任命新的一把手。")
            % {"unit": unit, "name": sitting.person.name},
            field="is_principal",
        )
    post, _created = Post.objects.get_or_create(
        unit=unit, title=title, defaults={"is_principal": is_principal}
    )
    if Tenure.objects.filter(running, person=person, post=post).exists():
        raise Refused(_("%(name)s已经任%(title)s。") % {"name": person.name, "title": title}, field="title")
    tenure = Tenure.objects.create(person=person, post=post, since=since)
    record(PeopleEvent.APPOINTED, subject=person, by=by, at=at, name=person.name, unit=str(unit), title=title)
    return tenure


@transaction.atomic
def end_tenure(tenure: Tenure, *, until: date, by: Account | None, at: datetime) -> Tenure:
    """End a term of office (免职) on a day."""
    perms.check_keep_people(by, tenure.post.unit.area)
    if tenure.since is not None and until < tenure.since:
        raise Refused(
            _("免职日期早于任职日期 %(since)s。请核对。") % {"since": day_in_words(tenure.since)},
            field="until",
        )
    changes = set_fields(tenure, {"until": until})
    tenure.save(update_fields=["until"])
    record(
        PeopleEvent.TENURE_ENDED,
        subject=tenure.person,
        by=by,
        at=at,
        name=tenure.person.name,
        title=tenure.post.title,
        until=until.isoformat(),
        **changes,
    )
    return tenure


@transaction.atomic
def take_back_person(person: Person, *, reason: str, by: Account, at: datetime) -> None:
    """Remove a person who should not have been registered (收回登记).

    Refused when anybody has corrected the person since or any record points at him.
    """
    perms.check_add_person(by)
    made = {PeopleEvent.PERSON_ADDED, PeopleEvent.APPOINTED, PeopleEvent.APPOINTMENT_TAKEN_BACK}
    if is_referred_to(person) or events_of(person).exclude(name__in=made).exists():
        raise Refused(_("%(name)s已有别处用到或有人改过，留在名册。") % {"name": person.name})
    record(PeopleEvent.PERSON_TAKEN_BACK, subject=person, by=by, at=at, name=person.name, reason=reason)
    person.delete()


@transaction.atomic
def take_back_appointment(tenure: Tenure, *, reason: str, by: Account, at: datetime) -> None:
    """Remove a term of office that should not have been entered (收回任职), with a post that nobody else ever held."""
    perms.check_appoint(by, tenure.person, tenure.post.unit)
    if is_referred_to(tenure) or tenure.until is not None:
        raise Refused(_("%(name)s已有别处用到或有人改过，留在名册。") % {"name": tenure})
    post, title, unit = tenure.post, tenure.post.title, str(tenure.post.unit)
    facts = {"title": title, "unit": unit, "reason": reason}
    record(PeopleEvent.APPOINTMENT_TAKEN_BACK, subject=tenure.person, by=by, at=at, **facts)
    tenure.delete()
    if not post.is_principal and not is_referred_to(post):
        post.delete()


def _unit_called(name: str, area: Area, *, but: Unit | None) -> Unit | None:
    """Another unit of the area that is called so in full or in short, however it is written; a short name may be shared."""
    units = Unit.objects.filter(called(name), area=area)
    return (units.exclude(pk=but.pk) if but else units).first()


def _named(text: str, *, field: str = "name", ask: str = "") -> str:
    return required_text(text, ask or _("请填写名称。"), field=field)
