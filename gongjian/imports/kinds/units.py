"""Units with their duties (单位与职责): found by name in their area."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.writing.folding import fold_name
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.registers import AreaEntry
from gongjian.imports.plans import Context, Ref, RowPlan, Writer, label_of, says_otherwise
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.vocabulary import UNIT_KINDS
from gongjian.people import perms as people_perms
from gongjian.people import services as people
from gongjian.people.models import Area, Unit
from gongjian.people.states import UnitKind

CHANGEABLE = ("name", "short_name", "kind", "superior", "duties", "paper_head")


class UnitRows:
    """Compares rows of units with the register and writes them."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self.finder, self.context, self.registers = finder, context, finder.registers
        self.seen: dict[tuple[int, str], LedgerRow] = {}
        self.pending: dict[str, str] = {}
        self.pending_in: dict[tuple[int, str], str] = {}
        self._stored: dict[int, Unit] | None = None

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """Superior units before those below them."""
        by_name = {name: row for row in rows for name in _calls(row, row.text("area"))}
        placed: dict[int, LedgerRow] = {}
        for row in rows:
            self._place(row, by_name, placed, ())
        return list(placed.values())

    def _place(
        self,
        row: LedgerRow,
        by_name: dict[str, LedgerRow],
        placed: dict[int, LedgerRow],
        above: tuple[int, ...],
    ) -> None:
        if id(row) in placed or id(row) in above:
            return
        superior = by_name.get(fold_name(row.text("superior")))
        if superior is not None:
            self._place(superior, by_name, placed, (*above, id(row)))
        placed.setdefault(id(row), row)

    def plan(self, row: LedgerRow) -> RowPlan:
        """What the row would create or change."""
        plan = RowPlan(row, row.text("name"))
        if row.troubles or (area := self._area(plan)) is None or not self._first_time(plan, area):
            return plan
        superior = self._superior(plan, area)
        if row.troubles or plan.undecided or plan.skipped:
            return plan
        found = self._found(plan, area)
        if found is not None:
            self._compare(plan, found, superior)
        else:
            self._plan_new(plan, area, superior)
        return plan

    def _area(self, plan: RowPlan) -> AreaEntry | None:
        """The area of the column, of the section, of the place the name begins with, else that of whoever imports."""
        if text := plan.row.text("area"):
            return self.finder.area(plan, text, "area")
        if section := self.finder.section_area(plan):
            return section
        name, own = plan.row.text("name"), self.finder.own_area()
        begins = [
            a
            for a in self.registers.areas
            if a.path != own.path and a.path.startswith(own.path) and name.startswith(a.name)
        ]
        return max(begins, key=lambda a: len(a.name), default=own)

    def _first_time(self, plan: RowPlan, area: AreaEntry) -> bool:
        key = (area.pk, fold_name(plan.row.text("name")))
        first = self.seen.setdefault(key, plan.row)
        if first is plan.row:
            return True
        at = {"row": first.number + 1}
        if first.values == plan.row.values:
            plan.notes.append(_("与第 %(row)s 行重复") % at)
        else:
            plan.row.refuse(_("与第 %(row)s 行是同一个单位，内容却不同。请合并成一行") % at, "name")
        return False

    def _superior(self, plan: RowPlan, area: AreaEntry) -> Ref | None:
        text = plan.row.text("superior")
        if not text:
            return None
        called = fold_name(text)
        if pending := self.pending_in.get((area.pk, called)) or self.pending.get(called):
            return Ref(key=pending)
        return self.finder.unit(
            plan, text, area=area if self.registers.units_called(text, area=area.pk) else None
        )

    def _found(self, plan: RowPlan, area: AreaEntry) -> Unit | None:
        name = fold_name(plan.row.text("name"))
        found = [u for u in self.registers.units_called(plan.row.text("name")) if u.area == area.pk]
        found = [u for u in found if fold_name(u.name) == name] or found
        return self._unit(found[0].pk) if found else None

    def _unit(self, pk: int) -> Unit:
        if self._stored is None:
            self._stored = Unit.objects.select_related("area", "superior").in_bulk()
        return self._stored[pk]

    def _compare(self, plan: RowPlan, unit: Unit, superior: Ref | None) -> None:
        row = plan.row
        facts: dict[str, Any] = {
            name: row.values[name]
            for name in ("short_name", "kind", "duties")
            if row.values.get(name) and says_otherwise(row.values[name], getattr(unit, name))
        }
        if superior is not None and superior.pk != unit.superior_id:
            facts["superior"] = superior
            plan.change(_("上级单位"), unit.superior, row.text("superior"))
        for name in facts.keys() - {"superior"}:
            plan.change(
                label_of(unit, name),
                _label(name, getattr(unit, name)),
                _label(name, facts[name]),
            )
        if facts and not people_perms.can_keep_people(self.context.by, unit.area):
            row.refuse(_("%(area)s不归您维护") % {"area": unit.area})
        elif facts:
            plan.steps.append(partial(self._write_changes, plan, unit, facts))

    def _write_changes(self, plan: RowPlan, unit: Unit, facts: dict[str, Any], to: Writer) -> None:
        before = {name: getattr(unit, name) for name in CHANGEABLE}
        if "superior" in facts:
            facts = facts | {"superior": to.unit(facts["superior"])}
        unit = people.update_unit(unit, **(before | facts), by=to.by, at=to.at)
        to.changed(plan, unit, before, facts)

    def _plan_new(self, plan: RowPlan, area: AreaEntry, superior: Ref | None) -> None:
        if not self.finder.keeps(plan, area, "area"):
            return
        name = plan.row.text("name")
        kind = plan.row.values.get("kind") or next(
            (kind for kind, words in UNIT_KINDS if words.search(name)), UnitKind.DEPARTMENT
        )
        key = f"UNIT:{area.pk}:{fold_name(name)}"
        for called in _calls(plan.row, plan.row.text("area") or area.name):
            self.pending.setdefault(called, key)
            self.pending_in[area.pk, called] = key
        plan.is_new = True
        plan.change(_("所属地区"), "", area.name)
        plan.change(_("性质"), "", UnitKind(kind).label)
        plan.change(_("主要职责"), "", plan.row.text("duties"))
        plan.steps.append(partial(self._write_new, plan, area.pk, kind, superior, key))

    def _write_new(self, plan: RowPlan, area: int, kind: str, *rest: Any) -> None:
        superior, key, to = rest
        unit = people.add_unit(
            Area.objects.get(pk=area),
            name=plan.row.text("name"),
            short_name=plan.row.text("short_name"),
            kind=kind,
            superior=to.unit(superior) if superior else None,
            duties=plan.row.text("duties"),
            order=plan.row.values.get("order", 0),
            by=to.by,
            at=to.at,
        )
        to.created(plan, unit, key)


def _calls(row: LedgerRow, area: str) -> set[str]:
    """What the unit of a row may be called by another row: its name, alone and with its area in brackets, and its short name."""
    name = row.text("name")
    return {fold_name(text) for text in (name, row.text("short_name"), f"{name}（{area}）")} - {""}


def _label(name: str, value: Any) -> Any:
    return UnitKind(value).label if name == "kind" else value
