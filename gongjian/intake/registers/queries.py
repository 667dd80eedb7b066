"""Finds the areas, persons and firms that a report names. A name that fits no record, or several, stays a name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of
from gongjian.engines.reports.registers import KnownEnterprise, KnownPerson, KnownUnit, Registers
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import visible_to
from gongjian.intake.events import IntakeEvent
from gongjian.intake.models import Draft, DraftKind
from gongjian.people.folded_names import called, folded_names
from gongjian.people.models import Account, Area, Person, Tenure
from gongjian.people.queries import subtree

BRACKETED = re.compile(r"[（(].*?[）)]")
PARTS = re.compile(r"[、，,；;]")
PEOPLE = ("lead", "people", "speaker", "name")
FIRMS = ("enterprises", "enterprise")
MOST_NAMES = 600  # names of one report looked up at a time; later ones stay names


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


@dataclass(frozen=True)
class PrintedName:
    """A name as the report prints it, and the one record it means; without a record, `why` says what is missing."""

    field: str
    name: str
    record: Person | Enterprise | None = None
    why: str = ""
    picked: bool = False

    @property
    def is_firm(self) -> bool:
        """Whether it names a firm; else a person."""
        return self.field in FIRMS


class NameBook:
    """The registers as far as the names of some drafts need them, read in a handful of queries."""

    def __init__(self, drafts: Sequence[Draft], account: Account) -> None:
        cells = [(draft, field) for draft in drafts for field in (*PEOPLE, *FIRMS) if field in draft.fields]
        persons = Person.objects.filter(_meant(cells, PEOPLE))
        self._persons = list(persons.prefetch_related("tenures__post").order_by("pk"))
        self._firms = list(visible_to(account).filter(_meant(cells, FIRMS)).order_by("pk"))
        self.areas = (
            list(subtree(account.writes_area).order_by("depth", "order")) if account.writes_area else []
        )
        self._conflicts = _conflicts({draft.article_id for draft in drafts})

    def names(self, draft: Draft) -> list[PrintedName]:
        """Every name of a draft, in the order of its fields."""
        found: dict[tuple[bool, str], PrintedName] = {}
        for field in (*PEOPLE, *FIRMS):
            for name in draft_values(draft, field):
                found.setdefault((field in FIRMS, name), self._match(draft, field, name))
        return list(found.values())

    def unmatched(self, draft: Draft) -> list[PrintedName]:
        """The names of a draft that mean no one record."""
        return [name for name in self.names(draft) if name.record is None]

    def persons(self, draft: Draft, field: str) -> list[Person]:
        """The persons of one field that are known."""
        return [r for r in self._records(draft, field) if isinstance(r, Person)]

    def firms(self, draft: Draft, field: str) -> list[Enterprise]:
        """The firms of one field that are known."""
        return [r for r in self._records(draft, field) if isinstance(r, Enterprise)]

    def _records(self, draft: Draft, field: str) -> Iterable[Any]:
        return (self._match(draft, field, name).record for name in draft_values(draft, field))

    def _match(self, draft: Draft, field: str, name: str) -> PrintedName:
        chosen = _picked_in(draft, FIRMS if field in FIRMS else PEOPLE, name)
        if field in FIRMS:
            return self._firm(field, name, chosen)
        return self._person(field, name, chosen, self._conflicts.get((draft.article_id, name), ""))

    def _person(self, field: str, name: str, chosen: int | None, conflict: str) -> PrintedName:
        if picked := next((p for p in self._persons if p.pk == chosen), None):
            return PrintedName(field, name, picked, picked=True)
        named = [person for person in self._persons if _is_called(person, name)]
        in_office = [p for p in named if any(t.until is None for t in p.tenures.all())]
        candidates = in_office if len(in_office) == 1 else named
        if not named:
            return PrintedName(field, name, why=_("人员名册里没有“%(name)s”。") % {"name": name})
        if len(candidates) > 1:
            return PrintedName(field, name, why=_("名册里有多位“%(name)s”，请选是哪一位。") % {"name": name})
        return PrintedName(field, name, None if conflict else candidates[0], why=conflict)

    def _firm(self, field: str, name: str, chosen: int | None) -> PrintedName:
        if picked := next((firm for firm in self._firms if firm.pk == chosen), None):
            return PrintedName(field, name, picked, picked=True)
        named = [firm for firm in self._firms if _is_called(firm, name)]
        if not named:
            return PrintedName(field, name, why=_("企业名册里没有“%(name)s”。") % {"name": name})
        if len(named) > 1:
            return PrintedName(field, name, why=_("名册里有多家“%(name)s”，请选是哪一家。") % {"name": name})
        return PrintedName(field, name, named[0])

    def areas_named(self, draft: Draft) -> list[Area]:
        """The areas the printed unit may mean, the lowest level only: none, one, or several of one name."""
        bare = BRACKETED.sub("", draft_value(draft, "unit"))
        exact = [a for a in self.areas if bare in {a.name, a.short_name, BRACKETED.sub("", a.name)}]
        found = exact or [a for a in self.areas if a.name and BRACKETED.sub("", a.name) in bare]
        deepest = max((area.depth for area in found), default=0)
        return [area for area in found if area.depth == deepest]

    def area(self, draft: Draft) -> Area:
        """The area the draft names, among those the account may write; the report's own area when it names none."""
        written = draft_value(draft, "unit")
        if not written or not self.areas:
            return draft.article.area
        found = self.areas_named(draft)
        if len(found) == 1:
            return found[0]
        sentence = _("没有找到地区“%(name)s”。请改成名册里的名称，如%(area)s；清空则记在%(area)s。")
        if found:
            sentence = _("有多个地区叫“%(name)s”。请写全名，如%(area)s。")
        example = found[0] if found else draft.article.area
        raise Refused(sentence % {"name": written, "area": example}, field="unit")


def _meant(cells: Sequence[tuple[Draft, str]], fields: Sequence[str]) -> Q:
    """Condition: a record is called as one of the printed names of these fields, or was picked for one."""
    mine = [(draft, field) for draft, field in cells if field in fields]
    names = dict.fromkeys(name for draft, field in mine for name in draft_values(draft, field))
    found = Q(pk__in=[pk for draft, field in mine for pk in _picked(draft, field).values()])
    for name in islice(names, MOST_NAMES):
        found |= called(name)
    return found


def _is_called(record: Person | Enterprise, name: str) -> bool:
    """Whether a record bears the name, however it is written."""
    return bool(folded := folded_names(name)) and folded in record.folded


def _picked(draft: Draft, field: str) -> dict[str, int]:
    found: dict[str, int] = draft.fields.get(field, {}).get("picked", {})
    return found


def _picked_in(draft: Draft, fields: Iterable[str], name: str) -> int | None:
    """What the clerk picked for a name; one choice stands for the name wherever the draft prints it."""
    return next((p[name] for field in fields if name in (p := _picked(draft, field))), None)


def _conflicts(articles: set[int]) -> dict[tuple[int, str], str]:
    """Sentences of the reader about persons the register knows in another post, by report and name."""
    rows = Draft.objects.filter(article__in=articles, kind=DraftKind.PERSON, fields__has_key="conflict")
    return {(row.article_id, draft_value(row, "name")): draft_value(row, "conflict") for row in rows}


def new_of(drafts: Sequence[Draft], day: date) -> list[Event]:
    """What 新建 entered for these drafts on this day of Beijing, the last first."""
    rows = events_of(*drafts).filter(name=IntakeEvent.REGISTERED).order_by("-seq")
    return [event for event in rows if timezone.localdate(event.at) == day]


def is_picked_elsewhere(new: Event, drafts: Sequence[Draft]) -> bool:
    """Whether a name of another draft was said to mean the record that this event entered."""
    kind, number = new.data["kind"], new.data["id"]
    picked = Event.objects.filter(name=IntakeEvent.PICKED, data__kind=kind, data__id=number)
    return picked.exclude(subject_id__in=[draft.pk for draft in drafts]).exists()
