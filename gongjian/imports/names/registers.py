"""The registers as a ledger is compared with them: every area, unit and person, read once, found by any way to write its name."""

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from gongjian.engines.writing.folding import fold_name, fold_phone
from gongjian.engines.writing.phones import HIDDEN, mask_phone_cell
from gongjian.imports.vocabulary import AREA_ENDINGS, IN_BRACKETS, PERSON, PERSON_LIST, PHONE_ALONE, SEVERAL
from gongjian.people.models import Area, Person, Tenure, Unit

Entry = TypeVar("Entry")
CODE = 12  # digits of a full code of a division


@dataclass(frozen=True)
class AreaEntry:
    """An area as it is looked for."""

    pk: int
    name: str
    short_name: str
    path: str
    level: str
    code: str

    @property
    def parent_path(self) -> str:
        """The path of the area above; empty for the city."""
        return self.path[: -Area.steplen]


@dataclass(frozen=True)
class UnitEntry:
    """A unit as it is looked for."""

    pk: int
    name: str
    short_name: str
    area: int
    area_name: str
    path: str


@dataclass
class PersonEntry:
    """A person as it is looked for; `posts` are unit, name of the unit, title."""

    pk: int
    name: str
    phone: str
    posts: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The name with the posts that tell the person apart."""
        return f"{self.name}（{'、'.join(f'{unit}{title}' for _pk, unit, title in self.posts[:2]) or self.phone[-4:] or '—'}）"


@dataclass(frozen=True)
class NamedPerson:
    """A person as a cell names it: name, and title and telephone number where they stand beside it."""

    name: str
    title: str = ""
    phone: str = ""


def persons_in(text: str) -> list[NamedPerson]:
    """The persons a cell names: 张三、李四；王五（副市长）."""
    found: list[NamedPerson] = []
    for part in PERSON_LIST.split(text):
        match = PERSON.match(part.strip())
        if found and not found[-1].phone and PHONE_ALONE.fullmatch(part.strip()):
            found[-1] = replace(found[-1], phone=part.strip())  # 张三 and the number on the next line
        elif match and match.group("name"):
            name = "".join(match.group("name").split())
            found.append(NamedPerson(name, (match.group("title") or "").strip(), match.group("phone") or ""))
        elif part.strip():
            found.append(NamedPerson(part.strip()))
    return found


def full_code(code: str) -> str:
    """A code of a division with all its digits."""
    return code.ljust(CODE, "0") if code else ""


class Registers:
    """Areas, units and persons, each read at its first use."""

    @cached_property
    def areas(self) -> list[AreaEntry]:
        """Every area, the city first."""
        rows = Area.objects.order_by("path").values_list(
            "pk", "name", "short_name", "path", "level", "stat_code"
        )
        return [AreaEntry(*row) for row in rows]

    @cached_property
    def _areas_by_key(self) -> dict[int, AreaEntry]:
        return {area.pk: area for area in self.areas}

    @cached_property
    def _areas_by_name(self) -> dict[str, list[AreaEntry]]:
        return _by_names((area, self._ways_to_write(area)) for area in self.areas)

    @cached_property
    def _name_by_path(self) -> dict[str, str]:
        return {area.path: area.name for area in self.areas}

    def _ways_to_write(self, area: AreaEntry) -> set[str]:
        root = self.areas[0]
        above = self._name_by_path.get(area.parent_path, "")
        names = {area.name, area.short_name, f"{root.name}{area.name}", area.name.removeprefix(root.name)}
        names |= {f"{above}{area.name}", f"{root.name}{above}{area.name}"}
        bare = AREA_ENDINGS.sub("", area.name)
        return names | ({bare} if len(bare) > 1 else set())

    def areas_called(self, text: str, *, below: str = "") -> list[AreaEntry]:
        """The areas of this name below a path."""
        found = self._areas_by_name.get(fold_name(text), [])
        exact = [a for a in found if fold_name(text) in (fold_name(a.name), fold_name(a.short_name))]
        return [a for a in exact or found if a.path.startswith(below)]

    def area_a_title_begins_with(self, title: str) -> AreaEntry | None:
        """The area below the root with whose name a title begins: 临河区重点企业名录, not 临河区等九个县区."""
        if not self.areas:
            return None
        text = fold_name(title).removeprefix(fold_name(self.areas[0].name))
        found = [
            area
            for area in self.areas[1:]
            if text.startswith(name := fold_name(area.name)) and not SEVERAL.match(text[len(name) :])
        ]
        return found[0] if len(found) == 1 else None

    def area_of_code(self, code: str) -> AreaEntry | None:
        """The area of a code, however many of its noughts are written."""
        wanted = full_code(code)
        return (
            next((a for a in self.areas if a.code and full_code(a.code) == wanted), None) if wanted else None
        )

    def area(self, pk: int) -> AreaEntry:
        """The area of this key."""
        return self._areas_by_key[pk]

    @cached_property
    def units(self) -> list[UnitEntry]:
        """Every unit in use."""
        rows = Unit.objects.filter(disabled_on__isnull=True).order_by("area__depth", "order", "pk")
        columns = ("pk", "name", "short_name", "area_id", "area__name", "area__path")
        return [UnitEntry(*row) for row in rows.values_list(*columns)]

    @cached_property
    def _units_by_name(self) -> dict[str, list[UnitEntry]]:
        return _by_names((unit, {unit.name, unit.short_name}) for unit in self.units)

    def units_called(self, text: str, *, area: int | None = None) -> list[UnitEntry]:
        """The units of this name, those of an area alone where it has one."""
        found = self._units_by_name.get(fold_name(text)) or self._units_in_brackets(text)
        here = [unit for unit in found if area is not None and unit.area == area]
        return here or found

    def _units_in_brackets(self, text: str) -> list[UnitEntry]:
        """The units of a name with their area in brackets, as workbooks of the product write it: 财政局（临河区）."""
        if (match := IN_BRACKETS.match(text)) is None:
            return []
        if self.persons_called(match["area"]):  # 金融局（张三）
            return self._units_by_name.get(fold_name(match["name"]), [])
        areas = {area.pk for area in self.areas_called(match["area"])}
        return [unit for unit in self._units_by_name.get(fold_name(match["name"]), []) if unit.area in areas]

    def units_like(self, text: str) -> list[UnitEntry]:
        """A few units whose names are near."""
        return _near(text, self._units_by_name)

    @cached_property
    def persons(self) -> dict[int, PersonEntry]:
        """Every person, by key, with the posts held now."""
        found = {
            pk: PersonEntry(pk, name, phone)
            for pk, name, phone in Person.objects.values_list("pk", "name", "phone")
        }
        posts = Tenure.objects.filter(until__isnull=True).values_list(
            "person", "post__unit", "post__unit__name", "post__title"
        )
        for person, unit, name, title in posts:
            found[person].posts.append((unit, name, title))
        return found

    @cached_property
    def _persons_by_name(self) -> dict[str, list[PersonEntry]]:
        return _by_names((person, {person.name}) for person in self.persons.values())

    def persons_called(self, name: str) -> list[PersonEntry]:
        """The persons of this name."""
        return self._persons_by_name.get(fold_name(name), [])

    def person(self, name: str, *, phone: str = "", unit: int | None = None) -> PersonEntry | None:
        """The one person this can be: of this number, of this unit, or the only one of the name of whom nothing speaks against it."""
        same = self.persons_called(name)
        by_phone = [p for p in same if phone and _is_number(phone, p.phone)]
        in_unit = [p for p in same if unit is not None and any(post[0] == unit for post in p.posts)]
        for found in (by_phone, in_unit):
            if len(found) == 1:
                return found[0]
        if len(same) == 1 and (unit is None or not same[0].posts):
            other = phone and same[0].phone and not _is_number(phone, same[0].phone)
            return None if other else same[0]
        return None


def _is_number(written: str, stored: str) -> bool:
    """Whether a telephone number is the stored one, as it stands or with its middle hidden."""
    if HIDDEN in written:
        return written == mask_phone_cell(stored)
    return fold_phone(written) == fold_phone(stored)


def _by_names(entries: Iterable[tuple[Entry, set[str]]]) -> dict[str, list[Entry]]:
    table: dict[str, list[Entry]] = defaultdict(list)
    for entry, names in entries:
        for name in {fold_name(name) for name in names} - {""}:
            table[name].append(entry)
    return dict(table)


def _near(text: str, table: dict[str, list[Entry]]) -> list[Entry]:
    names = difflib.get_close_matches(fold_name(text), table, n=3, cutoff=0.6)
    return [entry for name in names for entry in table[name][:1]]
