"""Firms with contacts and pairings (企业与联系人、包联): found by credit code, else by name; a row more is a contact or a pairing more."""

from collections import defaultdict
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.writing.folding import fold_name, fold_phone
from gongjian.enterprises import perms as firm_perms
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Contact, Enterprise
from gongjian.enterprises.register.credit_code import read_credit_code
from gongjian.enterprises.states import EnterpriseStatus, PairingKind
from gongjian.imports.names.earlier_firm import EarlierFirm
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.firm_register import FirmEntry, FirmRegister
from gongjian.imports.names.registers import AreaEntry, NamedPerson, persons_in
from gongjian.imports.plans import Context, Ref, RowPlan, Writer, label_of, says_otherwise
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.people.models import Area
from gongjian.people.states import AreaLevel

SAME = (
    "short_name",
    "address",
    "industry",
    "industry_code",
    "chain",
    "founded_on",
    "status",
    "makes",
    "buys",
)
SIZES = {"YES": True, "NO": False}


class FirmRows:
    """Compares rows of firms with the register and writes them."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self.finder, self.context, self.registers = finder, context, finder.registers
        self.firms = FirmRegister()
        self.pending: dict[str, list[EarlierFirm]] = defaultdict(list)
        self.claimed: dict[str, set[int]] = defaultdict(set)
        self.made: dict[str, list[int]] = defaultdict(list)
        self.parts: set[tuple[str, str, str]] = set()
        self.mains: set[str] = set()

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """As they stand; the counties in which the ledger itself has a firm of a name are kept."""
        for row in rows:
            county = self.registers.areas_called(row.text("county"))
            if len(county) == 1:
                self.claimed[fold_name(row.text("name"))].add(county[0].pk)
        return rows

    def plan(self, row: LedgerRow) -> RowPlan:
        """What the row would create or change."""
        plan = RowPlan(row, row.text("name"), confirmed=f"{row.sheet}!{row.number}" in self.context.confirmed)
        code = self._code(plan)
        area = self.finder.place(plan)
        if row.troubles:
            return plan
        firm = self._firm(plan, code, area)
        if firm is None or row.troubles:
            return plan
        self._plan_contacts(plan, firm)
        self._plan_pairings(plan, firm)
        return plan

    def _code(self, plan: RowPlan) -> str:
        try:
            return read_credit_code(plan.row.text("code")) or ""
        except Refused as refused:
            plan.row.refuse(refused.sentence, "code")
            return ""

    def _firm(self, plan: RowPlan, code: str, area: AreaEntry | None) -> Ref | None:
        """The firm of the row: one of an earlier row, of the register, or a new one."""
        name = fold_name(plan.row.text("name"))
        if (earlier := self._earlier(plan, code, name, area)) is not None:
            return earlier
        found = self._found(plan, code, name, area)
        if plan.row.troubles:
            return None
        if found is not None:
            ref = Ref(pk=found.pk)
            self._compare(plan, self.firms.records[found.pk], code, area)
        else:
            ref = self._plan_new(plan, code, area) or Ref()
        if found is not None:
            code, area = code or found.code, area or self.registers.area(found.area)
        for key in {code, name} - {""}:
            self.pending[key].append(EarlierFirm(ref, plan.row, code, area))
        return ref if ref != Ref() else None

    def _earlier(self, plan: RowPlan, code: str, name: str, area: AreaEntry | None) -> Ref | None:
        """The firm of an earlier row: of the same code, else of the same name unless code or county tells the two apart."""
        known = self.pending.get(code, []) if code else []
        known = known or [firm for firm in self.pending.get(name, []) if not firm.is_other(code, area)]
        if not known:
            return None
        if len(known) > 1:
            plan.questions.append(
                _("表里有 %(n)s 家叫这个名字，这一行没有写明是哪一家：是第 %(row)s 行那家请勾选")
                % {"n": len(known), "row": known[-1].row.number + 1}
            )
        ref, first = known[-1].ref, known[-1].row
        if code and not known[-1].code:
            plan.questions.append(
                _("与第 %(row)s 行同名，那一行没有信用代码：是同一家请合并成一行，确是另一家请勾选")
                % {"row": first.number + 1}
            )
            return None
        if code and fold_name(first.text("name")) != fold_name(plan.row.text("name")):
            plan.row.refuse(
                _("统一社会信用代码与第 %(row)s 行的“%(name)s”相同，名称却不同。请核对是哪一家的")
                % {"row": first.number + 1, "name": first.text("name")},
                "code",
            )
            return ref
        names = (*SAME, "size", "county")
        differing = [
            n
            for n in names
            if first.values.get(n) and plan.row.values.get(n) and first.values[n] != plan.row.values[n]
        ]
        if differing:
            plan.row.refuse(
                _("与第 %(row)s 行是同一家企业，内容却不同。请合并") % {"row": first.number + 1}, differing[0]
            )
        return ref

    def _found(self, plan: RowPlan, code: str, name: str, area: AreaEntry | None) -> FirmEntry | None:
        by_code, by_name = self.firms.by_code.get(code), self.firms.by_name.get(name, [])
        if by_code is not None:
            if by_code not in by_name:
                plan.questions.append(
                    _("这个信用代码在企业库里是“%(name)s”，表里名称不同：确是更名请勾选")
                    % {"name": by_code.name}
                )
            return by_code
        if code:
            others = [firm for firm in by_name if firm.code]
            by_name = [firm for firm in by_name if not firm.code]
            if others and not by_name:
                plan.questions.append(
                    _("企业库里已有同名企业（代码 %(code)s）：确是另一家请勾选") % {"code": others[0].code}
                )
        if area is not None:
            by_name = [firm for firm in by_name if self._lies_in(firm, area)] or [
                firm for firm in by_name if not self._is_named_there(firm, name)
            ]
        if len(by_name) > 1:
            plan.row.refuse(
                _("企业库里有 %(n)s 家叫这个名字。请补上统一社会信用代码") % {"n": len(by_name)}, "name"
            )
        near = [
            firm
            for firm in self.firms.by_core.get(self.firms.core(name), [])
            if not self._is_named_there(firm, name)
        ]
        if not by_name and not plan.questions and near:
            plan.questions.append(
                _("企业库里有名称相近的“%(name)s”：确是另一家请勾选") % {"name": near[0].name}
            )
        return by_name[0] if by_name else None

    def _lies_in(self, firm: FirmEntry, area: AreaEntry) -> bool:
        path = self.registers.area(firm.area).path
        return path.startswith(area.path) or area.path.startswith(path)

    def _is_named_there(self, firm: FirmEntry, name: str) -> bool:
        """Whether the ledger has a firm of this name in the county of the registered one: the row means another."""
        here = self.registers.area(firm.area).path
        return name in {fold_name(firm.name), fold_name(firm.short_name)} and any(
            here.startswith(self.registers.area(pk).path) for pk in self.claimed[name]
        )

    def _differences(
        self, plan: RowPlan, firm: Enterprise, code: str, area: AreaEntry | None
    ) -> dict[str, Any]:
        """What the row says otherwise than the register; a blank says nothing."""
        facts: dict[str, Any] = {
            n: v for n in SAME if (v := plan.row.values.get(n)) and says_otherwise(v, getattr(firm, n))
        }
        if code and firm.credit_code != code:
            facts["credit_code"] = code
        if fold_name(plan.row.text("name")) not in {fold_name(firm.name), fold_name(firm.short_name)}:
            facts["name"] = plan.row.text("name")
        size = SIZES.get(plan.row.text("size"))
        if size is not None and size != firm.above_designated_size:
            facts["above_designated_size"] = size
        if area is not None and not firm.area.path.startswith(area.path):
            facts["area"] = area
            if not area.path.startswith(firm.area.path):
                plan.questions.append(_("企业库里在%(area)s：确已变更请勾选") % {"area": firm.area.name})
        return facts

    def _compare(self, plan: RowPlan, firm: Enterprise, code: str, area: AreaEntry | None) -> None:
        facts = self._differences(plan, firm, code, area)
        for name, value in facts.items():
            plan.change(
                label_of(firm, name),
                _label(name, getattr(firm, name)),
                _label(name, value),
            )
        if facts and not firm_perms.can_keep(self.context.by, firm.area):
            plan.row.refuse(_("%(area)s不归您维护") % {"area": firm.area})
        elif facts:
            plan.steps.append(partial(self._write_changes, plan, firm, facts))

    def _write_changes(self, plan: RowPlan, firm: Enterprise, facts: dict[str, Any], to: Writer) -> None:
        before = {name: getattr(firm, name) for name in facts}
        if "area" in facts:
            facts = facts | {"area": Area.objects.get(pk=facts["area"].pk)}
        firm = enterprises.update_firm(firm, by=to.by, at=to.at, **facts)
        to.changed(plan, firm, before, facts)

    def _plan_new(self, plan: RowPlan, code: str, area: AreaEntry | None) -> Ref | None:
        own = self.finder.own_area()
        if area is None and own.level == AreaLevel.CITY and len(self.registers.areas) > 1:
            plan.row.refuse(_("没有写县（市、区）。企业按所在县区统计，请写明"), "county")
            return None
        area = area or own
        if not area.path.startswith(own.path):
            plan.row.refuse(_("%(area)s不归您维护") % {"area": area.name}, "county")
            return None
        key = f"FIRM:{code or fold_name(plan.row.text('name'))}:{plan.row.sheet}:{plan.row.number}"
        plan.is_new = True
        plan.change(_("所在地区"), "", area.name)
        plan.change(_("统一社会信用代码"), "", code)
        plan.change(_("所属行业"), "", plan.row.text("industry"))
        plan.steps.append(partial(self._write_new, plan, code, area.pk, key))
        return Ref(key=key)

    def _write_new(self, plan: RowPlan, code: str, area: int, *rest: Any) -> None:
        key, to = rest
        facts = {name: plan.row.values[name] for name in SAME if plan.row.values.get(name)}
        name = plan.row.text("name")
        known, made = self.firms.by_name.get(fold_name(name), []), self.made[fold_name(name)]
        firm = enterprises.register_firm(
            name=name,
            credit_code=code,
            area=Area.objects.get(pk=area),
            namesakes=[*(firm.pk for firm in known), *made],
            above_designated_size=SIZES.get(plan.row.text("size")),
            by=to.by,
            at=to.at,
            **facts,
        )
        made.append(firm.pk)
        to.created(plan, firm, key)

    # --- what hangs on the firm

    def _plan_contacts(self, plan: RowPlan, firm: Ref) -> None:
        names = persons_in(plan.row.text("contact"))
        phones = [part for part in plan.row.text("contact_phone").replace("，", "、").split("、") if part]
        for n, who in enumerate(names):
            phone = who.phone or (
                phones[n] if len(phones) == len(names) else plan.row.text("contact_phone") if n == 0 else ""
            )
            title = who.title or (plan.row.text("contact_title") if n == 0 else "")
            self._plan_contact(plan, firm, NamedPerson(who.name, title, phone))

    def _plan_contact(self, plan: RowPlan, firm: Ref, who: NamedPerson) -> None:
        key = ("contact", firm.key or str(firm.pk), fold_name(who.name))
        if key in self.parts:
            return
        self.parts.add(key)
        known = self.firms.contacts.get(firm.pk or 0, [])
        same = next((contact for contact in known if fold_name(contact.name) == fold_name(who.name)), None)
        if same is None:
            main = not known and key[1] not in self.mains
            self.mains.add(key[1])
            plan.change(_("联系人"), "", " ".join(filter(None, (who.name, who.title, who.phone))))
            plan.steps.append(partial(self._write_contact, plan, firm, who, main))
            return
        facts = {}
        if who.phone and fold_phone(who.phone) != fold_phone(same.phone):
            facts["phone"] = who.phone
        if who.title and who.title != same.title:
            facts["title"] = who.title
        for name, value in facts.items():
            plan.change(f"{_('联系人')}{label_of(same, name)}", getattr(same, name), value)
        if facts:
            plan.steps.append(partial(self._write_contact_changes, plan, same, facts))

    def _write_contact(self, plan: RowPlan, firm: Ref, who: NamedPerson, *rest: Any) -> None:
        main, to = rest
        contact = enterprises.add_contact(
            to.firm(firm), name=who.name, title=who.title, phone=who.phone, is_main=main, by=to.by, at=to.at
        )
        to.created(plan, contact)

    def _write_contact_changes(
        self, plan: RowPlan, contact: Contact, facts: dict[str, str], to: Writer
    ) -> None:
        before = {name: getattr(contact, name) for name in facts}
        contact = enterprises.update_contact(contact, by=to.by, at=to.at, **facts)
        to.changed(plan, contact, before, facts)

    def _plan_pairings(self, plan: RowPlan, firm: Ref) -> None:
        for field, kind in (("leader", PairingKind.LEADER), ("officer", PairingKind.OFFICER)):
            for who in persons_in(plan.row.text(field)):
                person = self.finder.person(plan, who)
                key = (
                    kind.value,
                    firm.key or str(firm.pk),
                    "" if person is None else person.key or str(person.pk),
                )
                if person is None or key in self.parts or (firm.pk, person.pk, kind) in self.firms.pairings:
                    continue
                self.parts.add(key)
                plan.change(kind.label, "", who.name)
                plan.steps.append(partial(self._write_pairing, plan, firm, person, kind))

    def _write_pairing(self, plan: RowPlan, firm: Ref, person: Ref, *rest: Any) -> None:
        kind, to = rest
        pairing = enterprises.add_pairing(
            to.firm(firm),
            person=to.person(person),
            kind=kind,
            since=plan.row.values.get("paired_since"),
            by=to.by,
            at=to.at,
        )
        to.created(plan, pairing)


def _label(name: str, value: Any) -> Any:
    if name == "status":
        return EnterpriseStatus(value).label
    if name == "area":
        return value.name
    return {True: _("规上"), False: _("规下"), None: ""}[value] if name == "above_designated_size" else value
