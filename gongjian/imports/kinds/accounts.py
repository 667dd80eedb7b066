"""Accounts (账号): found by sign-in name, else by name, role and unit; nobody can sign in before the slips are printed."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.writing.folding import fold_name
from gongjian.enterprises import services as enterprises
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.firm_register import FirmRegister
from gongjian.imports.names.registers import AreaEntry, NamedPerson, persons_in
from gongjian.imports.plans import Context, Ref, RowPlan
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.people.accounts.services import add_account_without_password
from gongjian.people.models import Account, Area
from gongjian.people.queries import who_sign_in
from gongjian.people.staff.services import WRITING, free_username
from gongjian.people.states import Role

Known = tuple[str, str, str]  # name, role and unit of an account, folded


class AccountRows:
    """Compares rows of accounts with those there are and writes them."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self.finder, self.context, self.registers = finder, context, finder.registers
        self.firms = FirmRegister()
        self.seen: dict[str | Known, int] = {}
        rows = who_sign_in().select_related("unit", "speaks_for__enterprise")
        self.by_username = {account.username.casefold(): account for account in rows}
        self.by_facts = {_known(account): account for account in self.by_username.values()}

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """As they stand."""
        return rows

    def plan(self, row: LedgerRow) -> RowPlan:
        """What the row would create; an account that stands is left as it is."""
        plan = RowPlan(row, row.text("name"))
        who = persons_in(row.text("name"))
        if row.troubles or not who:
            return plan
        if len(who) > 1:
            row.refuse(_("一行只写一个人，现在是“%(name)s”") % {"name": row.text("name")}, "name")
            return plan
        unit = self.finder.unit(plan, row.text("unit")) if row.text("unit") else None
        firm, area, writes = (
            self._firm(plan),
            self._area(plan, unit, "area"),
            self._stated(plan, "writes_area"),
        )
        self._check_role(plan, unit)
        if row.troubles or plan.undecided or plan.skipped or self._stands(plan, who[0].name, unit, firm):
            return plan
        person = self._person(plan, who[0], unit)
        if not plan.undecided and not plan.skipped:
            self._plan_new(plan, who[0].name, (unit, person, firm), (area, writes))
        return plan

    # --- what the row names

    def _firm(self, plan: RowPlan) -> Ref | None:
        row, name = plan.row, plan.row.text("firm")
        if row.values["role"] != Role.ENTERPRISE:
            return None
        found = self.firms.by_name.get(fold_name(name), [])
        if len(found) == 1:
            return Ref(pk=found[0].pk)
        why = (
            _("企业账号要写明企业名称") if not name else _("没有登记企业“%(name)s”，或不止一家。请先导入企业")
        )
        row.refuse(why % {"name": name}, "firm")
        return None

    def _stated(self, plan: RowPlan, field: str) -> AreaEntry | None:
        text = plan.row.text(field)
        return self.finder.area(plan, text, field) if text else None

    def _area(self, plan: RowPlan, unit: Ref | None, field: str) -> AreaEntry | None:
        """The area of the column, of the section, of the unit, else that of whoever imports; none for a firm."""
        if plan.row.text(field):
            return self._stated(plan, field)
        if plan.row.values["role"] == Role.ENTERPRISE:
            return None
        home = next((one for one in self.registers.units if unit and one.pk == unit.pk), None)
        if home is not None:
            return self.registers.area(home.area)
        return self.finder.section_area(plan) or self.finder.own_area()

    def _check_role(self, plan: RowPlan, unit: Ref | None) -> None:
        row = plan.row
        if row.values["role"] == Role.HANDLER and unit is None and not row.text("unit"):
            row.refuse(_("承办单位经办人要写明所在单位"), "unit")

    def _person(self, plan: RowPlan, who: NamedPerson, unit: Ref | None) -> Ref | None:
        """The registered person whose account it is; an account may also be of nobody in particular."""
        if plan.row.values["role"] == Role.ENTERPRISE:
            return None
        phone = who.phone or plan.row.text("phone")
        if not self.registers.persons_called(who.name):
            plan.notes.append(_("人员名册里没有“%(name)s”，账号没有连到人") % {"name": who.name})
            return None
        named = NamedPerson(who.name, who.title, phone)
        return self.finder.person(plan, named, unit=unit.pk if unit else None, where=plan.row.text("unit"))

    # --- what stands already

    def _stands(self, plan: RowPlan, name: str, unit: Ref | None, firm: Ref | None) -> bool:
        """Whether there is such an account, or an earlier row makes it; a name of another's is refused."""
        row, username = plan.row, plan.row.text("username").casefold()
        belongs = (firm.pk or firm.key) if firm else ((unit.pk or unit.key) if unit else "")
        facts = (fold_name(name), str(row.values["role"]), str(belongs))
        found = self.by_username.get(username) if username else self.by_facts.get(facts)
        if found is not None and _known(found)[:2] != facts[:2]:
            row.refuse(
                _("登录名已有人使用：%(name)s（%(role)s）。请换一个；要改角色的，请停用旧账号后另建")
                % {"name": found.name, "role": found.get_role_display()},
                "username",
            )
            return True
        key = username or facts
        if (first := self.seen.setdefault(key, row.number)) != row.number:
            if username:
                row.refuse(_("登录名与第 %(row)s 行相同") % {"row": first + 1}, "username")
            plan.notes.append(_("与第 %(row)s 行重复") % {"row": first + 1})
            return True
        return found is not None

    # --- writing

    def _plan_new(self, plan: RowPlan, name: str, who: Any, where: Any) -> None:
        (unit, person, firm), (area, writes), row = who, where, plan.row
        role = Role(row.values["role"])
        writes = writes or (area if role in WRITING else None)
        plan.is_new = True
        plan.change(_("角色"), "", role.label)
        plan.change(_("登录名"), "", row.text("username") or _("按姓名拼音"))
        plan.change(_("所在单位"), "", row.text("unit"))
        plan.change(_("企业名称"), "", row.text("firm") if firm else "")
        plan.change(_("可查看地区"), "", area.name if area else "")
        plan.change(_("可录入地区"), "", writes.name if writes else "")
        areas = {"reads_area": area, "writes_area": writes}
        plan.steps.append(partial(self._write, plan, name, role, (unit, person, firm), areas))

    def _write(self, plan: RowPlan, name: str, role: Role, who: Any, *rest: Any) -> None:
        (unit, person, firm), (areas, to) = who, rest
        account = add_account_without_password(
            username=plan.row.text("username") or free_username(name),
            name=name,
            role=role,
            person=to.person(person) if person else None,
            unit=to.unit(unit) if unit else None,
            **{key: Area.objects.get(pk=area.pk) if area else None for key, area in areas.items()},
            by=to.by,
            at=to.at,
        )
        to.created(plan, account)
        if firm:
            to.created(plan, enterprises.link_account(account, enterprise=to.firm(firm), by=to.by, at=to.at))


def _known(account: Account) -> Known:
    """What an account without a sign-in name in the ledger is known by."""
    link = getattr(account, "speaks_for", None)
    belongs = link.enterprise_id if link else account.unit_id
    return fold_name(account.name), account.role, str(belongs or "")
