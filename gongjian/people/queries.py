"""Reads of areas, units and persons, and the one rule of which areas an account sees."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date, timedelta

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.expressions import Combinable

from gongjian.audit.queries import events_of, midnight
from gongjian.people.events import PeopleEvent
from gongjian.people.folded_names import containing
from gongjian.people.models import Account, Area, Person, Tenure, Unit
from gongjian.people.states import AreaLevel, Role, UnitKind

EVERYWHERE = (
    Role.CLERK,
    Role.LEADER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)  # roles that see every record of their areas


def subtree(area: Area) -> QuerySet[Area]:
    """The area and all areas below it."""
    areas: QuerySet[Area] = Area.objects.filter(within(area, ""))
    return areas


def within(area: Area | None, field: str = "area") -> Q:
    """Condition: `field` (a path to an Area, "" on Area itself) lies in the subtree of `area`; None matches nothing.

    A range over letters and digits only, so that every database and collation can use the index.
    """
    if area is None:
        return Q(pk__in=[])
    path = f"{field}__path" if field else "path"
    return Q(**{f"{path}__gte": area.path, f"{path}__lte": area.path + "Z" * 12})


def sees_all() -> "ExpressionWrapper[Combinable]":
    """Whether an account reads every area, as an expression: it reads the root, and there is no other root.

    NULL without an area.
    """
    others = Area.objects.filter(depth=1).exclude(pk=OuterRef("reads_area"))
    return ExpressionWrapper(Q(reads_area__depth=1) & ~Exists(others), output_field=BooleanField())


def sight(account: Account, field: str = "area") -> Q:
    """Condition: `field` lies in the areas the account reads; no condition at all for an account that reads every area.

    `sees_all` is read together with the account at the start of a request. Without the condition the database reads a
    list of half a million rows from its newest end, instead of gathering it area by area and sorting it.
    """
    return Q() if getattr(account, "sees_all", False) else within(account.reads_area, field)


def sight_key(account: Account) -> tuple[Hashable, ...]:
    """Everything of an account on which the rows it sees depend; the same key, the same rule."""
    areas = ((area.pk, area.path) if area else None for area in (account.reads_area, account.writes_area))
    own = (account.pk, account.role, account.unit_id, account.person_id)
    return *own, getattr(account, "sees_all", False), *areas


def whole_city(area: Area | None, field: str = "area") -> Q:
    """Condition: `field` lies in the city of `area`, because hand-overs may go to any unit of the city."""
    if area is None:
        return Q(pk__in=[])
    path, city = f"{field}__path" if field else "path", area.path[: Area.steplen]
    return Q(**{f"{path}__gte": city, f"{path}__lte": city + "Z" * 12})


def reads(account: Account, area: Area) -> bool:
    """Whether the account may read records of this area."""
    return account.reads_area is not None and area.path.startswith(account.reads_area.path)


def writes(account: Account, area: Area) -> bool:
    """Whether the account may write records of this area."""
    return account.writes_area is not None and area.path.startswith(account.writes_area.path)


def since(day: date, field: str) -> Q:
    """Condition: the moment in `field` is on this day or later.

    It compares moments, since taking the date of each row would cost a function call per row.
    """
    return Q(**{f"{field}__gte": midnight(day)})


def until(day: date, field: str) -> Q:
    """Condition: the moment in `field` is on this day or earlier."""
    return Q(**{f"{field}__lt": midnight(day + timedelta(days=1))})


def holders(units: Iterable[Unit], *, on: date) -> QuerySet[Tenure]:
    """The terms of office in force in these units on a day, principals first."""
    return (
        in_force(on)
        .filter(post__unit__in=list(units))
        .select_related("person", "post", "post__unit")
        .order_by("-post__is_principal", "post__order", "pk")
    )


def areas_of_person(person: Person) -> list[Area]:
    """The areas whose offices keep a person: of the units it serves in now, else served in, else of whoever added it.

    Empty for a person of no area, who belongs to the whole city.
    """
    tenures = person.tenures.select_related("post__unit__area")
    held = [t for t in tenures if t.until is None] or list(tenures)
    if held:
        return list({tenure.post.unit.area_id: tenure.post.unit.area for tenure in held}.values())
    added = events_of(person).filter(name=PeopleEvent.PERSON_ADDED).order_by("seq").first()
    keys = [added.by_id] if added and added.by_id else []
    adder = Account.objects.filter(pk__in=keys).select_related("writes_area").first()
    return [adder.writes_area] if adder is not None and adder.writes_area is not None else []


def office_of(area: Area) -> Unit | None:
    """The office (攻坚办) of an area, which heads and signs its papers."""
    offices = Unit.objects.filter(area=area, kind=UnitKind.OFFICE, disabled_on__isnull=True)
    return offices.order_by("order", "pk").first()


def units_of(person: Person, *, on: date) -> list[Unit]:
    """The units in which a person holds a post on a day, or signs in for."""
    posts = in_force(on).filter(person=person).values("post__unit")
    accounts = person.accounts.filter(is_active=True).values("unit")
    return list(Unit.objects.filter(Q(pk__in=posts) | Q(pk__in=accounts)))


def in_force(on: date) -> QuerySet[Tenure]:
    """The terms of office in force on a day."""
    return Tenure.objects.filter(
        Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gte=on)
    )


def works_elsewhere(person: Person, unit: Unit, *, on: date) -> bool:
    """Whether a person is known to work elsewhere, or no longer, and not in this unit.

    Of whom no post was ever recorded nothing is known, and nothing is claimed.
    """
    units = units_of(person, on=on)
    return unit not in units and (bool(units) or person.tenures.exists())


def who_sign_in() -> QuerySet[Account]:
    """The accounts of people: an outside system has a token and no password."""
    return Account.objects.exclude(role=Role.SYSTEM)


def find_persons(text: str, *, limit: int = 20) -> QuerySet[Person]:
    """At most `limit` persons by part of their name or by pinyin initials, those whose initials begin so first."""
    return Person.objects.filter(named_like(text)).order_by(_begins(text), "pk")[:limit]


def persons_of(unit: Unit, text: str, *, on: date, limit: int = 20) -> list[Person]:
    """At most `limit` persons who hold a post in a unit or sign in for it, principals first; all of them for no text."""
    tenures = holders([unit], on=on)
    ranked = [tenure.person_id for tenure in tenures]
    ranked += unit.accounts.filter(is_active=True, person__isnull=False).values_list("person", flat=True)
    found = Person.objects.in_bulk(ranked)
    if text.strip():
        wanted = set(Person.objects.filter(named_like(text), pk__in=ranked).values_list("pk", flat=True))
        ranked = [pk for pk in ranked if pk in wanted]
    return [found[pk] for pk in dict.fromkeys(ranked)][:limit]


def _begins(text: str) -> Case:
    """An order: first what begins with these initials."""
    begins = When(initials__startswith=text.strip().lower(), then=0)
    return Case(begins, default=1, output_field=IntegerField())


def spelt(text: str, path: str) -> Q:
    """Condition: the pinyin initials of the record at `path` begin so, or those of another name or reading of it."""
    letters = text.strip().lower()
    if not (letters.isascii() and letters.isalnum()):
        return Q(pk__in=[])
    return Q(**{f"{path}__initials__startswith": letters}) | Q(
        **{f"{path}__initials__contains": f" {letters}"}
    )


def named_like(text: str, path: str = "") -> Q:
    """Condition on a person, unit or firm (at `path`, "" for the row itself): its name contains the text however it is
    written, or its initials do at any place.

    市公安局 is found by gaj as well as by sgaj. One letter alone must begin the initials: it stands in nearly all. Of
    two ways to read a surname the second stands behind a blank.
    """
    letters, initials = text.strip().lower(), f"{path}__initials" if path else "initials"
    begins = Q(**{f"{initials}__startswith": letters}) | Q(**{f"{initials}__contains": f" {letters}"})
    by_letters = Q(**{f"{initials}__contains": letters}) if len(letters) > 1 else begins
    return containing(text, path) | (by_letters if letters.isascii() and letters.isalnum() else Q(pk__in=[]))


def find_units(text: str, *, near: Area | None = None, limit: int = 20) -> QuerySet[Unit]:
    """At most `limit` units in use by part of a name or pinyin initials.

    With `near`, only those of its city.
    """
    units = Unit.objects.filter(disabled_on__isnull=True)
    if near is not None:
        units = units.filter(whole_city(near))
    return units.filter(named_like(text)).order_by(_begins(text), "area__depth", "order", "pk")[:limit]


def smallest_common(areas: Iterable[Area]) -> Area:
    """The smallest area that contains all of these areas."""
    paths = [area.path for area in areas]
    length = min(len(path) for path in paths)
    while length and len({path[:length] for path in paths}) > 1:
        length -= Area.steplen
    common: Area = Area.objects.get(path=paths[0][:length])
    return common


def area_above(area: Area) -> Area | None:
    """The area that governs one; None for the city."""
    found: Area | None = Area.objects.filter(path=area.path[: -Area.steplen]).first()
    return found


def children(area: Area) -> QuerySet[Area]:
    """The areas directly below that were not merged into others, in official order."""
    return subtree(area).filter(depth=area.depth + 1, ended_on=None).order_by("order", "path")


def tree_in_order(areas: Iterable[Area]) -> list[tuple[Area, Area | None]]:
    """The tree of areas from the top, siblings in official order, each with the area that governs it."""
    by_path = {area.path: area for area in areas}
    below: dict[str, list[Area]] = defaultdict(list)
    for area in sorted(by_path.values(), key=lambda each: (each.order, each.path)):
        below[area.path[: -Area.steplen]].append(area)

    def walk(path: str) -> Iterable[tuple[Area, Area | None]]:
        for area in below[path]:
            yield area, by_path.get(path)
            yield from walk(area.path)

    return list(walk(""))


class PlaceNames:
    """Names of areas for lists: the county of an area and the township below it apart, from one query."""

    def __init__(self) -> None:
        above = Area.objects.exclude(level=AreaLevel.TOWNSHIP).values_list("path", "name", "level")
        self._areas = {path: (name, level) for path, name, level in above}

    def county_and_township(self, area: Area) -> tuple[str, str]:
        """The county or zone an area lies in, and the area itself where it lies below it; a city stands for itself."""
        steps = [area.path[:end] for end in range(Area.steplen, len(area.path) + 1, Area.steplen)]
        for path in steps:
            name, level = self._areas.get(path, ("", ""))
            if level in (AreaLevel.COUNTY, AreaLevel.ZONE):
                return name, "" if path == area.path else area.name
        return self._areas.get(steps[0], (area.name, ""))[0], "" if len(steps) == 1 else area.name
