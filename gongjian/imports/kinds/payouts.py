"""Payouts (兑现台账): each row a firm, a policy and a period, with its amounts and days; the state follows from them."""

import difflib
import re
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.writing.folding import fold_name
from gongjian.enterprises.register.credit_code import read_credit_code
from gongjian.enterprises.states import PeriodKind
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.firm_register import FirmRegister
from gongjian.imports.plans import Context, Ref, RowPlan, Writer
from gongjian.imports.reading.fields import field_of
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.states import ImportKind
from gongjian.ledgers.fact_import.headings import read_period
from gongjian.policies.models import Payout, Policy, PolicyVersion
from gongjian.policies.past_payouts.services import PastPayout, import_payout
from gongjian.policies.states import PayoutState, VersionState

READ_ALREADY = re.compile(r"^\d{4}(?:Q[1-4]|-\d\d)?$")
REASONS = re.compile(r"[；;\n]+")
DAYS = ("applied_on", "approved_on", "paid_on", "returned_on")


class PayoutRows:
    """Compares rows of payouts with the ledger and writes them."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self.finder, self.context = finder, context
        self.firms = FirmRegister()
        self.seen: dict[tuple[str, ...], int] = {}
        rows = PolicyVersion.objects.filter(state__in=(VersionState.SIGNED, VersionState.RETIRED))
        self.versions: dict[str, list[PolicyVersion]] = {}
        for version in rows.select_related("policy").order_by("-number"):
            for name in _called(version.policy):
                self.versions.setdefault(name, []).append(version)
        held = Payout.objects.values_list(
            "enterprise", "version__policy", "period", "state", "applied_on", "applied_amount"
        )
        self.known = {_known(row[:3], *row[3:]) for row in held}

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """As they stand."""
        return rows

    def plan(self, row: LedgerRow) -> RowPlan:
        """What the row would create; a payout that stands is left as it is."""
        plan = RowPlan(row, row.text("firm"))
        if row.troubles:
            return plan
        facts, version = self._facts(plan), self._version(plan)
        firm = self._firm(plan) if not row.troubles else None
        if row.troubles or firm is None or facts is None or version is None:
            return plan
        if self._stands(plan, firm, version, facts):
            return plan
        plan.is_new = True
        plan.change(_("政策"), "", version.policy.title)
        plan.change(_("所属期"), "", facts["period"])
        plan.change(_("申报金额（元）"), "", f"{facts['applied_amount']:,}")
        plan.change(_("状态"), "", _state(facts).label)
        plan.steps.append(partial(self._write, firm, version, facts))
        return plan

    # --- what the row names

    def _firm(self, plan: RowPlan) -> Ref | None:
        row = plan.row
        try:
            code = read_credit_code(row.text("code")) or ""
        except Refused as refused:
            row.refuse(refused.sentence, "code")
            return None
        area = self.finder.area(plan, row.text("area"), "area") if row.text("area") else None
        area = area or self.finder.section_area(plan)
        return (
            None
            if row.troubles
            else self.finder.firm(plan, self.firms, row.text("firm"), code=code, area=area)
        )

    def _version(self, plan: RowPlan) -> PolicyVersion | None:
        """The version of the policy that was in force on the day of application, else the latest."""
        row, name = plan.row, fold_name(plan.row.text("policy"))
        found = self.versions.get(name) or self._by_part(name)
        if not found:
            near = difflib.get_close_matches(name, self.versions, n=1, cutoff=0.5)
            shown = self.versions[near[0]][0].policy.title if near else ""
            hint = _("；相近的是“%(name)s”") % {"name": shown} if shown else ""
            row.refuse(
                _("政策库里没有审签过的“%(name)s”，请先建好政策，或改成政策库里的名称%(hint)s")
                % {"name": row.text("policy"), "hint": hint},
                "policy",
            )
            return None
        on = next((row.values[day] for day in DAYS if day in row.values), None)
        valid = [version for version in found if _in_force(version, on)]
        return (valid or found)[0]

    def _by_part(self, name: str) -> list[PolicyVersion]:
        """The one policy whose name holds what is written, or is held in it."""
        found = [rows for known, rows in self.versions.items() if name and (name in known or known in name)]
        return found[0] if len(found) == 1 else []

    # --- amounts, days, state

    def _facts(self, plan: RowPlan) -> dict[str, Any] | None:
        row = plan.row
        facts: dict[str, Any] = {name: row.values.get(name) for name in DAYS}
        applied, approved = row.values.get("applied_amount"), row.values.get("approved_amount")
        if applied is None and approved is None:
            row.refuse(_("没有写申报金额，也没有核准金额"), "applied_amount")
        if next(filter(None, facts.values()), None) is None:
            row.refuse(_("没有写申报、核准或拨付日期"), "applied_on")
        if row.troubles:
            return None
        facts["applied_amount"] = applied if applied is not None else approved
        facts["period"], facts["reasons"] = _period(row.text("period")), _reasons(row)
        facts["note"] = row.text("note")
        self._fill(plan, facts, approved)
        return None if row.troubles else facts

    def _fill(self, plan: RowPlan, facts: dict[str, Any], approved: Decimal | None) -> None:
        """Days and amounts that follow from others are taken from them, and said; the stated state must agree."""
        if facts["returned_on"] is None and (facts["paid_on"] or facts["approved_on"]):
            facts["approved_amount"] = approved if approved is not None else facts["applied_amount"]
            if facts["approved_on"] is None:
                facts["approved_on"] = facts["paid_on"]
                plan.notes.append(_("没有写核准日期，按拨付日期记"))
        else:
            facts["approved_amount"] = approved if facts["approved_on"] else None
        if facts["applied_on"] is None:
            facts["applied_on"] = next(facts[day] for day in DAYS if facts[day])
            plan.notes.append(_("没有写申报日期，按 %(day)s 记") % {"day": facts["applied_on"]})
        stated = plan.row.values.get("state")
        if stated and stated != _state(facts):
            missing = {PayoutState.PAID: "paid_on", PayoutState.APPROVED: "approved_on"}.get(stated, "state")
            if stated == PayoutState.RETURNED:
                missing = "returned_on"
            plan.row.refuse(
                _("状态写的是“%(state)s”，从日期看是“%(other)s”。请补上或改正%(day)s")
                % {
                    "state": PayoutState(stated).label,
                    "other": _state(facts).label,
                    "day": field_of(ImportKind.PAYOUTS, missing).label,
                },
                missing,
            )

    # --- what stands already

    def _stands(self, plan: RowPlan, firm: Ref, version: PolicyVersion, facts: dict[str, Any]) -> bool:
        state, amount = _state(facts), facts["applied_amount"]
        key = _known(
            (firm.key or firm.pk, version.policy_id, facts["period"]), state, facts["applied_on"], amount
        )
        if key in self.known:
            plan.notes.append(_("台账里已有，状态以台账为准"))
            return True
        if (first := self.seen.setdefault(key, plan.row.number)) != plan.row.number:
            plan.row.refuse(
                _("与第 %(row)s 行是同一家企业、同一政策、同一期。请合并，或写明所属期") % {"row": first + 1},
                "period",
            )
            return True
        return False

    def _write(self, firm: Ref, version: PolicyVersion, facts: Any, to: Writer) -> None:
        past = PastPayout(to.firm(firm), version, **facts)
        to.created(to.plan, import_payout(past, by=to.by, at=to.at))


def _called(policy: Policy) -> set[str]:
    """What a ledger may call a policy, whatever the language it was exported in."""
    with translation.override("en"):
        return {fold_name(policy.name), fold_name(policy.title)}


def _state(facts: dict[str, Any]) -> PayoutState:
    if facts["returned_on"]:
        return PayoutState.RETURNED
    if facts["paid_on"]:
        return PayoutState.PAID
    return PayoutState.APPROVED if facts["approved_on"] else PayoutState.APPLIED


def _known(what: tuple[Any, ...], state: str, on: date, amount: Decimal) -> tuple[str, ...]:
    """What makes a payout the same: firm, policy and period; a returned one also by its day and amount."""
    same = tuple(str(part) for part in what)
    return (*same, str(on), f"{amount:.2f}") if state == PayoutState.RETURNED else same


def _in_force(version: PolicyVersion, on: date | None) -> bool:
    if on is None or version.valid_from is None or on < version.valid_from:
        return False
    return version.valid_until is None or on <= version.valid_until


def _period(text: str) -> str:
    """The period in the product's own way: 2026Q3, 2026-03, 2026; as written where it is none of these."""
    found = None if READ_ALREADY.match(text) or not text else read_period(text, default=None)
    if found is None:
        return text
    kind, first = found
    if kind == PeriodKind.QUARTER:
        return f"{first.year}Q{first.month // 3 + 1}"
    return f"{first.year}" if kind == PeriodKind.YEAR else f"{first:%Y-%m}"


def _reasons(row: LedgerRow) -> list[str]:
    return [part.strip() for part in REASONS.split(row.text("reasons")) if part.strip()]
