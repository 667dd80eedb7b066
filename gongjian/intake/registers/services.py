"""The clerk says which record a printed name means, or enters that one name as new (对照、新建).

Nothing else in this room makes a person, a firm or a post; areas, units and campaigns are never made here.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Enterprise
from gongjian.intake import perms
from gongjian.intake.drafts.services import locked, update_draft
from gongjian.intake.events import IntakeEvent
from gongjian.intake.models import Draft, DraftKind
from gongjian.intake.registers.queries import (
    FIRMS,
    PEOPLE,
    NameBook,
    PrintedName,
    draft_values,
    is_picked_elsewhere,
    new_of,
)
from gongjian.intake.registers.rules import is_firm_post
from gongjian.people import services as people
from gongjian.people.models import Account, Person, Tenure, Unit
from gongjian.people.states import UnitKind

Picks = Mapping[tuple[str, str], Person | Enterprise]  # (field, printed name) -> the record it means


@transaction.atomic
def pick_records(draft: Draft, picks: Picks, *, by: Account, at: datetime) -> Draft:
    """Keep which records the printed names mean."""
    draft = locked(draft)
    perms.check_decide(by, draft)
    for (field, name), chosen in picks.items():
        _keep(draft, field, name, chosen)
        record(
            IntakeEvent.PICKED,
            subject=draft,
            by=by,
            at=at,
            name=name,
            what=str(chosen),
            kind=chosen._meta.label_lower,
            id=chosen.pk,
        )
    return draft


def _keep(draft: Draft, field: str, name: str, chosen: models.Model) -> None:
    cell = draft.fields.setdefault(field, {})
    cell["picked"] = cell.get("picked", {}) | {name: chosen.pk}
    draft.save(update_fields=["fields"])


@transaction.atomic
def register_name(draft: Draft, *, field: str, name: str, by: Account, at: datetime) -> Person | Enterprise:
    """Enter one printed name as a new person or firm (新建): that name, and nothing beside it."""
    draft = locked(draft)
    perms.check_decide(by, draft)
    book = NameBook([draft], by)
    printed = next((one for one in book.names(draft) if (one.field, one.name) == (field, name)), None)
    if printed is None:
        raise Refused(_("这条草稿里没有“%(name)s”。请刷新页面看最新情况。") % {"name": name})
    if printed.record is not None:
        raise Refused(_("“%(name)s”已对到名册，不用新建。") % {"name": name})
    made: Person | Enterprise = (
        enterprises.register_firm(name=name, area=book.area(draft), by=by, at=at)
        if printed.is_firm
        else people.add_person(name=name, by=by, at=at)
    )
    return _newly(draft, printed, made, by=by, at=at)


@transaction.atomic
def register_name_as_typed(
    draft: Draft,
    *,
    field: str,
    name: str,
    values: dict[str, str],
    picks: Picks,
    by: Account,
    at: datetime,
) -> Person | Enterprise:
    """Keep what was typed and picked beside it, and enter the one name as new: all or nothing."""
    draft = update_draft(draft, values=values, by=by, at=at)
    others = {key: chosen for key, chosen in picks.items() if key != (field, name)}
    draft = pick_records(draft, others, by=by, at=at)
    return register_name(draft, field=field, name=name, by=by, at=at)


def _newly(
    draft: Draft, printed: PrintedName, made: Person | Enterprise, *, by: Account, at: datetime
) -> Person | Enterprise:
    _keep(draft, printed.field, printed.name, made)
    record(
        IntakeEvent.REGISTERED,
        subject=draft,
        by=by,
        at=at,
        name=printed.name,
        kind=made._meta.label_lower,
        id=made.pk,
    )
    return made


@transaction.atomic
def register_post(draft: Draft, *, title: str, unit: Unit, by: Account, at: datetime) -> Tenure:
    """Enter one printed post of a known person at the unit the clerk chose (新建职务)."""
    draft = locked(draft)
    perms.check_decide(by, draft)
    person = next(iter(NameBook([draft], by).persons(draft, "name")), None)
    if draft.kind != DraftKind.PERSON or title not in draft_values(draft, "posts"):
        raise Refused(_("这条草稿里没有“%(name)s”。请刷新页面看最新情况。") % {"name": title})
    if person is None:
        raise Refused(_("请先把姓名对到名册，或新建人员，再登记职务。"))
    if is_firm_post(title) and (unit.kind == UnitKind.GOVERNMENT or unit.short_name not in title):
        raise Refused(
            _("“%(post)s”是企业里的职务，不能记在%(unit)s。请到企业页登记联系人。")
            % {"post": title, "unit": unit}
        )
    tenure = people.appoint(person, unit=unit, title=title, since=None, by=by, at=at)
    record(
        IntakeEvent.REGISTERED,
        subject=draft,
        by=by,
        at=at,
        name=title,
        kind=tenure._meta.label_lower,
        id=tenure.pk,
    )
    return tenure


TAKE_BACK: dict[str, tuple[type[models.Model], Callable[..., None]]] = {
    Tenure._meta.label_lower: (Tenure, people.take_back_appointment),
    Person._meta.label_lower: (Person, people.take_back_person),
    Enterprise._meta.label_lower: (Enterprise, enterprises.take_back_firm),
}


def take_back_new(drafts: Sequence[Draft], *, by: Account, at: datetime) -> tuple[list[str], list[str]]:
    """Remove what 新建 entered for these drafts on this day, the last first; the names of what went, and of what stays.

    What another draft, a record or a later change uses stays in the registers.
    """
    taken: list[str] = []
    kept: list[str] = []
    for event in new_of(drafts, timezone.localdate(at)):
        model, _take_back = TAKE_BACK[event.data["kind"]]
        made = model._default_manager.filter(pk=event.data["id"]).first()
        if made is not None:
            draft, name = next(one for one in drafts if one.pk == event.subject_id), str(event.data["name"])
            gone = not is_picked_elsewhere(event, drafts) and _removed(made, draft, by=by, at=at)
            (taken if gone else kept).append(name)
            told = IntakeEvent.NEW_TAKEN_BACK if gone else IntakeEvent.NEW_KEPT
            record(told, subject=draft, by=by, at=at, names=name)
    return taken, kept


def _removed(made: models.Model, draft: Draft, *, by: Account, at: datetime) -> bool:
    """Whether the record could be removed; its draft then no longer says that a printed name means it."""
    key, (model, take_back) = made.pk, TAKE_BACK[made._meta.label_lower]
    reason = _("撤销来稿《%(title)s》的确认") % {"title": draft.article.title[:40]}
    try:
        take_back(made, reason=reason, by=by, at=at)
    except Refused:
        gone = False  # somebody counts on it: it stays, and the rest goes on
    else:
        gone = True
        _forget(draft, made_key=key, fields=FIRMS if model is Enterprise else PEOPLE)
    return gone


def _forget(draft: Draft, *, made_key: int, fields: Sequence[str]) -> None:
    """The draft no longer says that a printed name means a record which is gone."""
    draft = locked(draft)
    for cell in (draft.fields[name] for name in fields if "picked" in draft.fields.get(name, {})):
        cell["picked"] = {name: pk for name, pk in cell["picked"].items() if pk != made_key}
    draft.save(update_fields=["fields"])
