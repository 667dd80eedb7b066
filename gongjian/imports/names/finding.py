"""Finds the area, unit or person a row names, and says in the plan what is wrong where there is none."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from gongjian.engines.writing.folding import fold_name
from gongjian.imports.names.firm_register import FirmEntry, FirmRegister
from gongjian.imports.names.registers import AreaEntry, NamedPerson, Registers
from gongjian.imports.names.unknown_names import UnknownNames
from gongjian.imports.plans import Context, Ref, RowPlan
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.states import NameKind
from gongjian.imports.vocabulary import NUMBERING
from gongjian.people.states import Role

SHOWN = 3  # names of a kind in a sentence


class Finder:
    """Looks names up in the registers, asks the list of unknown names for the rest."""

    def __init__(self, registers: Registers, names: UnknownNames, context: Context) -> None:
        self.registers, self.names, self.context = registers, names, context
        self._counties: dict[str, set[str]] = defaultdict(set)

    def look_over(self, rows: Iterable[LedgerRow]) -> None:
        """Note in which counties the ledger itself has each firm: a row that names none means that one."""
        for row in rows:
            if row.text("firm") and row.text("county"):
                self._counties[fold_name(row.text("firm"))].add(row.text("county"))

    def area(self, plan: RowPlan, text: str, field: str, *, below: str = "") -> AreaEntry | None:
        """The area a cell names; refused in the plan when there is none or more than one."""
        found = self.registers.areas_called(text, below=below)
        if len(found) == 1:
            return found[0]
        if found:
            shown = "、".join(area.name for area in found[:SHOWN])
            plan.row.refuse(
                _("“%(name)s”不止一个：%(shown)s。请写全称") % {"name": text, "shown": shown}, field
            )
        else:
            plan.row.refuse(_("没有登记地区“%(name)s”。请先导入行政区划，或核对写法") % {"name": text}, field)
        return None

    def keeps(self, plan: RowPlan, area: AreaEntry, field: str = "") -> bool:
        """Whether whoever imports keeps the units of an area; refused in the plan when not."""
        own, by = self.own_area(), self.context.by
        if by.role == Role.ADMINISTRATOR or area.path.startswith(own.path):
            return True
        plan.row.refuse(_("%(area)s不归您维护") % {"area": area.name}, field)
        return False

    def section_area(self, plan: RowPlan) -> AreaEntry | None:
        """The area the section names under which the row stands, else its sheet, else the title begins with; None when none does."""
        row = plan.row
        for text in (row.section, row.sheet):
            name = fold_name(text).lstrip(NUMBERING)
            found = self.registers.areas_called(name) if name else []
            if len(found) == 1:
                return found[0]
        return self.registers.area_a_title_begins_with(row.title)

    def own_area(self) -> AreaEntry:
        """The area of whoever imports."""
        return self.registers.area(self.context.area.pk)

    def county(self, plan: RowPlan) -> AreaEntry | None:
        """The county of the row, else of the section it stands under; None when neither names one."""
        if text := plan.row.text("county"):
            return self.area(plan, text, "county")
        return self.section_area(plan)

    def place(self, plan: RowPlan) -> AreaEntry | None:
        """The township, else the county of the row, else of the section; None when the row names none."""
        row, county = plan.row, self.county(plan)
        if not row.text("township"):
            return county
        found = self.registers.areas_called(row.text("township"), below=county.path if county else "")
        if len(found) == 1:
            return found[0]
        if county is None:
            return None if row.troubles else self.area(plan, row.text("township"), "township")
        plan.notes.append(
            _("没有登记乡镇“%(name)s”，记在%(county)s")
            % {"name": row.text("township"), "county": county.name}
        )
        return county

    def firm(
        self, plan: RowPlan, firms: FirmRegister, name: str, *, code: str = "", area: AreaEntry | None = None
    ) -> Ref | None:
        """The firm of a code, else of a name, one of the area first; the list of unknown names where it is not certain.

        A code and a name of two firms are a question: one of them was copied from another row.
        """
        area = area or self._only_county(name)
        found = firms.by_code.get(code)
        if found and not firms.is_called(found, name):
            return self._firm_in_doubt(plan, firms, found, name)
        named = [found] if found else firms.by_name.get(fold_name(name), [])
        if len(named) > 1 and area is not None:
            named = [
                one for one in named if self.registers.area(one.area).path.startswith(area.path)
            ] or named
        if len(named) == 1:
            return Ref(pk=named[0].pk)
        near = named or firms.by_core.get(firms.core(name), [])
        return self.names.settle(
            plan,
            NameKind.FIRM,
            name,
            where=area.name if area else "",
            near=[(firm.pk, firm.shown) for firm in near],
            facts={"code": code, "area": (area or self.own_area()).pk},
        )

    def _only_county(self, name: str) -> AreaEntry | None:
        """The county in which the other rows of the ledger have this firm, where all name the same."""
        named = [self.registers.areas_called(text) for text in self._counties.get(fold_name(name), ())]
        found = {areas[0].pk: areas[0] for areas in named if len(areas) == 1}
        return next(iter(found.values())) if len(found) == len(named) == 1 else None

    def _firm_in_doubt(self, plan: RowPlan, firms: FirmRegister, found: FirmEntry, name: str) -> Ref | None:
        plan.notes.append(
            _("信用代码在企业库里是“%(found)s”，表里写的是“%(name)s”") % {"found": found.name, "name": name}
        )
        named = [firm for firm in firms.by_name.get(fold_name(name), []) if firm != found]
        return self.names.settle(
            plan,
            NameKind.FIRM,
            name,
            where=found.code,
            near=[(firm.pk, firm.shown) for firm in [found, *named]],
            facts={"code": "", "area": found.area},
        )

    def unit(self, plan: RowPlan, text: str, *, area: AreaEntry | None = None) -> Ref | None:
        """The unit a cell names; the list of unknown names where it is not certain."""
        found = self.registers.units_called(text, area=area.pk if area else None)
        if len(found) == 1:
            return Ref(pk=found[0].pk)
        near = [
            (unit.pk, f"{unit.name}（{unit.area_name}）") for unit in found or self.registers.units_like(text)
        ]
        home = area or self.own_area()
        return self.names.settle(
            plan,
            NameKind.UNIT,
            text,
            where=area.name if area else "",
            near=near,
            facts={"name": text, "area": home.pk},
        )

    def person(
        self, plan: RowPlan, who: NamedPerson, *, unit: int | None = None, where: str = ""
    ) -> Ref | None:
        """The person a cell names; the list of unknown names where it is not certain."""
        found = self.registers.person(who.name, phone=who.phone, unit=unit)
        if found is not None:
            return Ref(pk=found.pk)
        near = [(person.pk, person.shown) for person in self.registers.persons_called(who.name)]
        facts = {"name": who.name, "phone": who.phone}
        return self.names.settle(plan, NameKind.PERSON, who.name, where=where, near=near, facts=facts)
