"""Areas (行政区划): found by code, else by name below the area above; a new one needs to know which area governs it."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.writing.folding import fold_code, fold_name
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.registers import AreaEntry, full_code
from gongjian.imports.plans import Context, Ref, RowPlan, Writer, label_of, says_otherwise
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.vocabulary import COUNTY, TOWNSHIP, ZONE
from gongjian.people import perms as people_perms
from gongjian.people import services as people
from gongjian.people.models import Area
from gongjian.people.states import AreaLevel

LENGTHS = (4, 6, 9, 12)  # digits of a code of a division
OF_COUNTY = 6
DEPTH = {AreaLevel.CITY: 1, AreaLevel.COUNTY: 2, AreaLevel.ZONE: 2, AreaLevel.TOWNSHIP: 3}


class AreaRows:
    """Compares rows of areas with the register and writes them."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self.finder, self.context, self.registers = finder, context, finder.registers
        self.pending: dict[str, tuple[str, str]] = {}
        self.seen: dict[str, int] = {}

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """Areas above before those below them."""
        return sorted(rows, key=lambda row: DEPTH[self._level(row)])

    def plan(self, row: LedgerRow) -> RowPlan:
        """What the row would create or change."""
        plan = RowPlan(row, row.text("name"))
        code = self._code(plan)
        if row.troubles:
            return plan
        found = self._found(plan, code)
        if not self._first_time(plan, code):
            return plan
        if found is not None:
            self._compare(plan, found, code)
        elif not row.troubles:
            self._plan_new(plan, code)
        return plan

    def _code(self, plan: RowPlan) -> str:
        code = fold_code(plan.row.text("code"))
        if code and not (code.isdigit() and len(code) in LENGTHS):
            plan.row.refuse(_("区划代码“%(code)s”应是 6、9 或 12 位数字") % {"code": code}, "code")
        return code

    def _level(self, row: LedgerRow) -> AreaLevel:
        """The level the row states, else that of its name, else that of its code."""
        if stated := row.values.get("level"):
            return AreaLevel(stated)
        name, code = row.text("name"), full_code(fold_code(row.text("code")))
        if self.registers.areas and fold_name(name) == fold_name(self.registers.areas[0].name):
            return AreaLevel.CITY
        if ZONE.search(name):
            return AreaLevel.ZONE
        if TOWNSHIP.search(name) or (code and not code.endswith("000000")):
            return AreaLevel.TOWNSHIP
        return AreaLevel.COUNTY if code or COUNTY.search(name) else AreaLevel.TOWNSHIP

    def _found(self, plan: RowPlan, code: str) -> AreaEntry | None:
        by_code = self.registers.area_of_code(code)
        if by_code is not None:
            return by_code
        text, above = plan.row.text("name"), self._stated_parent(plan)
        if isinstance(above, Ref):
            return None  # the area above is new itself
        below = above.path if isinstance(above, AreaEntry) else ""
        exact = [
            area
            for area in self.registers.areas_called(text, below=below)
            if fold_name(text) in (fold_name(area.name), fold_name(area.short_name))
        ]
        if len(exact) > 1:
            shown = "、".join(self._path_in_words(area) for area in exact[:3])
            plan.row.refuse(
                _("“%(name)s”不止一个：%(shown)s。请写明上级或代码") % {"name": text, "shown": shown}, "name"
            )
        return exact[0] if len(exact) == 1 else None

    def _path_in_words(self, area: AreaEntry) -> str:
        above = next((a.name for a in self.registers.areas if a.path == area.parent_path), "")
        return f"{above}{area.name}"

    def _first_time(self, plan: RowPlan, code: str) -> bool:
        key = full_code(code) or f"{fold_name(plan.row.text('parent'))}/{fold_name(plan.row.text('name'))}"
        if (first := self.seen.get(key)) is not None and not plan.row.troubles:
            plan.notes.append(_("与第 %(row)s 行重复") % {"row": first + 1})
            return False
        self.seen[key] = plan.row.number
        return True

    def _compare(self, plan: RowPlan, found: AreaEntry, code: str) -> None:
        area = Area.objects.get(pk=found.pk)
        wanted = {
            "name": plan.row.text("name"),
            "short_name": plan.row.text("short_name"),
            "note": plan.row.text("note"),
        }
        if code and full_code(area.stat_code) != full_code(code):
            wanted["stat_code"] = code
        facts: dict[str, Any] = {
            name: value
            for name, value in wanted.items()
            if value and says_otherwise(value, getattr(area, name))
        }
        if fold_name(area.short_name) == fold_name(wanted["name"]) and not wanted["short_name"]:
            facts.pop("name", None)  # the ledger calls it by its short name
        for name in ("order", "functional"):
            if (stated := plan.row.values.get(name)) is not None and stated != getattr(area, name):
                facts[name] = stated
        for name, value in facts.items():
            plan.change(label_of(area, name), getattr(area, name), value)
        if facts and not people_perms.can_keep_people(self.context.by, area):
            plan.row.refuse(_("%(area)s不归您维护") % {"area": area})
        elif facts:
            plan.steps.append(partial(self._write_changes, plan, area, facts))

    def _write_changes(self, plan: RowPlan, area: Area, facts: dict[str, Any], to: Writer) -> None:
        names = ("name", "short_name", "stat_code", "functional", "note", "order")
        before = {name: getattr(area, name) for name in names}
        area = people.update_area(area, **(before | facts), by=to.by, at=to.at)
        to.changed(plan, area, before, facts)

    def _plan_new(self, plan: RowPlan, code: str) -> None:
        level = self._level(plan.row)
        above = self._parent(plan, level, code)
        if plan.row.troubles or above is None:
            return
        if isinstance(above, AreaEntry) and not self.finder.keeps(plan, above, "parent"):
            return
        key = f"AREA:{full_code(code) or fold_name(plan.row.text('name'))}"
        for name in {
            full_code(code),
            fold_name(plan.row.text("name")),
            fold_name(plan.row.text("short_name")),
            fold_name(f"{self._shown(above)}{plan.row.text('name')}"),
        } - {""}:
            self.pending.setdefault(name, (key, level.value))
        plan.is_new = True
        plan.change(_("上级地区"), "", plan.row.text("parent") or self._shown(above))
        plan.change(_("层级"), "", level.label)
        plan.change(_("统计用区划代码"), "", code)
        plan.steps.append(partial(self._write_new, plan, above, level, code, key))

    def _shown(self, above: AreaEntry | Ref) -> str:
        return above.name if isinstance(above, AreaEntry) else above.key.partition(":")[2]

    def _stated_parent(self, plan: RowPlan) -> AreaEntry | Ref | None:
        """The area the column of parents names: in the register, or in this ledger."""
        text = plan.row.text("parent")
        if not text:
            return None
        found = self.registers.areas_called(text)
        if found:
            return found[0]
        pending = self.pending.get(fold_name(text)) or self.pending.get(full_code(fold_code(text)))
        return Ref(key=pending[0]) if pending else None

    def _parent(self, plan: RowPlan, level: AreaLevel, code: str) -> AreaEntry | Ref | None:
        if stated := self._stated_parent(plan):
            return stated
        if plan.row.text("parent"):
            plan.row.refuse(_("没有登记上级地区“%(name)s”") % {"name": plan.row.text("parent")}, "parent")
            return None
        if level == AreaLevel.CITY:
            plan.row.refuse(
                _("已有“%(city)s”，一个实例只有一个市") % {"city": self.registers.areas[0].name}, "name"
            )
            return None
        if level != AreaLevel.TOWNSHIP:
            return self.registers.areas[0]
        return self._county(plan, code)

    def _county(self, plan: RowPlan, code: str) -> AreaEntry | Ref | None:
        """The county a township belongs to: by the first digits of its code, else by the section it stands under."""
        county = full_code(code[:OF_COUNTY]) if len(code) > OF_COUNTY else ""
        if county and (found := self.registers.area_of_code(county)):
            return found
        if county in self.pending:
            return Ref(key=self.pending[county][0])
        if section := self.finder.section_area(plan):
            return section
        if len(self.registers.areas) and self.finder.own_area().level in (AreaLevel.COUNTY, AreaLevel.ZONE):
            return self.finder.own_area()
        plan.row.refuse(_("不知道属于哪个县（市、区）。请写明上级地区或代码"), "parent")
        return None

    def _write_new(self, plan: RowPlan, above: AreaEntry | Ref, level: AreaLevel, *rest: Any) -> None:
        code, key, to = rest
        parent = to.made[above.key] if isinstance(above, Ref) and above.key else Area.objects.get(pk=above.pk)
        area = people.add_area(
            parent,
            name=plan.row.text("name"),
            short_name=plan.row.text("short_name"),
            level=level,
            stat_code=code,
            functional=plan.row.values.get("functional", level == AreaLevel.ZONE),
            order=plan.row.values.get("order", 0),
            note=plan.row.text("note"),
            by=to.by,
            at=to.at,
        )
        to.created(plan, area, key)
