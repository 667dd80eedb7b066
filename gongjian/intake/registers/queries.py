"""Finds the areas, persons and firms that a report names; raises Refused when a name cannot be resolved."""

import re
from datetime import date

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.reports.registers import KnownEnterprise, KnownPerson, KnownUnit, Registers
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import visible_to
from gongjian.intake.models import Draft
from gongjian.people.folded_names import called
from gongjian.people.models import Account, Area, Person, Tenure, Unit
from gongjian.people.queries import subtree
from gongjian.people.states import UnitKind

BRACKETED = re.compile(r"[（(].*?[）)]")
PARTS = re.compile(r"[、，,；;]")


def registers_for(account: Account) -> Registers:
    """The persons, areas and firms already recorded, for the report engine."""
    posts: dict[str, list[str]] = {}
    for tenure in Tenure.objects.filter(until__isnull=True).select_related("person", "post"):
        posts.setdefault(tenure.person.name, []).append(tenure.post.title)
    areas = subtree(account.reads_area) if account.reads_area else Area.objects.none()
    return Registers(
        persons=tuple(KnownPerson(name, tuple(titles)) for name, titles in posts.items()),
        units=tuple(KnownUnit(a.name, (a.short_name,) if a.short_name != a.name else ()) for a in areas),
        enterprises=tuple(
            KnownEnterprise(e.name, (e.short_name,) if e.short_name else ()) for e in visible_to(account)
        ),
    )


def draft_value(draft: Draft, name: str) -> str:
    """One value of a draft; empty when absent."""
    return str(draft.fields.get(name, {}).get("value") or "").strip()


def draft_values(draft: Draft, name: str) -> list[str]:
    """The values of a draft cell that contains several."""
    return [part.strip() for part in PARTS.split(draft_value(draft, name)) if part.strip()]


def draft_day(draft: Draft, name: str) -> date | None:
    """A date of a draft; None when absent, raises Refused when it is incomplete."""
    written = draft_value(draft, name)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Refused(
            _("日期“%(value)s”不完整。请补成 2026-11-24 这样的日期再确认。") % {"value": written}, field=name
        ) from error


def draft_area(draft: Draft, account: Account) -> Area:
    """The area the draft names, among those the account may write; the report's own area when it names none."""
    written = draft_value(draft, "unit")
    if not written or account.writes_area is None:
        return draft.article.area
    bare = BRACKETED.sub("", written)
    for area in subtree(account.writes_area).order_by("depth", "order"):
        if bare in {area.name, area.short_name, BRACKETED.sub("", area.name)} or (
            area.name and area.name in bare
        ):
            return area
    raise Refused(
        _("没有找到地区“%(name)s”。请改成名册里的名称，如%(area)s。")
        % {"name": written, "area": draft.article.area},
        field="unit",
    )


def person_named(name: str) -> Person | None:
    """The person of this name; None when unknown, raises Refused when there are several."""
    persons = list(Person.objects.filter(called(name))[:2])
    if len(persons) > 1:
        holding = Person.objects.filter(
            called(name), tenures__until__isnull=True, tenures__isnull=False
        ).distinct()
        if holding.count() == 1:
            return holding.first()
        raise Refused(
            _("名册里有多位“%(name)s”。请在人员名册核对后，把姓名改成能区分的写法。") % {"name": name}
        )
    return persons[0] if persons else None


def firm_named(name: str, account: Account) -> Enterprise | None:
    """The firm of this name or short name; None when unknown, raises Refused when there are several."""
    exact = list(visible_to(account).filter(called(name))[:2])
    if len(exact) > 1:
        raise Refused(_("名册里有多家“%(name)s”。请改成企业全称。") % {"name": name}, field="enterprises")
    return exact[0] if exact else None


def area_of_post(post: str, default: Area) -> Area:
    """The lowest area a post names; `default` when it names none."""
    named = [a for a in Area.objects.order_by("depth") if a.name and BRACKETED.sub("", a.name) in post]
    return named[-1] if named else default


def government_of(area: Area) -> Unit | None:
    """The party committee and government of an area; None when it is not registered."""
    seats = Unit.objects.filter(area=area, kind=UnitKind.GOVERNMENT, disabled_on__isnull=True)
    return seats.order_by("order", "pk").first()
