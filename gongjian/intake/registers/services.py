"""The clerk says which record a printed name means, or enters that one name as new (对照、新建).

Nothing else in this room makes a person, a firm or a post; areas, units and campaigns are never made here.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Enterprise
from gongjian.intake import perms
from gongjian.intake.drafts.services import locked, update_draft
from gongjian.intake.events import IntakeEvent
from gongjian.intake.models import Draft, DraftKind
from gongjian.intake.registers.queries import NameBook, PrintedName, draft_values
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
